public import GenOpsUnits

/// Turns captured events into metered usage, by the rules of PostHog's own usage report.
///
/// ``meter(_:)`` says what an event would use; ``commit(_:)`` is called for those that are *sent*
/// and only then is anything remembered. So an event that a budget refused leaves no trace: sent
/// later, it is not a duplicate, and its person does not count as known.
///
/// The rules (PostHog `posthog/tasks/usage_report.py`):
/// - Two events with the same UTC day of the timestamp, name, distinct id and uuid are one.
/// - Every event is one of `events`, except `$exception` (→ `exceptions`), `$ai_*` (→
/// `llm_events`),
///   `survey sent` (→ `survey_responses`), `$snapshot` (→ recordings) and the free ones, such as
///   `$feature_flag_called`.
/// - It is one of `identified_events` too, unless it asks for no person profile and its distinct id
///   has none. Once a person is known, all their events are identified. `$identify`,
///   `$create_alias`, `$merge_dangerously` and `$groupidentify` that ask for no profile are dropped
///   by PostHog, so they use nothing; `$set` and `$set_once` that do are anonymous events.
/// - An event of a group is one of `group_events`; no name is excluded there, but PostHog takes the
///   groups off an event that asks for no person profile.
/// - A recording is a session whose first snapshot is on that day, with none on the day before.
/// - A survey response is a submission; surveys of product tours are free.
///
/// A distinct id counts with its first 200 characters. `docs/metering.md` lists every rule with its
/// source. Only the identified rule depends on the order of events.
public struct EventMeter: Sendable {
  /// How much the meter may remember. The defaults take at most 396 MiB, and only as much of it as
  /// there is traffic: 24 bytes per remembered event, session and person, and 36 while a table grows. What is
  /// remembered of each are 64 bits: that an event is taken for another of its day is to be expected once in
  /// 1.5 million days of five million events (5e6² / 2^65).
  public struct Limits: Sendable, Hashable {
    /// UTC days whose events are remembered, the most recently used ones; at least 2.
    public var days = 4
    public var eventsPerDay = 6_291_456
    public var sessionsPerDay = 786_432
    public var persons = 6_291_456

    public init() {}
  }

  public let classifier: EventClassifier
  /// What did not fit into the limits: its duplicates count again, its persons look unknown.
  public private(set) var forgotten = 0

  private let seed: UInt64
  private let maker: FactMaker
  private var rules: RuleCache
  private var days: RecentDays
  private var persons: FingerprintSet

  /// `seed` moves the fingerprints and never the results; a server gives one that its clients do
  /// not know.
  public init(
    classifier: EventClassifier = .standard, limits: Limits = Limits(), seed: UInt64 = 0
  ) {
    self.classifier = classifier
    self.seed = seed
    maker = FactMaker(classifier: classifier, seed: seed)
    rules = RuleCache(classifier)
    days = RecentDays(limits: limits)
    persons = FingerprintSet(capacity: limits.persons)
  }

  /// What `event` uses if it is sent now. It remembers nothing of it.
  public mutating func meter(_ event: UsageEvent) -> MeteredEvent {
    let name = rules.known(event.name, maker)
    return judge(maker.meteredFacts(of: event, name), name)
  }

  /// The same for an event of which the facts are known, and its name.
  package func meter(_ event: EventFacts, _ name: KnownName) -> MeteredEvent { judge(event, name) }

  @inline(__always)
  private func judge(_ event: EventFacts, _ name: KnownName) -> MeteredEvent {
    let rule = name.rule
    let person = event.person
    let day = Timestamp(microseconds: event.microseconds).day.number
    var key: UInt64 = 0
    var known: FingerprintReader?
    if let uuid = event.uuid {
      key = self.key(of: uuid, name: name.hash, person: person, day: day)
      // What is remembered of a day is in no cache of the processor: it comes while the person is looked at.
      known = days.events(of: day)
      known?.fetch(key)
    }
    let isKnown = persons.contains(person)
    let isAnonymous = event.marks.contains(.isAnonymous)
    let isIdentified = isKnown || !isAnonymous
    if known?.contains(key) == true {
      return MeteredEvent(
        isDuplicate: true, eventClass: rule.eventClass, isIdentified: false, units: [],
        day: day, distinctID: person, event: 0, session: 0, person: 0, otherPerson: 0)
    }
    if rule.kind == .unstored || isAnonymous && rule.isAboutPerson {
      return MeteredEvent(
        isDuplicate: false, eventClass: rule.eventClass, isIdentified: false, units: [],
        day: day, distinctID: person, event: key, session: 0, person: 0, otherPerson: 0)
    }
    var units: EventUnits = []
    var session: UInt64 = 0
    switch rule.kind {
    case .event: units = isIdentified ? [.events, .identifiedEvents] : .events
    case .free, .unstored: break
    case .exception: units = .exceptions
    case .ai: units = .llmEvents
    case .survey: session = meterSurvey(event, on: day, into: &units)
    case .snapshot: session = meterSnapshot(event, on: day, into: &units)
    }
    let isRecording = rule.kind == .snapshot
    if event.marks.contains(.hasGroups), !isAnonymous, !isRecording { units.insert(.groupEvents) }
    return MeteredEvent(
      isDuplicate: false, eventClass: rule.eventClass,
      isIdentified: isIdentified && !isRecording, units: units, day: day, distinctID: person,
      event: key, session: session,
      person: isIdentified && !isKnown && !isRecording ? person : 0,
      otherPerson: event.otherPerson)
  }

  /// Remembers an event that was sent.
  /// - Returns: Whether ``takeSpentMemory()`` has something to give.
  @discardableResult
  public mutating func commit(_ event: MeteredEvent) -> Bool {
    if event.isDuplicate { return false }
    if event.event != 0 || event.session != 0 {
      if !days.remember(event: event.event, session: event.session, on: event.day) {
        forgotten += 1
      }
    }
    if event.person != 0, !persons.insert(event.person) { forgotten += 1 }
    if event.otherPerson != 0, !persons.insert(event.otherPerson) { forgotten += 1 }
    return days.hasSpent || persons.hasSpent
  }

  /// Forgets the events of the days before `day`, numbered since 1970-01-01: none of them will come again. Sessions
  /// of the day before it stay, as a recording may go on over midnight.
  package mutating func forgetDays(before day: Int32) { days.forget(before: day) }

  /// Memory that is no longer needed. A caller that meters behind a lock takes it inside the lock and frees it
  /// outside; memory that is not taken is freed when the next table is replaced.
  public mutating func takeSpentMemory() -> [SpentMemory] {
    [days.takeSpent(), SpentMemory(table: persons.takeSpent())].compactMap { $0 }
  }

  /// Makes `distinctID` a known person, as from a list of persons or a history.
  public mutating func know(person distinctID: String) {
    if !persons.insert(maker.person(distinctID)) { forgotten += 1 }
  }

  /// A warning when the limits were too small for the traffic; nil otherwise.
  public var memoryFinding: Finding? {
    guard forgotten > 0 else { return nil }
    return Finding(
      .warning, "meter-memory",
      "\(forgotten) events, sessions or persons did not fit into the meter's memory",
      help: "raise the limits; copies of these events are counted again")
  }

  /// A new session is a recording of its day. Snapshots without a session id cannot be billed.
  private func meterSnapshot(_ event: EventFacts, on day: Int32, into units: inout EventUnits)
    -> UInt64
  {
    if event.item == 0 { return 0 }
    if isNew(event.item, on: day) {
      units = event.marks.contains(.isMobileSnapshot) ? .mobileRecordings : .sessionRecordings
    }
    return event.item
  }

  /// Partial answers of one submission are one response. They share the memory of sessions, told
  /// apart by the survey's id in the fingerprint.
  private func meterSurvey(_ event: EventFacts, on day: Int32, into units: inout EventUnits)
    -> UInt64
  {
    if event.marks.contains(.isOfTour) { return 0 }
    if event.item == 0 || isNew(event.item, on: day) { units = .surveyResponses }
    return event.item
  }

  private func isNew(_ item: UInt64, on day: Int32) -> Bool {
    !days.hasSession(item, on: day) && !days.hasSession(item, on: day - 1)
  }

  private func key(of uuid: EventUUID, name: UInt64, person: UInt64, day: Int32) -> UInt64 {
    var hash = Fingerprint(seed: seed)
    hash.add(UInt64(bitPattern: Int64(day)))
    hash.add(name)
    hash.add(person)
    hash.add(uuid.high)
    hash.add(uuid.low)
    return hash.value
  }
}
