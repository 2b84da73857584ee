package import GenOpsAdmission
import GenOpsGovernance
package import GenOpsMetering
package import GenOpsUnits
import Synchronization

extension AdapterConfiguration {
  /// Makes facts of recorded events for an adapter of this configuration.
  ///
  /// - Parameter keepsUUIDs: False where copies count again.
  /// - Returns: Nil when something of it looks at more of an event: a journal, a rule on single events, consent,
  ///   personal data, an observer.
  package func factMaker(keepsUUIDs: Bool) -> FactMaker? {
    let plan = effectivePlan
    guard beforeSend == nil, logger == nil, journal == nil, observers.isEmpty, tracing == nil,
      budgetStore == nil, plan.eventRules.isEmpty, EventScreen(self) == nil
    else { return nil }
    let samples =
      plan.trafficSampling != nil
      || classifier.rules.contains {
        plan.sampling.rate(ofClass: $0.name, isCritical: $0.isCritical) < 1
      }
    let place: @Sendable (UnsafeBufferPointer<UInt8>) -> Double = {
      SamplingHash.place(of: String(decoding: $0, as: UTF8.self))
    }
    return FactMaker(
      classifier: classifier, seed: memorySeed, keepsUUIDs: keepsUUIDs,
      place: samples ? place : nil)
  }
}

/// What became of events that were decided on by their facts, by the numbers of their names.
package struct FactTally: Sendable {
  /// Of one name.
  package struct Name: Sendable, Hashable {
    /// Copies apart.
    package var events = 0
    /// Nano-units of what was sent, as far as prices are known.
    package var cost: Int64 = 0
    /// The instant of the first one, in microseconds.
    package var first: Int64 = 0

    package init() {}

    /// Counts an event that happened at `instant`; `cost` is nil where it is not known.
    package mutating func note(cost: Money?, at instant: Int64) {
      if events == 0 { first = instant }
      events += 1
      if let cost { self.cost = self.cost.addingClamped(cost.nanos) }
    }
  }

  package var duplicates: Int64 = 0
  package var names: [Name] = []

  package init() {}
}

extension PostHogAdapter {
  /// An event as PostHog takes it, such as with a shorter distinct id; nil for one that it refuses.
  package static func formed(_ event: UsageEvent) -> UsageEvent? {
    let most = DeliveryLimits.standardEventBytes
    if EventForm.isOrdinary(event, eventBytes: most) { return event }
    switch EventForm.judge(event, eventBytes: most, size: { .max }) {
    case .asItIs: return event
    case .changed(let changed): return changed
    case .refused: return nil
    }
  }

  /// The number of an owner for ``capture(_:names:owners:into:setClock:)``: `attribution` where it is set, this adapter's
  /// elsewhere. It is kept as long as the account.
  package func ownerNumber(_ attribution: Attribution) -> Int {
    account.state.withLock { $0.owner(attribution.filling(from: self.attribution)) }
  }

  /// Forgets the events of days before `day`, for a replay in the order of time: copies are of one day.
  package func forgetDays(before day: CalendarDay) {
    account.state.withLock { $0.meter.forgetDays(before: day.number) }
  }

  /// Decides on recorded events one after the other, each at its own instant, as ``capture(_:session:consent:)``
  /// does. The account's lock is taken once for as many as need nothing done outside of it, and nothing is
  /// delivered.
  ///
  /// - Parameters:
  ///   - events: In the order of time. Their maker is the configuration's
  ///     ``AdapterConfiguration/factMaker(keepsUUIDs:)``, and the adapter is not a view.
  ///   - names: By the numbers of the events' names.
  ///   - owners: What ``ownerNumber(_:)`` gives, by the numbers of the events' owners; empty where all have one owner.
  ///   - tally: What became of them is added to it.
  ///   - setClock: Called with the instant of an event before anything is told of it.
  package func capture(
    _ events: ArraySlice<EventFacts>, names: [KnownName], owners: [Int] = [],
    into tally: inout FactTally, setClock: (Timestamp) -> Void
  ) {
    if tally.names.count < names.count {
      tally.names += [FactTally.Name](
        repeating: FactTally.Name(), count: names.count - tally.names.count)
    }
    var next = events.startIndex
    while next < events.endIndex {
      var decision = Decision()
      let last = account.state.withLock { state -> Int64? in
        while next < events.endIndex {
          let event = events[next]
          next += 1
          // A number is an index of the names.
          let name = Int(event.name)
          decision = Decision()
          state.capture(
            event, names[name], owner: owners.isEmpty ? 0 : owners[Int(event.owner)],
            into: &decision)
          switch decision.verdict {
          case .duplicate: tally.duplicates += 1
          case .sent: tally.names[name].note(cost: decision.cost, at: event.microseconds)
          case .sampled, .refused: tally.names[name].note(cost: .zero, at: event.microseconds)
          }
          if decision.isNewDay || decision.isMemorySpent || decision.alerts != nil {
            return event.microseconds
          }
        }
        return nil
      }
      guard let last else { continue }
      setClock(Timestamp(microseconds: last))
      if let alerts = decision.alerts { account.raise(alerts) }
      if decision.isNewDay { account.watchTrends() }
      if decision.isMemorySpent { account.giveMemoryBack() }
    }
  }

  /// Decides on units of a meter that no event tells, such as flag requests of a recorded day, all at `instant`. They
  /// are an event class of their own, called as the meter; see ``usageClass(of:)``.
  package func admit(
    _ units: Int64, of meter: Meter, at instant: Timestamp, setClock: (Timestamp) -> Void
  ) {
    let usageClass = usageClass(of: meter)
    let alerts = account.state.withLock { state -> [Alert]? in
      let id = state.core.register(usageClass)
      let outcome = state.admit(
        Usage(meter), usageClass: id, count: units, kept: units, eventDay: instant.day,
        at: instant, in: nil)
      return outcome.alerts > 0 || !state.core.closedWindows.isEmpty ? state.takeLogs() : nil
    }
    setClock(instant)
    if let alerts { account.raise(alerts) }
  }

  /// The usage class of units that no event tells.
  package func usageClass(of meter: Meter) -> UsageClass {
    UsageClass(attribution: attribution, eventClass: meter.id)
  }
}
