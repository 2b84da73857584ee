public import GenOpsMetering
public import GenOpsUnits

import Synchronization
import Tracing

/// A named span of work whose usage and cost are counted apart. Made by
/// ``PostHogAdapter/withSession(_:attribution:attributes:budget:_:)``, which ends it even when the body
/// throws.
public final class AnalyticsSession: Sendable {
  /// The session of the task that is running; nil outside of one.
  @TaskLocal public static var current: AnalyticsSession?

  /// A random UUID.
  public let id: String
  public let name: String
  /// Its own dimensions, then those of the adapter that opened it.
  public let attribution: Attribution
  /// What the caller wants to be known of it, and what was known of the session around it by other names; on its events
  /// as `genops_session_…`.
  public let attributes: [JSONValue.Member]
  public let start: Timestamp
  /// What it may cost by itself; nil is no limit of its own.
  public let budget: SessionBudget?
  /// The adapter that opened it.
  let adapter: PostHogAdapter
  private let own: Attribution
  private let home: Place
  /// Where it counts for other adapters, by their account and owner: most sessions have none.
  private let others = Mutex<[PlaceKey: Place]>([:])
  private let totals = Mutex(SessionTotals())
  /// What bounds it: its own budget's account, else that of the session around it.
  let spending: SessionSpending?

  /// Whose usage the events of a session are.
  struct Place {
    var account: Account
    var owner: Int
    var eventOwner: EventOwner

    /// Lets go of the owner, which nothing may use by this place any more.
    func release() { account.state.withLock { $0.release(owner: owner) } }
  }

  private struct PlaceKey: Hashable {
    var account: ObjectIdentifier
    var owner: Int
  }

  /// `outer` bounds it too, and `inherited` are the attributes of the session around it.
  init(
    _ name: String, own: Attribution, attributes: JSONValue,
    inherited: [JSONValue.Member] = [], adapter: PostHogAdapter,
    budget: SessionBudget? = nil, within outer: SessionSpending? = nil
  ) {
    id = EventUUID.random().description
    self.name = name
    self.own = own
    self.adapter = adapter
    attribution = own.filling(from: adapter.attribution)
    var members: [JSONValue.Member] = []
    if case .object(let own) = attributes { members = own }
    // Most sessions are in no other; one name is on an event once.
    self.attributes =
      inherited.isEmpty
      ? members : inherited.filter { outer in !members.contains { $0.key == outer.key } } + members
    start = adapter.account.clock.now()
    self.budget = budget
    spending =
      budget.map { [id, attribution] in
        SessionSpending($0, sessionID: id, name: name, scope: attribution, parent: outer)
      } ?? outer
    home = AnalyticsSession.place(attribution, adapter, id, self.attributes)
  }

  private static func place(
    _ attribution: Attribution, _ adapter: PostHogAdapter, _ id: String,
    _ attributes: [JSONValue.Member]
  ) -> Place {
    let members =
      [JSONValue.Member("genops_session_id", .string(id))]
      + attributes.map { JSONValue.Member("genops_session_\($0.key)", $0.value) }
    return Place(
      account: adapter.account,
      owner: adapter.account.state.withLock { $0.owner(attribution) },
      eventOwner: EventOwner(
        attribution, tags: adapter.tags, session: members))
  }

  /// Whose usage it is that `adapter` captures in this session: the session's own dimensions where
  /// they are set, that adapter's elsewhere. So a tenant's view stays the tenant's in a session
  /// that another adapter opened.
  func place(in other: PostHogAdapter) -> Place {
    if other === adapter { return home }
    let key = PlaceKey(account: ObjectIdentifier(other.account), owner: other.owner)
    if let known = others.withLock({ $0[key] }) { return known }
    let place = AnalyticsSession.place(
      own.filling(from: other.attribution), other, id, attributes)
    let first = others.withLock { others in
      if let first = others[key] { return first }
      others[key] = place
      return place
    }
    // Another thread was here first, with the same owner.
    if first.eventOwner !== place.eventOwner { place.release() }
    return first
  }

  deinit {
    home.release()
    for place in others.withLock({ Array($0.values) }) { place.release() }
  }

  /// What was counted so far.
  public var summary: SessionTotals { totals.withLock { $0 } }

  public var isClosed: Bool { totals.withLock { $0.end != nil } }

  /// Whether something may bound it; ``openSpending`` says what.
  @inline(__always)
  var isBound: Bool { spending != nil }

  /// What bounds it while it is open.
  var openSpending: SessionSpending? { spending == nil || isClosed ? nil : spending }

  /// How its own budget stands; nil without one.
  public var budgetStanding: SessionBudgetStanding? { budget == nil ? nil : spending?.standing }

  func close(at instant: Timestamp) {
    totals.withLock { if $0.end == nil { $0.end = instant } }
  }

  /// Counts an outcome. A closed session counts nothing more, so that its sum stays what was
  /// reported; the account counts how often that was, as a finding.
  func note(_ outcome: CaptureOutcome, _ usage: Usage, isEvent: Bool) {
    let isOpen = totals.withLock { totals in
      if totals.end != nil { return false }
      totals.add(outcome, usage, isEvent: isEvent)
      return true
    }
    if !isOpen { adapter.account.afterSessions.add(1, ordering: .relaxed) }
  }

  func note(_ outcome: RecordOutcome, _ usage: Usage) {
    let isOpen = totals.withLock { totals in
      if totals.end != nil { return false }
      totals.add(outcome, usage)
      return true
    }
    if !isOpen { adapter.account.afterSessions.add(1, ordering: .relaxed) }
  }

  func noteConversion(value: Money?) {
    totals.withLock { if $0.end == nil { $0.addConversion(value) } }
  }
}

extension PostHogAdapter {
  /// Runs `body` in a new session. What it captures without naming a session counts for this one,
  /// in child tasks too.
  ///
  /// - Parameters:
  ///   - name: What the work is: `user_onboarding_flow`.
  ///   - attribution: Dimensions of this session; the adapter's hold where none is set.
  ///   - attributes: An object of what else should be known of it. A session within another has the other's too, such
  ///     as `http_route` of a request, but for those that it names itself.
  ///   - budget: What this session may cost by itself. A session within another is bound by the other's too.
  ///   - body: The work.
  /// - Returns: What the body returns.
  public func withSession<Result>(
    _ name: String, attribution: Attribution = .none, attributes: JSONValue = [:],
    budget: SessionBudget? = nil,
    _ body: (AnalyticsSession) throws -> Result
  ) rethrows -> Result {
    let session = open(name, attribution, attributes, budget)
    defer { close(session) }
    guard let tracing = account.configuration.tracing else {
      return try AnalyticsSession.$current.withValue(session) { try body(session) }
    }
    let span = tracing.begin(session)
    defer {
      session.close(at: account.clock.now())
      tracing.end(span, session)
    }
    return try ServiceContext.$current.withValue(span.context) {
      do { return try AnalyticsSession.$current.withValue(session) { try body(session) } } catch {
        tracing.record(error, in: span, at: account.clock.now())
        throw error
      }
    }
  }

  /// The same for a body that waits.
  public func withSession<Result>(
    _ name: String, attribution: Attribution = .none, attributes: JSONValue = [:],
    budget: SessionBudget? = nil,
    isolation: isolated (any Actor)? = #isolation,
    _ body: (AnalyticsSession) async throws -> Result
  ) async rethrows -> Result {
    let session = open(name, attribution, attributes, budget)
    defer { close(session) }
    guard let tracing = account.configuration.tracing else {
      return try await AnalyticsSession.$current.withValue(session) { try await body(session) }
    }
    let span = tracing.begin(session)
    defer {
      session.close(at: account.clock.now())
      tracing.end(span, session)
    }
    return try await ServiceContext.$current.withValue(span.context) {
      do {
        return try await AnalyticsSession.$current.withValue(session) { try await body(session) }
      } catch {
        tracing.record(error, in: span, at: account.clock.now())
        throw error
      }
    }
  }

  private func open(
    _ name: String, _ attribution: Attribution, _ attributes: JSONValue, _ budget: SessionBudget?
  ) -> AnalyticsSession {
    let session = AnalyticsSession(
      name, own: attribution, attributes: attributes,
      inherited: AnalyticsSession.current?.attributes ?? [], adapter: self, budget: budget,
      within: AnalyticsSession.current?.openSpending)
    let isKept = account.state.withLock { state in
      state.activeSessions += 1
      return session.spending.map { state.sessions.open(session.id, $0) } ?? true
    }
    if !isKept, budget != nil { session.spending?.shut() }
    return session
  }

  private func close(_ session: AnalyticsSession) {
    session.close(at: account.clock.now())
    account.state.withLock { state in
      state.activeSessions -= 1
      if session.spending != nil { state.sessions.close(session.id) }
    }
  }
}
