import GenOpsCosting
import GenOpsIngestion
import GenOpsMetering
import GenOpsUnits

extension AccountFacts {
  /// Reads the facts beside the usage of `current`; those that nothing here can be made of are named.
  init(
    _ document: Node, _ current: BillingStatement.CurrentPeriod,
    _ findings: inout RepeatedFindings
  ) {
    isFree = AccountFacts.isFree(document)
    partner = AccountFacts.partner(document, current, isFree: isFree)
    discount = AccountFacts.discount(document["discount_percent"], &findings)
    credit = AccountFacts.balance(document, current, &findings)
    limits = isFree ? [] : AccountFacts.limits(document, current, &findings)
    fees = current.products.compactMap { AccountFacts.fee($0, current) }
    choices = AccountFacts.choices(current)
    yearlyTiers = AccountFacts.yearlyTiers(current)
    note(document, current, &findings)
  }

  /// The products of a year's answer whose amounts are what all their units cost at their tiers together.
  /// By the month they would cost another amount: free units come twelve times then.
  private static func yearlyTiers(_ current: BillingStatement.CurrentPeriod) -> [Meter] {
    guard current.isYearly else { return [] }
    return current.products.compactMap { product in
      guard let amount = product.amount, amount > .zero, let units = product.units,
        product.tiers.count > 1, product.tiers.cost(of: units).map(product.isBilled) == true
      else { return nil }
      return product.meter
    }
  }

  /// PostHog says it in words; without them, an account without a subscription pays nothing.
  private static func isFree(_ document: Node) -> Bool {
    if let level = document.words("subscription_level") { return level == "free" }
    return document.words("has_active_subscription") == "false"
  }

  private static func partner(
    _ document: Node, _ current: BillingStatement.CurrentPeriod, isFree: Bool
  ) -> String? {
    if let managed = document["billing_managed_by_partner"], !managed.isNull {
      return managed.words("partner_name") ?? managed.text ?? "a partner"
    }
    if let provider = document.words("billing_provider") {
      return ["stripe", "posthog"].contains(provider) ? nil : provider
    }
    let hasMoney =
      current.amount != nil || current.products.contains { $0.amount != nil || !$0.tiers.isEmpty }
    let isCounted = current.usage.contains { $0.units > 0 } && !current.products.isEmpty
    return !isFree && !hasMoney && isCounted ? "a partner" : nil
  }

  private static func discount(_ node: Node?, _ findings: inout RepeatedFindings) -> Percent? {
    guard let node, !node.isNull, let text = node.text, Double(text) != 0 else { return nil }
    if let percent = Percent(text + "%"), (0...100_000_000_000).contains(percent.nanos) {
      return percent
    }
    findings.add(
      .warning, "bill-amount", "'\(text.prefix(40))' is not a discount in percent; it is left out",
      help: "expected a number from 0 to 100", at: node.location)
    return nil
  }

  /// `discount_amount_usd` is "the total credits remaining in your account". What expires within a
  /// period ends with it: PostHog's billing page lets it pay that period. Source: PostHog's
  /// `frontend/src/scenes/billing` (`Billing.tsx` and `billingLogic.ts`).
  private static func balance(
    _ document: Node, _ current: BillingStatement.CurrentPeriod,
    _ findings: inout RepeatedFindings
  ) -> Balance? {
    let place = document["discount_amount_usd"]
    guard let amount = BillingAnswer.amount(place, &findings), amount != .zero else { return nil }
    guard amount > .zero else {
      findings.add(
        .warning, "bill-amount", "credits of \(amount) are not a balance; they are left out",
        help: "is it owed, or is the sign wrong?", at: place?.location)
      return nil
    }
    let stated = lastDay(document["amount_off_expires_at"], &findings)
    let start = current.period?.start
    let anchor = current.period?.anchorDay ?? 1
    let expires = stated.map {
      BillingPeriod(containing: $0, anchorDay: anchor).end.advanced(by: -1)
    }
    if let stated, let start, stated < start {
      findings.add(
        .warning, "credit-expired",
        "the credits of \(amount) expired on \(stated): they pay nothing",
        at: document["amount_off_expires_at"]?.location)
      return nil
    }
    if stated == nil {
      findings.add(
        .note, "credit-expiry",
        "the answer does not say when the credits of \(amount) expire: they pay until they are used up",
        help: "add 'expires' to them if you know it", at: place?.location)
    }
    return Balance(
      amount: amount, from: start, expires: expires,
      isStartup: document.words("startup_program_label") != nil)
  }

  /// The last day before an instant, or the day that is written; nil where nothing is.
  private static func lastDay(_ node: Node?, _ findings: inout RepeatedFindings) -> CalendarDay? {
    guard let node, !node.isNull, let text = node.text else { return nil }
    if !text.contains(":"), let day = day(in: text) { return day }
    // What ends with the first instant of a day does not have that day.
    if let instant = Timestamp(text) { return instant.advanced(bySeconds: -1).day }
    findings.add(
      .warning, "bill-date", "'\(text.prefix(40))' is not a date, so the credits have no end here",
      help: "expected a time such as 2027-09-08T05:20:59Z", at: node.location)
    return nil
  }

  /// A subscription without a meter; nil for what costs nothing or comes with another one, and for what
  /// is paid for by use: its cost so far is not that of a month.
  private static func fee(
    _ product: BillingStatement.Product, _ current: BillingStatement.CurrentPeriod
  ) -> FlatFee? {
    guard product.meter == nil, product.isSubscribed == true, !product.isIncluded,
      product.tiers.isEmpty, product.units ?? 0 == 0
    else { return nil }
    let known = PriceBook.standard.addOns.first {
      $0.id == product.key || $0.name.lowercased() == product.name.lowercased()
    }
    let months: Int64 = current.isYearly ? 12 : 1
    let stated = [product.fee, product.amount].compactMap { $0 }.filter { $0 > .zero }
    guard let known else {
      // A name without an amount is a plan, not a fee.
      return stated.first.map {
        FlatFee(key: product.key, name: product.name, price: Money(nanos: $0.nanos / months))
      }
    }
    guard let price = stated.first.map({ Money(nanos: $0.nanos / months) }) else {
      return product.isAddOn ? FlatFee(key: known.id, name: known.name, price: nil) : nil
    }
    // Without the fee itself, an amount below the list's is a part of a period.
    let isPart = product.fee == nil && price < known.price
    return FlatFee(key: known.id, name: known.name, price: isPart ? known.price : price)
  }

  /// Add-ons with a meter: chosen when they are subscribed to or billed, and when the summary counts
  /// them without a product that says otherwise.
  private static func choices(_ current: BillingStatement.CurrentPeriod) -> [Choice] {
    var result: [Choice] = []
    for product in current.products {
      guard let meter = product.meter, !result.contains(where: { $0.meter == meter }) else {
        continue
      }
      let isBilled = product.amount.map { $0 > .zero } ?? false
      result.append(
        Choice(meter: meter, isChosen: isBilled || product.isSubscribed ?? (product.units ?? 0 > 0))
      )
    }
    for item in current.usage where !result.contains(where: { $0.meter == item.meter }) {
      result.append(Choice(meter: item.meter, isChosen: item.units > 0))
    }
    return result
  }

  /// Names what is in the answer and has no place in a scenario.
  private func note(
    _ document: Node, _ current: BillingStatement.CurrentPeriod,
    _ findings: inout RepeatedFindings
  ) {
    if isFree {
      findings.add(
        .note, "free-plan",
        "the account is on the free plan: nothing is billed, and what lies above a free allotment is lost",
        at: document["subscription_level"]?.location ?? document.location)
      for product in current.products {
        guard let meter = product.meter, let own = product.freeAllotment ?? product.unitLimit,
          let listed = PriceBook.standard.rate(of: meter)?.table.freeUnits, own != listed
        else { continue }
        findings.add(
          .warning, "own-allotment",
          "the free allotment of \(meter.id) is \(own), in \(PriceBook.standard.id) \(listed)",
          help:
            "the book's is used; write your own under prices: as a rate with free_units: \(own)",
          at: product.location)
      }
    }
    if let partner {
      findings.add(
        .warning, "partner-pays",
        "\(partner) pays for this account, so the answer has no amounts: usage is priced from the book",
        help: "what the partner charges is not known here", at: document.location)
    }
    // By PostHog's answers the date is that of credits; whether a discount ends with it they do not say.
    if let discount, document.words("discount_amount_usd").flatMap(Double.init) ?? 0 == 0,
      let date = document["amount_off_expires_at"], !date.isNull, let text = date.text, !isFree
    {
      let day = Timestamp(text).map { "\($0.day)" } ?? String(text.prefix(40))
      findings.add(
        .warning, "discount-expiry",
        "the answer has a discount of \(discount), no credits, and \(day) as the day on which an amount "
          + "off expires: the discount is taken without an end",
        help: "if it ends then, compare with a run without terms", at: date.location)
    }
    for (key, what) in [
      ("free_trial_until", "a free trial runs"), ("trial", "a trial runs"),
      ("deactivated", "the account is deactivated"),
    ] {
      guard let node = document[key], !node.isNull, node.text != "false",
        node.words("status", "is_active") != "false"
      else { continue }
      let end = (node.text ?? node.words("expires_at")).flatMap { Timestamp($0) }
      let until = end.map { " until \($0.day)" } ?? ""
      findings.add(
        .warning, "account-state", "\(what)\(until); the costs here are those without it",
        at: node.location)
    }
  }
}

extension BillingPeriod {
  /// The day of the month on which a period begins. An anchor of 31 falls on the last day of shorter
  /// months; the other end shows it.
  var anchorDay: Int { max(start.civil.day, end.civil.day) }
}
