import GenOpsCosting
import GenOpsSimulation
import GenOpsUnits

/// The lines of the months' bills that come from the terms of the account: as formulas, beside the amounts of
/// ``GenOpsCosting/BillingTerms/settle(usage:fees:period:standing:)``, which they write down again.
struct MonthTerms {
  private let rows: TermRows
  /// The first row that is a line of the bill.
  private let first: Int
  private let periods: [BillingPeriod]
  /// The lines of each month's bill.
  private let settled: [[Adjustment]]

  /// `first` is the first row of what is billed before the terms.
  init(_ rows: TermRows, _ sheet: MonthSheet, from first: Int) {
    self.rows = rows
    self.first = first
    let periods = sheet.months.map { BillingPeriod(containing: $0.month.firstDay) }
    self.periods = periods
    // Rows are only added, so the end is not before the beginning.
    let lines = first..<sheet.sheet.rows.count
    // In their order: credits and commitments run from one bill to the next.
    var standing = rows.opening
    settled = periods.indices.map { month in
      let due = lines.reduce(0.0) { $0 + (sheet.values[$1]?[month] ?? 0) }
      return rows.terms.settle(
        usage: Money(nanos: Int64(rounding: due * 1e9)), fees: .zero, period: periods[month],
        standing: &standing)
    }
  }

  /// Adds a line for each term.
  func add(to sheet: inout MonthSheet) {
    if let place = rows.discount {
      let due = self.due(sheet)
      add("Discount", .discount, to: &sheet) { "-\(due[$0])*\(place.away)" }
    }
    if let place = rows.amountOff {
      let due = self.due(sheet)
      add("Amount off", .amountOff, to: &sheet) { "-MIN(\(due[$0]),\(place.away))" }
    }
    if let place = rows.minimum {
      let due = self.due(sheet)
      add("Up to the minimum", .minimum, to: &sheet) { "MAX(0,\(place.away)-\(due[$0]))" }
    }
    if let commitment = rows.terms.commitment, let places = rows.commitment {
      let due = self.due(sheet)
      add("Up to the commitment", .commitment, to: &sheet) {
        self.missing(of: commitment, places, in: $0, due)
      }
    }
    for index in order {
      let (credit, places) = (rows.terms.credits[index], rows.credits[index])
      let (due, row) = (self.due(sheet), sheet.sheet.rows.count)
      let start = sheet.place(row, 0)
      add(credit.name, .credits, named: credit.name, to: &sheet) { month in
        let period = periods[month]
        guard credit.from.map({ $0 < period.end }) ?? true,
          credit.expires.map({ $0 >= period.end.advanced(by: -1) }) ?? true
        else { return nil }
        // What earlier months have drawn stands to the left, below zero.
        let drawn =
          month == 0
          ? "" : "+SUM(\(start.here):\(CellPlace(start.sheet, row, start.column + month - 1).here))"
        let left = "\(places.amount.away)-\(places.usedBefore.away)\(drawn)"
        let most = places.mostPerPeriod.map { "," + $0.away } ?? ""
        return "-MAX(0,MIN(\(due[month]),\(left)\(most)))"
      }
    }
    for (credit, places) in zip(rows.terms.credits, rows.credits) {
      guard let price = places.price, let from = credit.from else { continue }
      let name = "\(credit.name) bought"
      add(name, .creditsBought, named: name, to: &sheet) {
        periods[$0].contains(from) ? price.away : nil
      }
    }
  }

  /// The credits, the first to expire first.
  private var order: [Int] {
    let credits = rows.terms.credits
    return credits.indices.sorted { a, b in
      let (first, second) = (credits[a].expires?.number ?? .max, credits[b].expires?.number ?? .max)
      return (first, a) < (second, b)
    }
  }

  /// What is due after all lines so far, by month.
  private func due(_ sheet: MonthSheet) -> [String] {
    periods.indices.map { sheet.columnSum(first..<sheet.sheet.rows.count, $0) }
  }

  /// What the last bill of a commitment's term makes up for; nil in other months.
  private func missing(
    of commitment: BillingTerms.Commitment, _ places: (amount: CellPlace, before: CellPlace),
    in month: Int, _ due: [String]
  ) -> String? {
    func counts(_ period: BillingPeriod) -> Bool {
      commitment.from < period.end && commitment.to >= period.start
    }
    guard counts(periods[month]), commitment.to < periods[month].end else { return nil }
    let billed = (0...month).filter { counts(periods[$0]) }.map { due[$0] }.joined(separator: "-")
    return "MAX(0,\(places.amount.away)-\(places.before.away)-\(billed))"
  }

  private func add(
    _ title: String, _ kind: Adjustment.Kind, named name: String? = nil,
    to sheet: inout MonthSheet, _ formula: (Int) -> String?
  ) {
    let values = settled.map { lines in
      lines.filter { $0.kind == kind && (name == nil || $0.name == name) }
        .reduce(Money.zero) { $0 + $1.amount }.approximate
    }
    let cells = values.enumerated().map { month, value -> ReportSheet.Cell in
      formula(month).map { .formula($0, value, .money) } ?? .number(value, .money)
    }
    sheet.add(title, cells, values)
  }
}
