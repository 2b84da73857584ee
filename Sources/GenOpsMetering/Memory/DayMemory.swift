/// What was sent on one UTC day.
struct DayMemory: Sendable {
  /// Days since 1970-01-01.
  let day: Int32
  private let limits: EventMeter.Limits
  var events: FingerprintSet
  var sessions: FingerprintSet

  init(day: Int32, limits: EventMeter.Limits) {
    self.day = day
    self.limits = limits
    events = FingerprintSet(capacity: limits.eventsPerDay)
    sessions = FingerprintSet(capacity: limits.sessionsPerDay)
  }

  mutating func forgetEvents() { events = FingerprintSet(capacity: limits.eventsPerDay) }
}

/// The most recently used days, newest use first. A stray timestamp from a broken clock takes one
/// place; it cannot push out all the others, as a window that ends at the latest day could.
struct RecentDays: Sendable {
  private var days: [DayMemory] = []
  private let limits: EventMeter.Limits
  /// What is not needed any more, one at most: a day that was pushed out, or a table that was too small.
  private var spent: [SpentMemory] = []

  init(limits: EventMeter.Limits) { self.limits = limits }

  /// The events of a day; nil for one that is not remembered.
  @inline(__always)
  func events(of day: Int32) -> FingerprintReader? {
    days.withUnsafeBufferPointer { days in
      for place in days.indices where days[place].day == day {
        return FingerprintReader(
          recent: days[place].events.recent.groups,
          settled: days[place].events.settled.table.groups,
          next: days[place].events.settled.nextGroups)
      }
      return nil
    }
  }

  func hasEvent(_ fingerprint: UInt64, on day: Int32) -> Bool {
    events(of: day)?.contains(fingerprint) == true
  }

  func hasSession(_ fingerprint: UInt64, on day: Int32) -> Bool {
    days.withUnsafeBufferPointer { days in
      for place in days.indices where days[place].day == day {
        return days[place].sessions.contains(fingerprint)
      }
      return false
    }
  }

  /// Remembers what was sent; 0 stands for nothing to remember. False when something did not fit.
  mutating func remember(event: UInt64, session: UInt64, on day: Int32) -> Bool {
    if days.first?.day != day { bringToFront(day) }
    var fits = true
    if event != 0 {
      fits = days[0].events.insertNew(event)
      if days[0].events.hasSpent { spent = [SpentMemory(table: days[0].events.takeSpent())] }
    }
    if session != 0 {
      fits = days[0].sessions.insert(session) && fits
      if days[0].sessions.hasSpent { spent = [SpentMemory(table: days[0].sessions.takeSpent())] }
    }
    return fits
  }

  /// Forgets the events of days before `day`, and their sessions but for those of the last one.
  mutating func forget(before day: Int32) {
    days.removeAll { $0.day < day - 1 }
    for place in days.indices where days[place].day < day { days[place].forgetEvents() }
  }

  var hasSpent: Bool { !spent.isEmpty }

  mutating func takeSpent() -> SpentMemory? { spent.popLast() }

  private mutating func bringToFront(_ day: Int32) {
    let memory: DayMemory
    if let index = days.firstIndex(where: { $0.day == day }) {
      memory = days.remove(at: index)
    } else {
      memory = DayMemory(day: day, limits: limits)
      if days.count >= max(2, limits.days) { spent = [SpentMemory(day: days.removeLast())] }
    }
    days.insert(memory, at: 0)
  }
}
