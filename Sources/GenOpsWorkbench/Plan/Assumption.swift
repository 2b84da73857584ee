package import GenOpsForecasting
package import GenOpsUnits

/// A share the data does not hold and the question needs. It is drawn from a wide range rather
/// than taken as zero, and every report says so.
package struct Assumption: Sendable {
  /// Names the draw: the same assumption is the same draw wherever it is used.
  package var name: String
  package var law: UncertainValue
  package var finding: Finding?

  /// The part of events that is `event`.
  static func eventShare(_ event: String, at location: SourceLocation?) -> Assumption? {
    // Wide guesses without a source; the finding says how to replace them by a count.
    let range: (Double, Double)? =
      switch event {
      case "$pageview": (0.30, 0.60)
      case "$autocapture": (0.20, 0.50)
      case Assumption.criticalEvents: (0.005, 0.03)
      default: nil
      }
    guard let range, let law = try? UncertainValue.between(range.0, range.1) else { return nil }
    let label = event == criticalEvents ? "signup, purchase, conversion" : event
    let key = event == criticalEvents ? "signup_completed" : event
    return Assumption(
      name: "mix.\(event)", law: law,
      finding: Finding(
        .warning, "assumption",
        "\(label) share assumed \(percent(range.0))-\(percent(range.1)) %",
        help: "add: mix: {\(key): 45%}   ('select event, count() from events' in PostHog tells)",
        at: location))
  }

  /// The part of flag requests that are local-evaluation polls.
  static func pollShare(at location: SourceLocation?) -> Assumption? {
    guard let law = try? UncertainValue.between(0.50, 0.95) else { return nil }
    return Assumption(
      name: "flags.polls", law: law,
      finding: Finding(
        .warning, "assumption",
        "polls' share of flag requests assumed 50-95 %",
        help: "add: flags: {servers: 25, polling: 30 s}", at: location))
  }

  /// The part of a mix that stands for all classes whose loss is critical.
  static let criticalEvents = "critical"

  private static func percent(_ share: Double) -> String {
    let value = share * 100
    return value == value.rounded() ? String(Int(value)) : String(value)
  }
}
