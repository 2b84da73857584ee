public import GenOpsMetering
public import GenOpsUnits
import Synchronization

/// An experiment with the cost of each variant.
///
/// ```swift
/// let experiment = Experiment("checkout-button", goal: "purchase", adapter: adapter)
/// let variant = experiment.variant(in: set)      // exposes the person
/// experiment.capture(event)                      // counts for the person's variant
/// experiment.summary.variants["test"]?.costPerConversion
/// ```
///
/// Its events belong to the attribution `feature` = the experiment's key, so a budget with that
/// scope governs the experiment alone. The costs of the variants and of ``Summary/unassigned`` add
/// up to what its events have added to the bill.
public final class Experiment: Sendable {
  /// The key of its feature flag.
  public let key: String
  /// The event that counts as a conversion.
  public let goal: String
  private let adapter: PostHogAdapter
  private let state = Mutex(State())
  /// Beyond this many people no new ones are assigned; their events count as unassigned.
  private static let capacity = 1_000_000

  private struct State {
    var summary = Summary()
    /// By a hash of the distinct id, so that a million of them take as much memory whatever their length.
    var people: [Int: Person] = [:]
  }

  private static func number(_ distinctID: String) -> Int {
    var hasher = Hasher()
    var id = distinctID
    id.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    return hasher.finalize()
  }

  private struct Person {
    var variant: String
    var hasConverted = false
  }

  /// `key` is that of the flag, `goal` the name of the event that counts as success.
  public init(_ key: String, goal: String, adapter: PostHogAdapter) {
    self.key = key
    self.goal = goal
    self.adapter = adapter.view(Attribution(feature: key))
  }

  /// The counts of one variant.
  public struct Variant: Sendable, Hashable {
    /// People who were exposed.
    public var people: Int64 = 0
    /// Of these, who converted at least once.
    public var converted: Int64 = 0
    /// Conversions sent, several of one person included.
    public var conversions: Int64 = 0
    public var events: Int64 = 0
    public var refused: Int64 = 0
    public var sampled: Int64 = 0
    /// What its events have added to the bill.
    public var cost = Money.zero
    /// Sent events whose cost is unknown; it is not in ``cost``.
    public var unpriced: Int64 = 0

    public init() {}

    /// In units of money; nil without people.
    public var costPerPerson: Double? { people > 0 ? cost.approximate / Double(people) : nil }
    /// In units of money; nil without conversions.
    public var costPerConversion: Double? {
      conversions > 0 ? cost.approximate / Double(conversions) : nil
    }
    /// Of the exposed people; nil without any.
    public var conversionRate: Double? {
      people > 0 ? Double(converted) / Double(people) : nil
    }

    mutating func add(_ outcome: CaptureOutcome, isGoal: Bool) {
      switch outcome {
      case .duplicate: break
      case .sampled: sampled += 1
      case .refused: refused += 1
      case .sent(let amount):
        events += 1
        if isGoal { conversions += 1 }
        if let amount {
          cost = Money(nanos: cost.nanos.addingClamped(amount.nanos))
        } else {
          unpriced += 1
        }
      }
    }
  }

  /// The counts of all variants.
  public struct Summary: Sendable, Hashable {
    /// By name: `control`, `test`, or `true` and `false` for a flag without variants.
    public var variants: [String: Variant] = [:]
    /// Events of people who were not exposed.
    public var unassigned = Variant()

    public init() {}

    /// The cost of all its events.
    public var cost: Money {
      Money(
        nanos: variants.values.reduce(unassigned.cost.nanos) { $0.addingClamped($1.cost.nanos) })
    }
  }

  public var summary: Summary { state.withLock { $0.summary } }

  /// The variant of the person of `set`, who counts as exposed to it from now on. A person keeps
  /// the first one, whatever becomes of the flag. When the flag could not be had, nobody is exposed
  /// and the answer is `fallback`.
  public func variant(in set: FlagSet, default fallback: String = "control") -> String {
    guard let value = set.value(key) else { return fallback }
    let name = value.variant ?? (value.isOn ? "true" : "false")
    let person = Experiment.number(set.context.distinctID)
    return state.withLock { state in
      if let person = state.people[person] { return person.variant }
      guard state.people.count < Experiment.capacity else { return name }
      state.people[person] = Person(variant: name)
      state.summary.variants[name, default: Variant()].people += 1
      return name
    }
  }

  /// Sends an event through the adapter and counts it for the variant of its person. It carries
  /// `$feature/KEY`, by which PostHog's own experiment page knows it too.
  @discardableResult
  public func capture(_ event: UsageEvent, consent: Bool? = nil) -> CaptureOutcome {
    let person = Experiment.number(event.distinctID)
    let variant = state.withLock { $0.people[person]?.variant }
    var event = event
    if let variant, case .object(let members) = event.properties {
      let name = "$feature/\(key)"
      event.properties = .object(
        members.filter { $0.key != name } + [.init(name, .string(variant))])
    }
    let outcome = adapter.capture(event, consent: consent)
    let isGoal = event.name == goal
    state.withLock { state in
      guard let variant else {
        state.summary.unassigned.add(outcome, isGoal: isGoal)
        return
      }
      state.summary.variants[variant, default: Variant()].add(outcome, isGoal: isGoal)
      if isGoal, outcome.wasSent, state.people[person]?.hasConverted == false {
        state.people[person]?.hasConverted = true
        state.summary.variants[variant, default: Variant()].converted += 1
      }
    }
    return outcome
  }
}
