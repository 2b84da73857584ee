import Foundation
import GenOpsNumerics
import GenOpsUnits

/// What a fit noticed, in words.
extension HistoryFit {
  /// Says by how much the level changed and when, and whether it came back.
  mutating func reportShifts(_ shifts: [Int], _ logs: [Double], start: CalendarDay) {
    var told = 0
    while told < shifts.count {
      let shift = shifts[told]
      let next = told + 1 < shifts.count ? shifts[told + 1] : nil
      told += 1
      guard let change = change(at: shift, logs) else { continue }
      let day = start.advanced(by: shift)
      let back = next.flatMap { self.change(at: $0, logs) } ?? 0
      if let next, next - shift <= HistoryFit.passing, abs(change + back) < abs(change) / 2 {
        told += 1
        findings.warning(
          "level-shift",
          "\(name) \(words(change)) from \(day) to \(start.advanced(by: next - 1)) and came back; the level "
            + "since then is used",
          help: "name it under calendar:, so that its days count like others: "
            + "{effect: campaign, from: \(day), by: \(signed(change)), lasts: \(next - shift) days}",
          at: location)
        continue
      }
      let end = next.map { "until \(start.advanced(by: $0 - 1))" } ?? "and stayed there"
      findings.warning(
        "level-shift",
        "\(name) \(words(change)) around \(day) \(end); the level \(next == nil ? "since then" : "of the last days") "
          + "is used", help: "name it under changes: if it will happen again", at: location)
    }
  }

  /// Days after which a level that comes back was more than an event that passes.
  private static let passing = 92

  /// The logarithm of the ratio of the levels after and before a day; nil where one of them is unknown.
  private func change(at shift: Int, _ logs: [Double]) -> Double? {
    let before = logs[max(0, shift - 28)..<shift].filter { !$0.isNaN }
    let after = logs[shift..<min(logs.count, shift + 28)].filter { !$0.isNaN }
    guard !before.isEmpty, !after.isEmpty else { return nil }
    return Statistics.quantiles(of: after, at: [0.5])[0]
      - Statistics.quantiles(of: before, at: [0.5])[0]
  }

  private func words(_ change: Double) -> String {
    let percent = Int64(rounding: 100 * abs(expm1(change)))
    return change < 0
      ? "fell by \(percent) %" : change < log(2) ? "rose by \(percent) %" : "rose \(times(change))"
  }

  /// `+60%`.
  private func signed(_ change: Double) -> String {
    "\(change < 0 ? "-" : "+")\(Int64(rounding: 100 * abs(expm1(change))))%"
  }

  /// Says what the last days are taken for where they lie far from those before them.
  mutating func reportLateRun(start: CalendarDay) {
    guard let run = lateRun, run.stays < LateRun.certain else { return }
    let (first, last) = (
      start.advanced(by: run.first), start.advanced(by: run.first + run.count - 1)
    )
    findings.add(
      Finding(
        run.count > 1 ? .warning : .note, "late-run",
        "\(name): \(first == last ? "the last day, \(last)," : "the last days, \(first) to \(last),") "
          + run.words,
        help:
          "where they are over, name them under calendar: {effect: campaign, from: \(first), by: "
          + "\(run.excess < 0 ? "" : "+")\(Int64(rounding: 100 * run.excess))%, lasts: \(run.count) days}; "
          + "where they stay, under changes: from \(first) on",
        at: location))
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
      "\(name): the last \(silent) days are zero, longer than any silence before them: an outage, its end, or "
        + "days that are not counted yet",
      help: "where those days are not counted yet, leave them out of the export", at: location)
  }

  private func times(_ change: Double) -> String {
    let tenths = Int64(rounding: 10 * exp(change))
    return "to \(tenths / 10).\(tenths % 10) times"
  }

  /// Names days that no level explains: further off than 6 robust standard deviations and a third.
  mutating func reportOutliers(_ errors: [Double], scale: Double, start: CalendarDay) {
    let run = lateRun.map { $0.first..<$0.first + $0.count } ?? 0..<0
    let days = errors.indices.filter { abs(errors[$0]) > max(6 * scale, 0.3) && !run.contains($0) }
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
