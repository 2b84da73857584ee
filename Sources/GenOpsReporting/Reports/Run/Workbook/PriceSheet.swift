import GenOpsCosting
import GenOpsMetering
import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// What a unit costs: the tiers of each meter in each book that holds in the period, add-ons, and the terms of
/// the account.
///
/// A tier is a row of ``GenOpsCosting/RateTable``: above `from` and up to `upTo` the first q units of a
/// month cost `before + ⌈(q − from counted) / package⌉ · price`. What the tiers below come to is a formula, so
/// that a price that is changed moves all that lies above it.
struct PriceSheet {
  static let name = "Prices"

  private(set) var sheet = ReportSheet(PriceSheet.name)
  private var tiers: [String: TierRows] = [:]
  private var fees: [String: CellPlace] = [:]
  private(set) var terms: TermRows?
  private let plan: Plan?

  /// The rows of one meter's tiers whose prices are known.
  struct TierRows {
    var first: Int
    var last: Int
    var table: RateTable
  }

  init(_ result: ScenarioResult, _ plan: Plan?) {
    self.plan = plan
    guard let plan, let asIs = plan.options.first else { return }
    let months = result.months.map(\.month)
    sheet.open(
      "Prices: \(asIs.prices.description)",
      [
        "Amounts are in \(result.currency), per billing period of a month. Yellow cells may be changed: what is "
          + "reckoned from them moves.",
        "A tier holds for the units above \"From\" up to and including \"Up to\".",
      ])
    sheet.frozen = (sheet.rows.count + 1, 1)
    let header = sheet.add(PriceSheet.titles)
    for book in PriceSheet.books(asIs, months) {
      let calculator = CostCalculator(book: book, addOns: asIs.addOns)
      for meter in result.months.first?.usage.map(\.meter) ?? [] {
        guard let table = calculator.table(for: meter),
          result.months.contains(where: {
            $0.usage.contains { $0.meter == meter && $0.units.p90 > 0 }
          })
        else { continue }
        add(meter, book, table)
      }
    }
    sheet.filter = header..<sheet.rows.count
    addFees(asIs, months)
    terms = TermRows(plan, asIs, months, &sheet)
  }

  private static let titles: [ReportSheet.Cell] =
    [.text("Meter", .head), .text("Book", .head)]
    + [
      "From", "Up to", "Price", "Once, when reached", "Units to a package", "Counted from",
      "Cost of the tiers below",
    ].map { .text($0, .rightHead) }

  /// The books that hold on some day of the months, in their order.
  private static func books(_ option: OptionPlan, _ months: [CalendarMonth]) -> [PriceBook] {
    var books: [PriceBook] = []
    for month in months {
      for (book, _) in option.prices.spans(from: month.firstDay, to: month.lastDay.advanced(by: 1))
      where !books.contains(where: { $0.id == book.id }) {
        books.append(book)
      }
    }
    return books
  }

  private mutating func add(_ meter: Meter, _ book: PriceBook, _ table: RateTable) {
    let first = sheet.rows.count
    var last = first - 1
    for index in 0..<table.segmentCount {
      let row = sheet.rows.count
      let isKnown = table.knownUpTo > (index == 0 ? 0 : table.upTo[index - 1])
      sheet.add(
        [.text(meter.invoiceName), .text(book.id)] + cells(table, index, row, isKnown: isKnown))
      if isKnown { last = row }
    }
    tiers[PriceSheet.key(book, meter)] = TierRows(first: first, last: last, table: table)
  }

  /// A tier, whose row is `row` of the sheet.
  private func cells(
    _ table: RateTable, _ index: Int, _ row: Int, isKnown: Bool
  ) -> [ReportSheet.Cell] {
    func cell(_ column: Int, _ row: Int) -> String { CellPlace(PriceSheet.name, row, column).here }
    func money(_ nanos: Int64) -> Double { Double(nanos) / 1e9 }
    let (from, upTo) = (index == 0 ? 0 : table.upTo[index - 1], table.upTo[index])
    // In a graduated price a tier counts from where the one below it ends, and begins with its cost.
    let runs = index > 0 && table.origin[index] == from
    let below = runs ? table.segment(at: index - 1).cost(of: from) ?? 0 : 0
    let once = money(table.base[index].subtractingClamped(below))
    let isPacked = table.step.contains { $0 != 1 }
    let units = "(\(cell(7, row))-\(cell(7, row - 1)))"
    let steps = isPacked ? "ROUNDUP(\(units)/\(cell(6, row - 1)),0)" : units
    return [
      index == 0
        ? .number(0, .count) : .formula(cell(3, row - 1), Double(from), .count),
      .number(upTo == .max ? 1e15 : Double(upTo), .bound, .input),
      isKnown ? .number(money(table.unit[index]), .price, .input) : .text("unknown", .bad),
      .number(once, .money, .input),
      .number(Double(table.step[index]), .count),
      runs
        ? .formula(cell(2, row), Double(from), .count)
        : .number(Double(table.origin[index]), .count),
      runs
        ? .formula(
          "\(cell(8, row - 1))+\(steps)*\(cell(4, row - 1))+\(cell(5, row))",
          money(table.base[index]), .money)
        : .formula(cell(5, row), once, .money),
    ]
  }

  private mutating func addFees(_ option: OptionPlan, _ months: [CalendarMonth]) {
    let books = PriceSheet.books(option, months)
    let chosen = books.flatMap { book in
      book.addOns.filter { option.addOns.contains($0.id) }.map { (book, $0) }
    }
    if chosen.isEmpty { return }
    sheet.add()
    sheet.add([
      .text("Add-on", .head), .text("Book", .head), .text("", .head), .text("", .head),
      .text("A month", .rightHead),
    ])
    for (book, addOn) in chosen {
      let row = sheet.add([
        .text(addOn.name), .text(book.id), .empty, .empty,
        .number(addOn.price.approximate, .money, .input),
      ])
      fees["\(book.id)\n\(addOn.id)"] = CellPlace(PriceSheet.name, row, 4)
    }
  }

  private static func key(_ book: PriceBook, _ meter: Meter) -> String { "\(book.id)\n\(meter.id)" }

  /// The fee of an add-on.
  func fee(_ addOn: AddOn, of book: PriceBook) -> CellPlace? { fees["\(book.id)\n\(addOn.id)"] }

  /// The tiers of a meter in a month that one book holds throughout; nil elsewhere.
  func tiers(_ meter: Meter, in month: CalendarMonth) -> TierRows? {
    let books = plan?.options.first?.prices.spans(
      from: month.firstDay, to: month.lastDay.advanced(by: 1))
    guard let books, books.count == 1, let book = books.first?.book else { return nil }
    return tiers[PriceSheet.key(book, meter)]
  }
}

extension PriceSheet.TierRows {
  /// What the first units of a month cost, whose number stands in the cell `usage`; not available where that
  /// price is not known.
  func formula(_ usage: String) -> String {
    func range(_ column: Int) -> String {
      CellPlace(PriceSheet.name, first, column).away + ":"
        + CellPlace(PriceSheet.name, last, column).fixed
    }
    func cell(_ column: Int, _ row: Int) -> String {
      CellPlace(PriceSheet.name, row, column).away
    }
    let isPacked = table.step.contains { $0 != 1 }
    let isPlain = table.segmentCount == 1 && table.origin[0] == 0
    if isPlain, !isPacked { return "\(usage)*\(cell(4, first))+(\(usage)>0)*\(cell(5, first))" }
    let units = "(\(usage)-\(range(7)))"
    let steps = isPacked ? "ROUNDUP(\(units)/\(range(6)),0)" : units
    let price =
      "SUMPRODUCT((\(usage)>\(range(2)))*(\(usage)<=\(range(3)))*(\(range(8))+\(steps)*\(range(4))))"
    return table.knownUpTo == .max ? price : "IF(\(usage)>\(cell(3, last)),NA(),\(price))"
  }
}
