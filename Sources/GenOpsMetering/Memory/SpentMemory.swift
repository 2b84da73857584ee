/// Memory that an ``EventMeter`` does not need any more, to be let go of where nobody waits for it: the system takes
/// about a millisecond to take back 30 MiB.
public struct SpentMemory: Sendable {
  private var day: DayMemory?
  private var table: FingerprintTable?

  init(day: DayMemory? = nil, table: FingerprintTable? = nil) {
    self.day = day
    self.table = table
  }
}
