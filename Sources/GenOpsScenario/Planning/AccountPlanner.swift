import GenOpsCosting
import GenOpsGovernance
import GenOpsHistory
import GenOpsMetering
import GenOpsUnits

/// The account as its bills show it: what the scenario does not say itself is taken from the newest
/// answer, and what it says otherwise is named. A fact that is dropped moves the year by its whole size.
struct AccountPlanner {
  private(set) var scenario: Scenario
  private let current: BillingStatement.CurrentPeriod
  private let file: String
  private let place: SourceLocation
  private var findings = Findings()

  /// The scenario with the account's facts.
  static func complete(
    _ scenario: Scenario, _ history: LoadedHistory, _ findings: inout Findings
  ) -> Scenario {
    let answers = zip(scenario.billFiles, history.bills).compactMap { reference, bill in
      bill.current.map { (reference, $0) }
    }
    guard let (reference, current) = answers.max(by: { $0.1.isOlder(than: $1.1) }) else {
      return scenario
    }
    guard scenario.book.currency == "USD" else {
      findings.warning(
        "two-currencies",
        "the bill is in USD and the prices in \(scenario.book.currency): its discounts, credits and "
          + "limits are left out", help: "write them under terms: and governance:",
        at: reference.location)
      return scenario
    }
    var planner = AccountPlanner(
      scenario: scenario, current: current,
      file: reference.path.split(separator: "/").last.map(String.init) ?? "the bill",
      place: reference.location)
    current.tellAge(
      at: history.usage.lastDay, file: planner.file, place: planner.place, &planner.findings)
    for (other, facts) in answers where other.location != reference.location {
      planner.compare(facts, of: other.path.split(separator: "/").last.map(String.init) ?? "a bill")
    }
    planner.scenario.hasYearlyTiers =
      !current.account.yearlyTiers.allSatisfy(planner.isWrittenByTheMonth)
    planner.takeAddOns()
    planner.takeTerms()
    planner.takeLimits()
    planner.comparePrices()
    findings.merge(planner.findings)
    return planner.scenario
  }

  /// Whether the prices here are neither a published book's nor those of the answer, which `genops init`
  /// writes as they stand: then they were written for a month, as a twelfth of yearly tiers.
  private func isWrittenByTheMonth(_ meter: Meter) -> Bool {
    let table = scenario.book.rate(of: meter)?.table
    let answer = current.products.first { $0.meter == meter }
    let isAnswer = answer.map { product in
      product.units.flatMap { table?.cost(of: $0) }.map(product.isBilled) ?? false
    }
    let isPublished = PriceBooks.builtIn.entries.contains { entry in
      entry.kind.rate(of: meter)?.table == table
    }
    return isAnswer == false && !isPublished
  }

  /// Says what the answer of another file says otherwise of the same period.
  private mutating func compare(_ other: BillingStatement.CurrentPeriod, of name: String) {
    guard let period = current.period, other.period == period else { return }
    let mine = AccountText.facts(current.account, scenario.book)
    for (own, its) in zip(mine, AccountText.facts(other.account, scenario.book))
    where own.text != its.text {
      findings.warning(
        "bill-differs",
        "\(name) and \(file) are of one period and have other \(own.name): \(its.text), and "
          + "\(own.text); the latter is used, whose usage is not less",
        help: "keep the newer answer only", at: place)
    }
  }

  private mutating func note(_ what: String, _ line: String) {
    findings.note(
      "taken-from-bill", "\(what), taken from \(file)", help: "to fix it, write: \(line)", at: place
    )
  }

  private mutating func takeAddOns() {
    // Nothing is billed on the free plan, whatever it is said to subscribe to.
    if current.account.isFree { return }
    let paid = current.account.addOns(in: scenario.book)
    let missing = paid.filter { !scenario.addOns.contains($0) }
    for fee in current.account.fees
    where !scenario.book.addOns.contains(where: { $0.id == fee.key }) {
      findings.warning(
        "unknown-add-on",
        "\(file) has a subscription to \(fee.name), which \(scenario.book.id) does not know: it is not "
          + "in the cost",
        help: "write: prices: {extends: \(scenario.book.id), add_ons: [{id: \(fee.key), price: "
          + "\(fee.price?.description ?? "…")}]}, and add_ons: [\(fee.key)]", at: place)
    }
    if missing.isEmpty { return }
    let line = "add_ons: [\((scenario.addOns.sorted() + missing).joined(separator: ", "))]"
    if scenario.stated.hasAddOns {
      findings.warning(
        "add-on-left-out",
        "\(file) charges \(missing.joined(separator: ", ")), which is not among the add_ons: it is not in "
          + "the cost", help: "write: \(line)", at: place)
    } else {
      scenario.addOns.formUnion(missing)
      note("the add-ons \(missing.joined(separator: ", "))", line)
    }
  }

  private mutating func takeTerms() {
    let own = current.account.terms
    let stated =
      scenario.terms ?? scenario.prices.books.first { !$0.terms.isEmpty }?.terms
    if own.isEmpty { return }
    let line = "terms: \(FlowText.of(own.json))"
    guard let stated else {
      scenario.terms = own
      note(AccountText.terms(own), line)
      return
    }
    if stated.discount != own.discount {
      let (a, b) = (stated.discount?.description ?? "none", own.discount?.description ?? "none")
      findings.warning(
        "terms-differ", "the discount is \(a) here and \(b) in \(file); the one here is used",
        help: "if the bill is right, write: \(line)", at: place)
    }
    let left = own.credits.first?.amount
    if let left, !stated.credits.contains(where: { $0.amount == left }) {
      findings.warning(
        "terms-differ",
        "\(file) has \(left) of credits left, and the terms here say otherwise; they are used",
        help: "if the bill is right, write: \(line)", at: place)
    }
  }

  private mutating func takeLimits() {
    let account = current.account
    if account.isFree {
      if scenario.stated.limits.isEmpty {
        PostHogLimitPolicy.freePlan.apply(to: &scenario.governance)
        note("the free plan", "governance: {posthog_limit: free}")
      }
      return
    }
    var taken: [PostHogLimit] = []
    for limit in account.limits {
      let cap = limit.postHogLimit
      guard let cap else {
        findings.note(
          "limit-meter",
          "\(file) has a limit on \(limit.name), which follows that on events; it is left out",
          at: place)
        continue
      }
      if scenario.stated.limits.contains(limit.meter) {
        let own = scenario.governance.postHogLimits.first { $0.meter == limit.meter }
        if own?.cap != cap.cap {
          findings.note(
            "limits-differ",
            "the limit on \(limit.name) is \(limit.text) in \(file); the one here is used",
            at: place)
        }
      } else {
        taken.append(cap)
      }
    }
    if taken.isEmpty { return }
    scenario.governance.postHogLimits += taken
    let named = account.limits.filter { limit in taken.contains { $0.meter == limit.meter } }
    let calculator = CostCalculator(book: scenario.book, addOns: scenario.addOns)
    for limit in named {
      limit.tellUnits(calculator, discount: account.discount, file: file, at: place, &findings)
    }
    note(
      "PostHog's limits on \(named.map(\.name).joined(separator: ", "))",
      "governance: {posthog_limit: {"
        + named.map { "\($0.name): \($0.text)" }.joined(separator: ", ") + "}}")
  }

  /// Own tiers are prices: the scenario names its own, so a difference is told and not taken.
  private mutating func comparePrices() {
    // Twelfths of a year's tiers differ on purpose.
    if !current.account.yearlyTiers.isEmpty, !scenario.hasYearlyTiers { return }
    let day = current.period?.start ?? scenario.book.retrieved
    let book = scenario.prices.book(on: day)
    let differing = OwnPrices(current).differing(from: book, &findings)
    guard let first = differing.changes.first else { return }
    let meters = differing.changes.map(\.meter.id).joined(separator: ", ")
    findings.warning(
      "own-prices",
      "\(file) has other prices of \(meters) than \(book.id): \(first.new) instead of \(first.old) from "
        + "\(groupedDigits(String(first.from))) \(first.meter.id) on",
      help:
        "use the account's: genops prices import \(file) --out account.json, then prices: account.json",
      at: place)
  }
}
