package import GenOpsMetering
package import GenOpsScenario
package import GenOpsUnits

/// What the events of a scenario's first future are, by kind and day: what ``EventGenerator`` writes.
///
/// It is "as is" before any governance, as it would be offered. What no export of events holds, such as flag
/// requests and recordings, is in ``usage``.
package struct GeneratedTraffic: Sendable {
  /// Events that are alike but for who sends them and when.
  struct Kind: Sendable {
    var name: String
    var isIdentified: Bool
    /// The place of its people in ``GeneratedTraffic/pools``.
    var pool: Int
    var attribution: Attribution
    /// Events by day of the period.
    var counts: [Int64]
    /// Those of them that belong to a group.
    var grouped: [Int64]
    /// By how many days its timestamps are off.
    var shift = 0

    /// What metering makes of it, but for groups.
    var meters: [Meter] {
      switch name {
      case "$exception": [.exceptions]
      case "$ai_generation": [.llmEvents]
      case "survey sent": [.surveyResponses]
      case "$feature_flag_called": []
      default: isIdentified ? [.events, .identifiedEvents] : [.events]
      }
    }
  }

  /// The people of a stream.
  struct Pool: Sendable {
    var name: String
    /// Active users of a month, where the scenario says how many.
    var users: Int64?
    /// How unequal they are; see ``ActivitySpread``.
    var sigma = 0.0

    /// The events of a user in a month where nothing is said of users: PostHog's middle figure, as for
    /// sampling.
    static let eventsPerUser = 40.0
  }

  package let start: CalendarDay
  package let dayCount: Int
  private(set) var kinds: [Kind] = []
  private(set) var pools: [Pool] = []
  /// Units by day of the period that no export of events holds, in the order of the meters.
  package private(set) var usage: [(meter: Meter, days: [Int64])] = []

  /// - Parameters:
  ///   - plan: What is to be made, with all events named.
  ///   - scale: What events, other usage and users are multiplied by.
  /// - Throws: When a day has more than can be counted.
  package init(_ plan: Plan, scale: Double = 1) throws(FindingsError) {
    start = plan.period.start
    dayCount = plan.period.dayCount
    let future = FuturePath(plan: plan)
    future.draw(path: 0)
    let runner = try OptionRunner(plan: plan, option: plan.options[0])
    let shares = runner.shares(of: runner.rules, future)
    var groups: [(stream: StreamID, counts: [Int64])] = []
    for (usageClass, share) in zip(plan.options[0].usageClasses, shares) {
      var scaled = CarriedAmount()
      let counts = (0..<dayCount).map { day in
        let place = share.first + day
        let count = share.count(future.units[place], future.identified[place], on: day)
        // Negative counts do not occur but by a change.
        return max(0, scale == 1 ? count : scaled.next(Double(count) * scale))
      }
      let stream = plan.streams[usageClass.stream]
      if stream.meter == .groupEvents, let events = stream.eventsStream {
        groups.append((events, counts))
      } else {
        add(counts, usageClass, stream, share, plan, future, scale)
      }
    }
    for group in groups { join(group.counts, plan.streams[group.stream]) }
  }

  private mutating func add(
    _ counts: [Int64], _ usageClass: PlannedUsageClass, _ stream: PlanStream,
    _ share: UsageClassShare, _ plan: Plan, _ future: FuturePath, _ scale: Double
  ) {
    let name: String
    switch stream.meter {
    case .events:
      // What is assumed of critical events has no name; a conversion is one.
      name = GeneratedTraffic.eventName(usageClass)
    case .exceptions: name = "$exception"
    case .llmEvents: name = "$ai_generation"
    case .surveyResponses: name = "survey sent"
    case .groupEvents: name = "$feature_flag_called"
    default:
      if let place = usage.firstIndex(where: { $0.meter == stream.meter }) {
        for day in counts.indices {
          usage[place].days[day] = usage[place].days[day].addingClamped(counts[day])
        }
      } else {
        usage.append((stream.meter, counts))
        usage.sort { $0.meter.index < $1.meter.index }
      }
      return
    }
    let isOfGroups = stream.meter == .groupEvents
    kinds.append(
      Kind(
        name: name, isIdentified: usageClass.identified ?? true,
        pool: pool(of: stream, plan, future, scale), attribution: stream.attribution,
        counts: counts,
        grouped: isOfGroups ? counts : [Int64](repeating: 0, count: dayCount),
        shift: share.shift))
  }

  /// The name of an event: that of its class, where PostHog bills what is called so as the class says.
  private static func eventName(_ usageClass: PlannedUsageClass) -> String {
    // What is assumed of critical events has no name; a conversion is one.
    let name =
      usageClass.eventName == Assumption.criticalEvents ? "conversion" : usageClass.eventName
    var meter = EventMeter()
    let one = UsageEvent(
      name: name, distinctID: "u", timestamp: Timestamp(microseconds: 0),
      processPersonProfile: usageClass.identified)
    return meter.meter(one).usage == usageClass.usage ? name : EventClassifier.otherName
  }

  /// Lets identified events of a stream belong to groups, as many as `counts` says. PostHog takes the groups off
  /// anonymous ones, so what is left over is on events that are free.
  private mutating func join(_ counts: [Int64], _ events: PlanStream) {
    let pool = pools.firstIndex { $0.name == GeneratedTraffic.poolName(events) } ?? 0
    var left = counts
    for place in kinds.indices
    where kinds[place].pool == pool && kinds[place].isIdentified
      && kinds[place].meters.contains(.events)
    {
      for day in left.indices {
        let taken = min(left[day], kinds[place].counts[day] - kinds[place].grouped[day])
        kinds[place].grouped[day] += taken
        left[day] -= taken
      }
    }
    guard left.contains(where: { $0 > 0 }) else { return }
    kinds.append(
      Kind(
        name: "$feature_flag_called", isIdentified: true, pool: pool,
        attribution: events.attribution, counts: left, grouped: left))
  }

  /// The streams of one entry of `traffic:` have the same people.
  private static func poolName(_ stream: PlanStream) -> String {
    String(stream.name.prefix { $0 != "/" })
  }

  private mutating func pool(
    of stream: PlanStream, _ plan: Plan, _ future: FuturePath, _ scale: Double
  ) -> Int {
    let name = GeneratedTraffic.poolName(stream)
    if let known = pools.firstIndex(where: { $0.name == name }) { return known }
    var pool = Pool(name: name)
    if let draw = plan.draws.firstIndex(where: { $0.name == "traffic.\(name).users" }) {
      // At most 10^12, so the conversion cannot fail.
      pool.users = Int64(rounding: min(1e12, max(1, future.values[draw] * scale)))
    }
    pool.sigma = plan.scenario.people[name]?.spread?.sigma ?? 0
    pools.append(pool)
    return pools.count - 1
  }

  /// Units on each meter by day of the timestamps, `days` of the period being written.
  package func totals(_ days: Range<Int>) -> [(day: CalendarDay, usage: MeterTotals)] {
    var totals: [CalendarDay: MeterTotals] = [:]
    func add(_ units: Int64, _ meter: Meter, _ day: Int) {
      if units > 0 { totals[start.advanced(by: day), default: MeterTotals()][meter] += units }
    }
    for day in days {
      for kind in kinds {
        for meter in kind.meters { add(kind.counts[day], meter, day + kind.shift) }
        add(kind.grouped[day], .groupEvents, day + kind.shift)
      }
      for (meter, units) in usage { add(units[day], meter, day) }
    }
    return totals.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// How many events are written on `days`.
  package func eventCount(_ days: Range<Int>) -> Int64 {
    kinds.reduce(0) { sum, kind in days.reduce(sum) { $0 + kind.counts[$1] } }
  }
}
