package import GenOpsNumerics
package import GenOpsUnits

/// A share the data does not hold and the question needs. It is drawn from a wide range that begins
/// at zero rather than taken as zero, and every report says so; no headline rests on it.
package struct Assumption: Sendable {
  /// Names the draw: the same assumption is the same draw wherever it is used.
  package var name: String
  /// What is assumed, in a few words.
  package var label: String
  package var distribution: UncertainValue
  package var finding: Finding

  /// A share from `low` to `high`, all alike: nothing is known of where in between it lies.
  private init(
    _ name: String, _ what: String, _ low: Double, _ high: Double, help: String,
    at location: SourceLocation?
  ) {
    label = "\(what) \(Assumption.percent(low))-\(Assumption.percent(high)) %"
    self.name = name
    distribution = .uniform(low: low, high: high)
    finding = Finding(
      .warning, "assumption",
      "\(what) assumed \(Assumption.percent(low))-\(Assumption.percent(high)) %", help: help,
      at: location)
  }

  /// The part of events that is `event`.
  static func eventShare(_ event: String, at location: SourceLocation?) -> Assumption? {
    // Wide guesses without a source; the finding says how to replace them by a count. Critical
    // events only tell what of a loss is critical, so their range is a usual one.
    let guess: (low: Double, high: Double, key: String, example: String)? =
      switch event {
      case "$pageview": (0, 0.60, event, "45%")
      case "$autocapture": (0, 0.50, event, "35%")
      case Assumption.criticalEvents: (0.005, 0.03, "signup_completed", "1.5%")
      default: nil
      }
    guard let guess else { return nil }
    let what = event == criticalEvents ? "signup, purchase, conversion" : event
    return Assumption(
      "mix.\(event)", "\(what) share", guess.low, guess.high,
      help: "add: mix: {\(guess.key): \(guess.example)}   "
        + "('select event, count() from events group by event' in PostHog tells)", at: location)
  }

  /// The part of the events with groups that is `event`: nothing shows which kinds have groups. On average
  /// they are spread as all events are, of which `event` is `mean`.
  static func groupShare(_ event: String, mean: Double, at location: SourceLocation?) -> Assumption
  {
    Assumption(
      "groups.\(event)", "\(event) share of events with groups", 0,
      min(1, (2 * mean * 100).rounded() / 100),
      help: "no export says which events have groups; what is saved is shown as a range for it",
      at: location)
  }

  /// The part of flag requests that are local-evaluation polls.
  static func pollShare(at location: SourceLocation?) -> Assumption {
    Assumption(
      "flags.polls", "polls' share of flag requests", 0, 0.95,
      help: "add: flags: {servers: 25, polling: 30 s}", at: location)
  }

  /// The part of the events that is identified, where the history has no row of it.
  static func identifiedShare(of stream: String, at location: SourceLocation?) -> Assumption {
    Assumption(
      "identified.\(stream)", "identified share of \(stream)", 0, 0.9,
      help: "export 'Identified events' too", at: location)
  }

  /// The part of the events that a lever sends anonymous which are of people without a profile. An
  /// event of somebody who has one stays identified, whatever it says itself (posthog.com,
  /// blog/analytics-pricing: "once a user becomes identified, all events they perform are").
  static func newPeople(_ events: [String], at location: SourceLocation?) -> Assumption {
    Assumption(
      "profiles.new", "people without a profile yet", 0, 1,
      help: "add: anonymous: {events: [\(events.joined(separator: ", "))], new_people: 30%}   "
        + "(the part of these events by people who are new since then; those of others stay "
        + "identified)", at: location)
  }

  /// The part of a mix that stands for all classes whose loss is critical.
  package static let criticalEvents = "critical"

  private static func percent(_ share: Double) -> String {
    let value = share * 100
    return Int(exactly: value).map(String.init) ?? String(value)
  }
}

extension Array<PlanDraw> {
  /// The draw of an assumption, of which every report says that it is one.
  mutating func draw(_ assumption: Assumption, _ findings: inout Findings) -> DrawID {
    let finding = assumption.finding
    // One draw is one assumption, wherever it is used.
    if !findings.all.contains(where: { $0.code == finding.code && $0.message == finding.message }) {
      findings.add(finding)
    }
    let id = draw(assumption.name, assumption.distribution)
    self[id].assumption = assumption.label
    return id
  }
}
