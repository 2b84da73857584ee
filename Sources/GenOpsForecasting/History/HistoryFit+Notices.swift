import Foundation
import GenOpsNumerics
import GenOpsUnits

/// What a fit noticed, in words.
extension HistoryFit {
  /// Says by how much the level changed and when.
  mutating func reportShifts(_ shifts: [Int], _ logs: [Double], start: CalendarDay) {
    for shift in shifts {
      let before = logs[max(0, shift - 28)..<shift].filter { !$0.isNaN }
      let after = logs[shift..<min(logs.count, shift + 28)].filter { !$0.isNaN }
      guard !before.isEmpty, !after.isEmpty else { continue }
      let change =
        Statistics.quantiles(of: Array(after), at: [0.5])[0]
        - Statistics.quantiles(of: Array(before), at: [0.5])[0]
      let percent = Int64(rounding: 100 * abs(expm1(change)))
      let words =
        change < 0
        ? "fell by \(percent) %"
        : change < log(2) ? "rose by \(percent) %" : "rose \(times(change))"
      findings.warning(
        "level-shift",
        "\(name) \(words) around \(start.advanced(by: shift)) and stayed there; the level since then "
          + "is used", help: "name it under changes: if it will happen again", at: location)
    }
  }

  /// Says when a series ends in zeros, longer than it was ever silent: too few to say that it has stopped,
  /// and perhaps not counted yet.
  mutating func reportSilence(_ values: [Double]) {
    let known = values.filter { !$0.isNaN }
    let silent = known.reversed().prefix { $0 == 0 }.count
    var longest = 0
    var run = 0
    for value in known.dropLast(silent) {
      run = value == 0 ? run + 1 : 0
      longest = max(longest, run)
    }
    guard silent >= 3, silent > longest else { return }
    findings.warning(
      "ends-in-zeros",
      "\(name): the last \(silent) days are zero, longer than any silence before them; the forecast follows "
        + "them as usage of 0",
      help: "where those days are not counted yet, leave them out of the export", at: location)
  }

  private func times(_ change: Double) -> String {
    let tenths = Int64(rounding: 10 * exp(change))
    return "to \(tenths / 10).\(tenths % 10) times"
  }

  /// Names days that no level explains: further off than 6 robust standard deviations and a third.
  mutating func reportOutliers(_ local: LocalLevel, start: CalendarDay) {
    let days = local.errors.indices.filter {
      abs(local.errors[$0]) > max(6 * local.scale, 0.3)
    }
    guard !days.isEmpty else { return }
    let names = days.suffix(3).map { start.advanced(by: $0).description }
    let shown = names.joined(separator: ", ")
    findings.note(
      "outliers",
      days.count == 1
        ? "\(name): \(shown) stands out and counts little"
        : "\(name): \(days.count) days stand out and count little"
          + (days.count > 3 ? ", the last of them \(shown)" : ": \(shown)"),
      at: location)
  }
}
