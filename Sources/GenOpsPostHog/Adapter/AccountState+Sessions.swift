import GenOpsAdmission
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits

/// Decisions within sessions that have a budget of their own, and all others.
extension AccountState {
  /// Decides on one event. Where no session bounds it and no other process shares the account, the item that it is
  /// for the core is looked up by its units, and not made of its usage.
  @inline(__always)
  mutating func admit(
    _ metered: MeteredEvent, _ usageClass: UsageClassID, isKept: Bool, at instant: Timestamp,
    in session: AnalyticsSession?
  ) -> Outcome {
    if shared == nil, session?.isBound != true {
      let item = items.item(metered.units, of: usageClass, in: &core)
      return core.admitOne(
        item, isKept: isKept, eventDay: countedDay(metered.day, at: instant), at: instant)
    }
    return admitByUsage(metered, usageClass, isKept: isKept, at: instant, in: session)
  }

  @inline(never)
  private mutating func admitByUsage(
    _ metered: MeteredEvent, _ usageClass: UsageClassID, isKept: Bool, at instant: Timestamp,
    in session: AnalyticsSession?
  ) -> Outcome {
    admit(
      metered.usage, usageClass: usageClass, count: 1, kept: isKept ? 1 : 0,
      eventDay: CalendarDay(number: countedDay(metered.day, at: instant)), at: instant, in: session)
  }

  /// The day that an event of `day` counts on, where the clock says `instant`.
  ///
  /// Decisions stay at the latest instant when a clock is set back, and an event stays as many days before it as it is
  /// before the clock: else a clock that is set back over the end of a billing period would count events in a month
  /// of which nothing is known, each at its first paid price.
  @inline(__always)
  private func countedDay(_ day: Int32, at instant: Timestamp) -> Int32 {
    let latest = core.now
    // Of two captures at once the later may come first; a clock is set back by more. Days of timestamps are some
    // hundred million at most, so three of them fit.
    return latest.microseconds.subtractingClamped(instant.microseconds) <= 60_000_000
      ? day : day &+ (latest.day.number &- instant.day.number)
  }

  /// Decides on items alike. A session that nothing bounds, as most are, is none here; asking it twice costs less
  /// than keeping the answer, which would be released each time.
  @inline(__always)
  mutating func admit(
    _ usage: Usage, usageClass: UsageClassID, count: Int64, kept: Int64, eventDay: CalendarDay,
    at instant: Timestamp, in session: AnalyticsSession?
  ) -> Outcome {
    if let session, session.isBound {
      return admitBound(
        usage, usageClass: usageClass, count: count, kept: kept, eventDay: eventDay, at: instant,
        in: session)
    }
    return shared == nil
      ? core.admit(
        usage, usageClass: usageClass, count: count, kept: kept, eventDay: eventDay, at: instant)
      : admitShared(
        usage, usageClass: usageClass, count: count, kept: kept, eventDay: eventDay, at: instant)
  }

  /// Apart and never inlined, so that captures without such a session stay as fast as they were.
  @inline(never)
  private mutating func admitBound(
    _ usage: Usage, usageClass: UsageClassID, count: Int64, kept: Int64, eventDay: CalendarDay,
    at instant: Timestamp, in session: AnalyticsSession
  ) -> Outcome {
    guard let spending = session.openSpending else {
      return admit(
        usage, usageClass: usageClass, count: count, kept: kept, eventDay: eventDay, at: instant,
        in: nil)
    }
    let place = place(of: usageClass)
    return spending.decide(mode: place.mode, isCritical: place.isCritical) { allowance in
      shared == nil
        ? core.admit(
          usage, usageClass: usageClass, count: count, kept: kept, eventDay: eventDay, at: instant,
          within: allowance)
        : admitShared(
          usage, usageClass: usageClass, count: count, kept: kept, eventDay: eventDay, at: instant,
          within: allowance)
    }
  }

  /// What part of a class is kept within a session that may be bound.
  @inline(never)
  func sessionRate(_ eventClass: EventClass, _ session: AnalyticsSession) -> Double {
    // Without governance the plan samples nothing, and neither does a session.
    guard isGoverned, let spending = session.openSpending else { return 1 }
    return spending.rate(
      ofClass: meter.classifier.name(of: eventClass),
      isCritical: meter.classifier.isCritical(eventClass))
  }

  /// What an item was refused with for lack of room in its session.
  borrowing func exceeded(
    _ usage: Usage, _ usageClass: UsageClassID, _ session: AnalyticsSession?, currency: String
  ) -> BudgetExceeded? {
    let place = place(of: usageClass)
    return session?.spending?.tightest(mode: place.mode, isCritical: place.isCritical)
      .exceeded(cost: core.marginalCost(of: usage), currency: currency)
  }

  private borrowing func place(of usageClass: UsageClassID)
    -> (mode: GovernanceMode, isCritical: Bool)
  {
    let known = core.registeredClasses[usageClass.index]
    return (core.rules.plan.mode(for: known.attribution), known.isCritical)
  }
}
