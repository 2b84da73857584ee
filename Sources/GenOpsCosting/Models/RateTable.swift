public import GenOpsUnits

/// The cost of the first `q` units of a meter in one billing period, as flat segments. **The one
/// tier walk**: quotes, bills and the adapter's running cost all go through it.
///
/// Segment `i` covers the units above `upTo[i-1]` *up to and including* `upTo[i]`; within it
/// `C(q) = base + ⌈(q − origin) / step⌉ · unit`. A graduated table has `base = C(origin)`, a volume
/// table `base = 0, origin = 0`, a stairstep `unit = 0`, a package table `step` units to a package;
/// everywhere else `step` is 1. C(0) is 0 in every table.
///
/// Beyond ``knownUpTo`` the price is unknown: such a cost is nil and never taken for nothing.
///
/// All results are in nano-units; arithmetic that leaves `Int64` is reported, never wrapped.
public struct RateTable: Sendable, Hashable {
  /// The last unit of each segment; the last is `Int64.max`.
  public let upTo: [Int64]
  /// The unit before the segment's first; the units counted from here carry ``unit``.
  public let origin: [Int64]
  /// Nano-units at ``origin``.
  public let base: [Int64]
  /// Nano-units per step.
  public let unit: [Int64]
  /// Units to a step, begun steps counting whole; 1 where every unit is priced by itself.
  public let step: [Int64]
  /// The last unit whose price is known; `Int64.max` when all are.
  public let knownUpTo: Int64

  /// One segment of a table.
  public struct Segment: Sendable, Hashable, BitwiseCopyable {
    public var upTo: Int64
    public var origin: Int64
    public var base: Int64
    public var unit: Int64
    public var step: Int64

    /// `upTo` and `origin` are units, `base` and `unit` nano-units; `step` is 1 or more.
    public init(upTo: Int64, origin: Int64, base: Int64, unit: Int64, step: Int64 = 1) {
      self.upTo = upTo
      self.origin = origin
      self.base = base
      self.unit = unit
      self.step = step
    }

    /// Nano-units of the first `q` units, where unit number `q` ≥ 1 lies in this segment; nil when
    /// they leave `Int64`.
    @inlinable
    public func cost(of q: Int64) -> Int64? {
      var steps = q - origin
      if step != 1 { steps = steps / step + (steps % step > 0 ? 1 : 0) }
      let (linear, a) = steps.multipliedReportingOverflow(by: unit)
      let (total, b) = base.addingReportingOverflow(linear)
      return a || b ? nil : total
    }
  }

  /// `segments` must ascend in ``Segment/upTo`` and end with `Int64.max`.
  public init(_ segments: [Segment], knownUpTo: Int64 = .max) {
    precondition(
      segments.last?.upTo == .max
        && zip(segments, segments.dropFirst()).allSatisfy { $0.upTo < $1.upTo },
      "a price model made segments that do not ascend to Int64.max")
    upTo = segments.map(\.upTo)
    origin = segments.map(\.origin)
    base = segments.map(\.base)
    unit = segments.map(\.unit)
    step = segments.map(\.step)
    self.knownUpTo = knownUpTo
  }

  /// Everything costs nothing.
  public static let free = RateTable([Segment(upTo: .max, origin: 0, base: 0, unit: 0)])

  public var segmentCount: Int { upTo.count }

  /// The segments one by one, as the initializer took them.
  public var segments: [Segment] {
    upTo.indices.map { segment(at: $0) }
  }

  /// The segment at a position of the table.
  public func segment(at i: Int) -> Segment {
    Segment(upTo: upTo[i], origin: origin[i], base: base[i], unit: unit[i], step: step[i])
  }

  /// The segment that unit number `q` lies in, starting the search at `hint`.
  @inlinable
  public func segment(of q: Int64, from hint: Int = 0) -> Int {
    upTo.withUnsafeBufferPointer { bounds in RateTable.walk(to: q, from: hint) { bounds[$0] } }
  }

  /// The walk itself: from segment `hint` to the one that unit number `q` lies in. `bound` gives
  /// the last unit of a segment. The adapter's core, which keeps the segments of all meters in one
  /// flat buffer, walks through this too.
  @inlinable @inline(__always)
  public static func walk(to q: Int64, from hint: Int, bound: (Int) -> Int64) -> Int {
    var index = hint
    while q > bound(index) { index += 1 }
    return index
  }

  /// The cost of the first `q` units, or nil when it is unknown or leaves the range of money.
  public func cost(of q: Int64) -> Money? {
    if q <= 0 { return .zero }
    if q > knownUpTo { return nil }
    return segment(at: segment(of: q)).cost(of: q).map { Money(nanos: $0) }
  }

  /// The cost of the units after `from` up to and including `to`, or nil outside money's range.
  public func cost(from: Int64, to: Int64) -> Money? {
    guard let low = cost(of: from), let high = cost(of: to) else { return nil }
    return Money(nanos: high.nanos - low.nanos)
  }

  /// Whether more never costs less. A table that is not has a cliff.
  public var isMonotone: Bool { !unit.contains { $0 < 0 } && cliffs.isEmpty }

  /// The last units before the cost falls: one more unit than each of them costs less in all.
  public var cliffs: [Int64] {
    upTo.indices.dropFirst().compactMap { i in
      let bound = upTo[i - 1]
      guard bound < knownUpTo, let before = segment(at: i - 1).cost(of: bound),
        let after = segment(at: i).cost(of: bound + 1), after < before
      else { return nil }
      return bound
    }
  }
}
