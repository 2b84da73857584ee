import GenOpsGovernance
import GenOpsMetering
public import GenOpsUnits
import Synchronization

/// What is done to an event before anything is decided: opt-out, super properties, the hook. All of
/// it is outside of the account's lock, and an adapter that uses none of it pays three loads.
final class CapturePreparation: Sendable {
  /// Counted here because an event that is kept back never reaches the core.
  struct Withheld: Sendable, Hashable {
    var byOptOut = 0
    var byHook = 0
  }

  /// What one account's adapters share.
  final class Shared: Sendable {
    let isOptedOut = Atomic<Bool>(false)
    let hook: (@Sendable (UsageEvent) -> UsageEvent?)?
    private let byOptOut = Atomic<Int>(0)
    private let byHook = Atomic<Int>(0)

    init(hook: (@Sendable (UsageEvent) -> UsageEvent?)?) { self.hook = hook }

    var withheld: Withheld {
      Withheld(byOptOut: byOptOut.load(ordering: .relaxed), byHook: byHook.load(ordering: .relaxed))
    }

    func countOptOut() { byOptOut.add(1, ordering: .relaxed) }
    func countHook() { byHook.add(1, ordering: .relaxed) }
  }

  enum Result {
    case ready(UsageEvent)
    case withheld(RefusalReason)
  }

  let shared: Shared
  private let hasSuperProperties: Atomic<Bool>
  private let superProperties: Mutex<[JSONValue.Member]>

  init(shared: Shared, superProperties members: [JSONValue.Member] = []) {
    self.shared = shared
    hasSuperProperties = Atomic(!members.isEmpty)
    superProperties = Mutex(members)
  }

  /// Whether events go to the decision as they are.
  @inline(__always)
  var isNothing: Bool {
    !hasSuperProperties.load(ordering: .acquiring)
      && !shared.isOptedOut.load(ordering: .relaxed) && shared.hook == nil
  }

  var members: [JSONValue.Member] { superProperties.withLock { $0 } }

  func change(_ body: (inout [JSONValue.Member]) -> Void) {
    superProperties.withLock {
      body(&$0)
      hasSuperProperties.store(!$0.isEmpty, ordering: .releasing)
    }
  }

  /// The event as it is decided on.
  func prepare(_ event: UsageEvent) -> Result {
    if shared.isOptedOut.load(ordering: .relaxed) {
      shared.countOptOut()
      return .withheld(.optOut)
    }
    var event = event
    let extra = members
    if !extra.isEmpty { event = event.adding(extra) }
    guard let hook = shared.hook else { return .ready(event) }
    guard let changed = hook(event) else {
      shared.countHook()
      return .withheld(.beforeSend)
    }
    return .ready(changed)
  }
}

extension UsageEvent {
  /// The event with `defaults` among its properties; what it has itself stays. The metered fields
  /// that a default can set are read again, so that a super property `$session_id` counts.
  func adding(_ defaults: [JSONValue.Member]) -> UsageEvent {
    guard case .object(let own) = properties else { return self }
    let names = Set(own.map(\.key))
    let added = defaults.filter { !names.contains($0.key) }
    if added.isEmpty { return self }
    var event = self
    event.properties = .object(added + own)
    let read = UsageEvent(
      name: name, distinctID: distinctID, timestamp: timestamp, properties: event.properties)
    event.sessionID = event.sessionID ?? read.sessionID
    event.processPersonProfile = event.processPersonProfile ?? read.processPersonProfile
    event.hasGroups = event.hasGroups || read.hasGroups
    return event
  }
}

extension PostHogAdapter {
  /// Sends `properties` with every event that this adapter captures from now on. An event's own
  /// properties win; a later call replaces what an earlier one set under the same name. A view
  /// begins with those of the adapter that made it.
  public func register(_ properties: JSONValue) {
    guard case .object(let added) = properties else { return }
    let names = Set(added.map(\.key))
    preparation.change { members in
      members.removeAll { names.contains($0.key) }
      members += added
    }
  }

  /// The same with ordinary variables as properties.
  @_disfavoredOverload
  public func register(_ properties: EventProperties) { register(properties.json) }

  /// Stops sending the super property called `name`.
  public func unregister(_ name: String) {
    preparation.change { $0.removeAll { $0.key == name } }
  }

  /// The super properties.
  public var superProperties: JSONValue { .object(preparation.members) }

  /// Refuses every event of the account from now on, for users who do not want analytics. It is not
  /// kept over restarts.
  public func optOut() { account.preparation.isOptedOut.store(true, ordering: .relaxed) }

  /// Ends ``optOut()``.
  public func optIn() { account.preparation.isOptedOut.store(false, ordering: .relaxed) }

  public var isOptedOut: Bool { account.preparation.isOptedOut.load(ordering: .relaxed) }
}
