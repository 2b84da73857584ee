import GenOpsMetering
import GenOpsUnits

/// An interval of a meter's usage that one process may use. No two processes hold the same unit.
public struct MeterLease: Sendable, Hashable {
  /// Unique in its store.
  public var id: Int64
  public var axis: MeterAxis
  /// Units before the next one to be used: from the interval's start to ``end``.
  public var next: Int64
  /// Units up to which the interval goes.
  public var end: Int64
  /// Whether the usage before the interval is all of the period's.
  public var isOpeningKnown: Bool

  /// The units above `next`, up to and including `end`.
  public init(id: Int64, axis: MeterAxis, next: Int64, end: Int64, isOpeningKnown: Bool) {
    self.id = id
    self.axis = axis
    self.next = next
    self.end = end
    self.isOpeningKnown = isOpeningKnown
  }

  /// Units left.
  public var room: Int64 { end - next }
}
