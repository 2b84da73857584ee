import GenOpsCosting
import GenOpsScenario
import GenOpsUnits

/// The terms of the account on the sheet of prices, where the same hold for every month.
struct TermRows {
  let terms: BillingTerms
  /// What earlier bills have used of them.
  let opening: AccountStanding
  private(set) var discount: CellPlace?
  private(set) var amountOff: CellPlace?
  private(set) var minimum: CellPlace?
  private(set) var commitment: (amount: CellPlace, before: CellPlace)?
  /// In the order in which they are listed in the terms.
  private(set) var credits: [Credit] = []

  struct Credit {
    var amount: CellPlace
    var usedBefore: CellPlace
    var mostPerPeriod: CellPlace?
    var price: CellPlace?
  }

  /// Nil, and no row, where terms change within the months, billing periods are not months, or two credits
  /// have one name, by which the lines of a bill are told apart.
  init?(
    _ plan: Plan, _ option: OptionPlan, _ months: [CalendarMonth], _ sheet: inout ReportSheet
  ) {
    guard let last = months.last, plan.slices.areMonths else { return nil }
    let terms = option.terms(on: last.lastDay)
    let isOne =
      months.allSatisfy { option.terms(on: $0.lastDay) == terms }
      && (option.terms != nil
        || Set(months.map { option.prices.book(on: $0.lastDay).id }).count == 1)
    guard isOne, Set(terms.credits.map(\.name)).count == terms.credits.count else { return nil }
    self.terms = terms
    opening = option.standing(on: last.lastDay, after: plan.earlier)
    if terms.isEmpty { return }
    sheet.add()
    sheet.add([
      .text("Terms", .head), .text("", .head), .text("", .head), .text("", .head),
      .text("Value", .rightHead),
    ])
    func add(_ title: String, _ value: Double, _ form: ReportSheet.Form = .money) -> CellPlace {
      let row = sheet.add([.text(title), .empty, .empty, .empty, .number(value, form, .input)])
      return CellPlace(PriceSheet.name, row, 4)
    }
    if let percent = terms.discount {
      discount = add(
        "Discount on usage and fees", Double(percent.nanos) / 1e11, .percent(decimals: 2))
    }
    if let amount = terms.amountOff { amountOff = add("Amount off each month", amount.approximate) }
    if let amount = terms.minimum { minimum = add("Minimum of a month", amount.approximate) }
    if let commitment = terms.commitment {
      self.commitment = (
        add("Commitment, \(commitment.from) to \(commitment.to)", commitment.amount.approximate),
        add("Commitment: billed before the period", opening.committed.approximate)
      )
    }
    for (credit, used) in zip(terms.credits, opening.creditsUsed) {
      credits.append(
        Credit(
          amount: add(credit.name, credit.amount.approximate),
          usedBefore: add("\(credit.name): used before the period", used.approximate),
          mostPerPeriod: credit.mostPerPeriod.map {
            add("\(credit.name): at most a month", $0.approximate)
          },
          price: credit.price > .zero
            ? add("\(credit.name): its price", credit.price.approximate) : nil))
    }
  }
}
