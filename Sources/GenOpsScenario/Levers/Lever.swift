import GenOpsCosting
import GenOpsGovernance
package import GenOpsMetering
package import GenOpsNumerics
package import GenOpsUnits

/// Something a team can do about its bill: one entry of an option.
///
/// A lever never draws itself: every option meets the same futures. It rewrites how usage is
/// produced, metered or admitted, and says what else changes with it.
package protocol Lever: Named, Sendable {
  /// The value as it stands after `name:` in a scenario.
  static var example: String { get }

  /// Reads the value; nil with findings when it is wrong.
  static func read(_ node: Node, _ context: LeverContext, _ findings: inout Findings) -> Self?

  /// Event names whose share of the traffic must be known.
  var eventNames: [String] { get }

  /// Whether critical events must be told from the rest, because data may be lost.
  var losesData: Bool { get }

  /// Whether polls must be told from other flag requests.
  var needsPolls: Bool { get }

  /// Uncertain numbers of its own: drawn once per path, whatever the option.
  var inputs: [LeverInput] { get }

  /// Rewrites the plan; `inputs` are the draws of ``inputs``.
  func apply(to plan: inout OptionPlan, _ inputs: [DrawID])

  /// What it names and `plan`, as it is before, does not have.
  func unmatched(in plan: OptionPlan) -> [String]

  /// What else changes, given what happened; nil when nothing needs saying.
  func sideEffect(_ outcome: LeverOutcome) -> String?
}

extension Lever {
  package var eventNames: [String] { [] }
  package var losesData: Bool { false }
  package var needsPolls: Bool { false }
  package var inputs: [LeverInput] { [] }
  package func unmatched(in plan: OptionPlan) -> [String] { [] }
}

/// An uncertain number of a lever.
package enum LeverInput: Sendable {
  /// What the user says of it, under a name of its own.
  case given(String, UncertainValue)
  /// Assumed, because neither the data nor the user gives it.
  case assumed(Assumption)
}

/// A kind of item that a stream produces: all alike, admitted together.
package struct PlannedUsageClass: Sendable, Hashable {
  package var stream: StreamID
  /// Index of the part of the stream's mix; nil when the stream is not split.
  package var part: Int?
  /// For event streams: the identified or the anonymous half. Nil for other meters.
  package var identified: Bool?
  /// The event name ("$pageview", "other"), or the meter's id.
  package var eventName: String
  /// The name of the event class.
  package var eventClass: String
  /// Its own name, where it is sampled apart from its class; nil for the class.
  package var sampledAs: String?
  package var isCritical: Bool
  package var usage: Usage
  package var attribution: Attribution
  package var isPoll: Bool
  /// Seconds between two polls under this option; nil leaves the scenario's.
  package var pollInterval: Double?
  /// Whether its items are events that another class counts, such as events with groups: what happens to
  /// them is no loss of their own.
  package var isCountedAsEvents = false
  /// What the count is multiplied with, before governance sees it.
  package var scale: Double
  /// Whether this class was identified before a lever made it anonymous.
  package var wasIdentified: Bool
  /// The part of the kind that this class is, where a lever takes only a part of it.
  package var weight = PlanStream.Weight.one
}

/// The levers a scenario may name. One is added by a file in `Levers/` and a line here.
package enum Levers {
  package static let registry = Registry<any Lever.Type>(
    "lever",
    [
      entry(PostHogLimitLever.self),
      entry(FlagPollingLever.self),
      entry(AnonymousLever.self),
      entry(SampleLever.self),
      entry(GovernanceLever.self),
      entry(AddOnsLever.self),
      entry(PricesLever.self),
      entry(ScaleLever.self),
      entry(UsageLever.self),
      entry(ChangeCostLever.self),
    ])

  private static func entry(_ lever: any Lever.Type) -> Registry<any Lever.Type>.Entry {
    Registry.Entry(name: lever.name, summary: lever.summary, kind: lever)
  }
}

extension ScenarioReader {
  mutating func readOptions(_ node: Node, currency: String, book: PriceBook?, fiscalStart: Int)
    -> [Scenario.OptionEntry]
  {
    guard let book else { return [] }
    let context = LeverContext(
      currency: currency, book: book, fiscalStart: fiscalStart, file: file)
    return readNamedList(node, "options", example: "- slow polling: {flag_polling: 300 s}")
      .compactMap { entry in
        guard let pairs = entry.value.mapping else {
          wrongType(entry.value, "an option", "- \(entry.key): {flag_polling: 300 s}")
          return nil
        }
        if entry.key == "as is" {
          findings.error(
            "reserved-name", "'as is' is the scenario itself", help: "rename the option",
            at: entry.keyLocation)
        }
        let levers = pairs.compactMap { pair -> (any Lever)? in
          guard let kind = Levers.registry.find(pair.key, at: pair.keyLocation, &findings) else {
            return nil
          }
          return kind.read(pair.value, context, &findings)
        }
        return Scenario.OptionEntry(
          name: entry.key, levers: levers, location: entry.keyLocation, written: entry.value)
      }
  }
}
