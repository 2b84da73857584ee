/// Memory that an ``EventMeter`` no longer needs, to be freed outside any lock: returning 30 MiB to the system takes
/// about a millisecond.
public struct SpentMemory: Sendable {
  private var day: DayMemory?
  private var table: FingerprintTable?

  init(day: DayMemory? = nil, table: FingerprintTable? = nil) {
    self.day = day
    self.table = table
  }
}
