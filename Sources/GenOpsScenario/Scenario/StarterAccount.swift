import GenOpsCosting
import GenOpsHistory
import GenOpsMetering
import GenOpsUnits

/// What a first scenario says of the account, in words that can be edited: its prices, add-ons, terms
/// and limits as the bill has them; without a bill, what the usage shows.
struct StarterAccount {
  /// Of ``ScenarioStarter``'s text, from `prices:` on.
  private(set) var lines: [String] = []
  /// Alternatives that only this account has.
  private(set) var options: [String] = []
  /// The names under `add_ons:`.
  private(set) var addOns: [String] = []
  private(set) var findings = Findings()
  private let book = PriceBook.standard

  /// `bill` is the name of the file that `current` is from.
  init(_ current: BillingStatement.CurrentPeriod?, bill: String?, _ history: UsageHistory) {
    let account = current?.account
    let source = "by \(bill ?? "the bill")"
    addPrices(current, source)
    addAddOns(account, history, source)
    if let terms = account?.terms, !terms.isEmpty {
      lines.append("terms:".noted("off every bill, \(source)"))
      if case .object(let members) = terms.json {
        for member in members { add(member, indent: "  ") }
      }
    }
    addLimits(account, source, bill)
  }

  private mutating func addPrices(_ current: BillingStatement.CurrentPeriod?, _ source: String) {
    let own = current.map {
      OwnPrices($0, keepsChoices: true).differing(from: book, &findings)
    }
    guard let own, !own.rates.isEmpty || !own.addOns.isEmpty else {
      lines.append("prices: \(book.id)")
      return
    }
    let isYearly = current?.account.yearlyTiers.isEmpty == false
    lines.append(
      "prices:".noted(
        "your own, where not the list's, \(source)"
          + (isYearly ? "; put a twelfth of each bound, they count by the month" : "")))
    lines.append("  extends: \(book.id)")
    if !own.rates.isEmpty { lines.append("  rates:") }
    for rate in own.rates {
      guard case .object(let members) = rate else { continue }
      for (index, member) in members.enumerated() {
        add(member, indent: index == 0 ? "    - " : "      ")
      }
    }
    if !own.addOns.isEmpty { add(.init("add_ons", .array(own.addOns)), indent: "  ") }
    for change in own.changes {
      findings.note(
        "own-prices",
        "the account pays \(change.new) for \(change.meter.id) from number "
          + "\(groupedDigits(String(change.from))) on, the list says \(change.old)",
        help: "the scenario has the account's tiers")
    }
  }

  private mutating func addAddOns(
    _ account: AccountFacts?, _ history: UsageHistory, _ source: String
  ) {
    guard account?.isFree != true else { return }
    addOns = (account?.fees ?? []).map(\.key)
    addOns += (account?.addOns(in: book) ?? []).filter { !addOns.contains($0) }
    var used: [String] = []
    for rate in book.rates where rate.isOptIn && !rate.isLegacy && !addOns.contains(rate.product) {
      // The bill says what is not subscribed to; where it is silent, what is used is.
      guard account?.choices.contains(where: { $0.meter == rate.meter }) != true,
        let series = history.total(of: rate.meter), series.values.contains(where: { $0 > 0 })
      else { continue }
      used.append(rate.product)
    }
    addOns += used
    if addOns.isEmpty {
      lines.append("# add_ons: [boost]                 # flat monthly fees you pay")
    } else if used.isEmpty {
      lines.append(
        "add_ons: \(FlowText.of(.array(addOns.map { .string($0) })))".noted(
          "subscribed to, \(source)"))
    } else {
      let text = used.joined(separator: ", ")
      lines.append(
        "add_ons: \(FlowText.of(.array(addOns.map { .string($0) })))".noted(
          "\(text): used; leave out if not paid for"))
      findings.note(
        "assumption", "taken as subscribed to, because it is used: \(text)",
        help: "leave it out of add_ons if it is not paid for")
    }
  }

  private mutating func addLimits(_ account: AccountFacts?, _ source: String, _ bill: String?) {
    guard let account else { return }
    if account.isFree {
      lines.append("governance:".noted("the free plan, \(source)"))
      lines.append("  posthog_limit: free")
      options.append("  - paid plan:       {posthog_limit: none}")
      return
    }
    let limits = account.limits.filter { $0.postHogLimit != nil }
    if limits.isEmpty { return }
    lines.append("governance:".noted("limits set in PostHog, \(source)"))
    lines.append("  posthog_limit:")
    let calculator = CostCalculator(book: book, addOns: Set(addOns))
    for limit in limits {
      let line = "    \(limit.name): \(limit.text)"
      lines.append(limit.amount.map { line.noted("set to \($0) USD") } ?? line)
      limit.tellUnits(
        calculator, discount: account.discount, file: bill ?? "the bill", at: nil, &findings)
    }
    options.append("  - without limits:  {posthog_limit: none}")
  }

  /// A key with its value on one line, and the items of a list of objects below it.
  private mutating func add(_ member: JSONValue.Member, indent: String) {
    guard case .array(let items) = member.value, items.contains(where: { $0.isObject }) else {
      lines.append("\(indent)\(member.key): \(FlowText.of(member.value))")
      return
    }
    lines.append("\(indent)\(member.key):")
    let below = String(repeating: " ", count: indent.count + 2)
    for item in items { lines.append("\(below)- \(FlowText.of(item))") }
  }
}

extension JSONValue {
  fileprivate var isObject: Bool { if case .object = self { true } else { false } }
}

extension String {
  /// A line of a first scenario with a comment in the column of the others.
  func noted(_ comment: String) -> String {
    self + String(repeating: " ", count: Swift.max(1, 38 - count)) + "# " + comment
  }
}
