import GenOpsIngestion
import GenOpsMetering
import GenOpsUnits

/// The amounts of one product, of one project or of the whole organization.
struct SpendLine {
  var product: String
  var meter: Meter?
  /// The project's id or name; nil for the organization.
  var project: String?
  /// Of each day, or of each month under its first day.
  var amounts: [CalendarDay: BillAmount] = [:]
  var isMonthly: Bool
  /// Of all products together.
  var isTotal: Bool
  var location: SourceLocation

  /// `isMonthly` is nil for a single value: on the first of a month it is a month, because a day alone
  /// would be told by its neighbours.
  init(_ series: BillingSeries, isMonthly: Bool?) {
    meter = series.type.flatMap { Meter(named: $0) }
    var named: String?
    if meter == nil, case .meter(let found, let owner) = SeriesLabel(series.label) {
      meter = found
      named = owner
    }
    project = series.projectID ?? named
    product = meter?.id ?? series.type ?? series.label
    self.isMonthly = isMonthly ?? (series.points.first?.day.civil.day == 1)
    // Broken down by project alone, a series is what all products of the project cost.
    isTotal =
      meter == nil && series.type == nil
      && (series.projectID != nil
        || ["", "total", "spend", "all"].contains(series.label.lowercased()))
    location = series.labelLocation
  }

  /// Whether the two say the same thing, so that a day in both is one day.
  func isSame(as other: SpendLine) -> Bool {
    isTotal == other.isTotal && isMonthly == other.isMonthly && project == other.project
      && (isTotal || product == other.product)
  }

  /// Takes the days of a later answer; how many of them had another amount. There the answer that
  /// reaches further is right, because PostHog corrects amounts afterwards.
  mutating func take(_ later: SpendLine) -> Int {
    guard let end = later.amounts.keys.max() else { return 0 }
    let reachesFurther = amounts.keys.max().map { end >= $0 } ?? true
    var differing = 0
    for (day, amount) in later.amounts {
      if let old = amounts[day], old.money.roundedToCents != amount.money.roundedToCents {
        differing += 1
      }
      if reachesFurther || amounts[day] == nil { amounts[day] = amount }
    }
    return differing
  }

  /// The lines without what stands beside its sum: the days of a project that the organization's line
  /// has, and sums of all products where the products are there.
  static func withoutParts(_ lines: [SpendLine], _ findings: inout RepeatedFindings) -> [SpendLine]
  {
    let hasProducts = lines.contains { !$0.isTotal }
    let wholes = lines.filter { $0.project == nil }
    var kept: [SpendLine] = []
    for line in lines {
      var rest = line
      if line.isTotal, line.project != nil, hasProducts { rest.amounts = [:] }
      for whole in wholes where line.project != nil && whole.isTotal == line.isTotal {
        guard line.isTotal || whole.product == line.product else { continue }
        rest.amounts = rest.amounts.filter { whole.amounts[$0.key] == nil }
      }
      if rest.amounts.count < line.amounts.count {
        findings.add(
          .note, "bill-parts",
          "'\(line.product)' by project stands beside the sum of its projects, which is used",
          at: line.location)
      }
      if !rest.amounts.isEmpty { kept.append(rest) }
    }
    return kept
  }
}
