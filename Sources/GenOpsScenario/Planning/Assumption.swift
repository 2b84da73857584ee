package import GenOpsNumerics
package import GenOpsUnits

/// A share the data does not hold and the question needs. It is drawn from a wide range rather
/// than taken as zero, and every report says so.
package struct Assumption: Sendable {
  /// Names the draw: the same assumption is the same draw wherever it is used.
  package var name: String
  package var distribution: UncertainValue
  package var finding: Finding?

  /// The part of events that is `event`.
  static func eventShare(_ event: String, at location: SourceLocation?) -> Assumption? {
    // Wide guesses without a source; the finding says how to replace them by a count.
    let guess: (low: Double, high: Double, key: String, example: String)? =
      switch event {
      case "$pageview": (0.30, 0.60, event, "45%")
      case "$autocapture": (0.20, 0.50, event, "35%")
      case Assumption.criticalEvents: (0.005, 0.03, "signup_completed", "1.5%")
      default: nil
      }
    guard let guess, let distribution = try? UncertainValue.between(guess.low, guess.high) else {
      return nil
    }
    let label = event == criticalEvents ? "signup, purchase, conversion" : event
    return Assumption(
      name: "mix.\(event)", distribution: distribution,
      finding: Finding(
        .warning, "assumption",
        "\(label) share assumed \(percent(guess.low))-\(percent(guess.high)) %",
        help: "add: mix: {\(guess.key): \(guess.example)}   "
          + "('select event, count() from events group by event' in PostHog tells)",
        at: location))
  }

  /// The part of flag requests that are local-evaluation polls.
  static func pollShare(at location: SourceLocation?) -> Assumption? {
    guard let distribution = try? UncertainValue.between(0.50, 0.95) else { return nil }
    return Assumption(
      name: "flags.polls", distribution: distribution,
      finding: Finding(
        .warning, "assumption",
        "polls' share of flag requests assumed 50-95 %",
        help: "add: flags: {servers: 25, polling: 30 s}", at: location))
  }

  /// The part of a mix that stands for all classes whose loss is critical.
  static let criticalEvents = "critical"

  private static func percent(_ share: Double) -> String {
    let value = share * 100
    return Int(exactly: value).map(String.init) ?? String(value)
  }
}

extension Array<PlanDraw> {
  /// The draw of an assumption, of which every report says that it is one.
  mutating func draw(_ assumption: Assumption, _ findings: inout Findings) -> DrawID {
    if let finding = assumption.finding { findings.add(finding) }
    return draw(assumption.name, assumption.distribution)
  }
}
