/// What one item uses: whole units on at most ``capacity`` meters.
///
/// A captured event touches one to four meters; a local-evaluation poll is 10 units on one. It is a
/// fixed-size value so that admitting it allocates nothing.
public struct Usage: Sendable, Hashable {
  /// The most meters one item can touch.
  public static let capacity = 8

  /// Meter indices; the first ``count`` are valid.
  @usableFromInline var meters = SIMD8<UInt8>(repeating: 255)
  @usableFromInline var amounts = SIMD8<Int64>(repeating: 0)
  /// How many meters are touched.
  public private(set) var count = 0

  /// On no meter: delivered, but not billable.
  public static let none = Usage()

  public init() {}

  /// `units` of one meter.
  public init(_ meter: Meter, _ units: Int64 = 1) { add(meter, units) }

  /// Adds `units` of `meter`. Amounts of zero or less and a meter beyond ``capacity`` are ignored;
  /// no metering rule can produce either.
  public mutating func add(_ meter: Meter, _ units: Int64 = 1) {
    guard units > 0 else { return }
    for slot in 0..<count where meters[slot] == meter.rawValue {
      amounts[slot] += units
      return
    }
    guard count < Usage.capacity else { return }
    meters[count] = meter.rawValue
    amounts[count] = units
    count += 1
  }

  public var isEmpty: Bool { count == 0 }

  /// The index of the meter in slot `slot` (`0..<count`).
  @inlinable
  public func meterIndex(_ slot: Int) -> Int { Int(meters[slot]) }

  /// The units in slot `slot` (`0..<count`).
  @inlinable
  public func units(_ slot: Int) -> Int64 { amounts[slot] }

  /// The units of `meter`.
  public subscript(meter: Meter) -> Int64 {
    for slot in 0..<count where meters[slot] == meter.rawValue { return amounts[slot] }
    return 0
  }
}

extension Usage {
  /// The same usage without `meter`.
  public func removing(_ meter: Meter) -> Usage {
    var rest = Usage()
    for slot in 0..<count where meters[slot] != meter.rawValue {
      if let other = Meter(rawValue: meters[slot]) { rest.add(other, amounts[slot]) }
    }
    return rest
  }
}
