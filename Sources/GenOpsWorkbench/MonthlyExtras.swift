import GenOpsCosting
import GenOpsUnits

/// What the months of one option cost beside usage at list price: fees by the day, and what contract
/// terms add or take off, path by path.
///
/// Terms are settled by calendar month, with the book in force on the month's last day; credits and
/// commitments run from month to month.
struct MonthlyExtras: Sendable {
  /// Nano-units by month.
  let fees: [Int64]
  /// Nano-units by path then month; empty without terms.
  private let adjustments: [Int64]
  /// Fees and terms of the whole period by the name of their line: means in currency units.
  let lines: [(name: String, mean: Double)]

  /// `usage` is nano-units by path then month.
  init(_ option: OptionPlan, months: [CalendarMonth], usage: [Int64]) {
    var lines: [(name: String, mean: Double)] = []
    func add(_ name: String, _ amount: Double) {
      if let index = lines.firstIndex(where: { $0.name == name }) {
        lines[index].mean += amount
      } else {
        lines.append((name, amount))
      }
    }
    fees = months.map { month in
      MonthlyExtras.fees(option, month).reduce(0) { sum, fee in
        add(fee.name, Double(fee.amount.nanos) / 1e9)
        return sum + fee.amount.nanos
      }
    }
    let books = months.map { option.prices.book(on: $0.lastDay) }
    guard books.contains(where: { !$0.terms.isEmpty }), !months.isEmpty else {
      adjustments = []
      self.lines = lines
      return
    }
    var all = [Int64](repeating: 0, count: usage.count)
    let paths = usage.count / months.count
    for path in 0..<paths {
      var standings: [String: AccountStanding] = [:]
      for (index, month) in months.enumerated() {
        let terms = books[index].terms
        var standing = standings[books[index].id] ?? AccountStanding(terms)
        let settled = terms.settle(
          usage: Money(nanos: usage[path * months.count + index]),
          fees: Money(nanos: fees[index]), period: BillingPeriod(containing: month.firstDay),
          standing: &standing)
        standings[books[index].id] = standing
        for line in settled {
          all[path * months.count + index] += line.amount.nanos
          add(line.name, Double(line.amount.nanos) / 1e9 / Double(paths))
        }
      }
    }
    adjustments = all
    self.lines = lines
  }

  /// The add-ons of a month: whole where one book holds, by the day where two do.
  static func fees(_ option: OptionPlan, _ month: CalendarMonth) -> [(name: String, amount: Money)]
  {
    let spans = option.prices.spans(from: month.firstDay, to: month.lastDay.advanced(by: 1))
    return spans.flatMap { span in
      span.book.addOns.filter { option.addOns.contains($0.id) }.map {
        ($0.name, $0.price(days: span.days, of: month.dayCount))
      }
    }
  }

  /// Currency units of one month on one path.
  subscript(path: Int, month: Int) -> Double {
    Double(fees[month] + adjustment(path, month)) / 1e9
  }

  /// Nano-units that the terms add to a month of a path.
  private func adjustment(_ path: Int, _ month: Int) -> Int64 {
    adjustments.isEmpty ? 0 : adjustments[path * fees.count + month]
  }

  /// Currency units of the whole period on one path.
  func total(_ path: Int) -> Double { fees.indices.reduce(0) { $0 + self[path, $1] } }

  /// Currency units owed up to a day of `month`: a fee from the month's first day, what terms change
  /// on its last.
  func until(_ path: Int, month: Int, isLastDay: Bool) -> Double {
    var sum: Int64 = 0
    for index in 0...month {
      sum += fees[index]
      if index < month || isLastDay { sum += adjustment(path, index) }
    }
    return Double(sum) / 1e9
  }

  /// The mean over paths of ``until(_:month:isLastDay:)``.
  func meanUntil(month: Int, isLastDay: Bool) -> Double {
    guard !adjustments.isEmpty else { return until(0, month: month, isLastDay: isLastDay) }
    let paths = adjustments.count / fees.count
    return (0..<paths).reduce(0) { $0 + until($1, month: month, isLastDay: isLastDay) }
      / Double(paths)
  }

  /// The mean of ``total(_:)``.
  var meanTotal: Double { lines.reduce(0) { $0 + $1.mean } }
}
