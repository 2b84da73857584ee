import GenOpsMetering
import GenOpsUnits

/// What one attribution has spent and done in the present UTC day, week and month.
struct Spending: BitwiseCopyable {
  /// The day that is summed, and the week (Monday) and month that it is in.
  private(set) var day = Int32.min
  private(set) var week = Int32.min
  private(set) var month = Int32.min
  private(set) var dayNanos: Int64 = 0
  private(set) var weekNanos: Int64 = 0
  private(set) var monthNanos: Int64 = 0
  /// Of the day.
  private(set) var events: Int64 = 0
  private(set) var flags: Int64 = 0
  /// Since the start: everything that was sent.
  private(set) var operations: Int64 = 0

  /// Adds to the running costs and counts. They saturate rather than trap.
  mutating func add(
    _ nanos: Int64, events: Int64, flags: Int64, operations: Int64, on today: CalendarDay
  ) {
    if day != today.number { begin(today) }
    dayNanos = dayNanos.addingClamped(nanos)
    weekNanos = weekNanos.addingClamped(nanos)
    monthNanos = monthNanos.addingClamped(nanos)
    self.events = self.events.addingClamped(events)
    self.flags = self.flags.addingClamped(flags)
    self.operations = self.operations.addingClamped(operations)
  }

  /// Adds what another owner did in the same periods.
  mutating func add(_ other: Spending) {
    dayNanos = dayNanos.addingClamped(other.dayNanos)
    weekNanos = weekNanos.addingClamped(other.weekNanos)
    monthNanos = monthNanos.addingClamped(other.monthNanos)
    events = events.addingClamped(other.events)
    flags = flags.addingClamped(other.flags)
    operations = operations.addingClamped(other.operations)
  }

  /// Adds what was done before by others that are no longer told apart.
  mutating func addOperations(_ count: Int64) { operations = operations.addingClamped(count) }

  /// Whether nothing of it is of the present week or month.
  func isOver(on today: CalendarDay) -> Bool {
    month != today.month.number && week != today.number - Int32(today.weekday)
  }

  /// The same on `today`: what belongs to a day, week or month that has ended is 0.
  func present(on today: CalendarDay) -> Spending {
    var copy = self
    if day != today.number { copy.begin(today) }
    return copy
  }

  private mutating func begin(_ today: CalendarDay) {
    day = today.number
    dayNanos = 0
    events = 0
    flags = 0
    let monday = today.number - Int32(today.weekday)
    if week != monday {
      week = monday
      weekNanos = 0
    }
    if month != today.month.number {
      month = today.month.number
      monthNanos = 0
    }
  }
}
