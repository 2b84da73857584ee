extension Timestamp {
  /// Reads what programs count from 1970-01-01T00:00:00Z: seconds (`1794391200`, `1794391200.5`),
  /// milliseconds, microseconds or nanoseconds.
  ///
  /// How many digits there are before the point tells the unit: 10, 13, 16 or 19, which is one instant
  /// from 2001-09-09 to 2096 in each of them. Nil for anything else, so that no number is ever taken
  /// for a day in 1970 or in the year 58,000.
  public init?(epoch text: some StringProtocol) {
    let parts = text.utf8.split(
      separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first, [10, 13, 16, 19].contains(whole.count),
      let first = whole.first, (UInt8(ascii: "1")...UInt8(ascii: "3")).contains(first),
      parts.count == 1 || !parts[1].isEmpty,
      parts.allSatisfy({ $0.allSatisfy { (48...57).contains($0) } })
    else { return nil }
    // Of seconds, these are the first sixteen digits; a unit of its own has fewer or more behind them.
    var digits = parts.joined()[...].prefix(16).map { Int64($0 - 48) }
    digits += [Int64](repeating: 0, count: 16 - digits.count)
    microseconds = digits.reduce(0) { $0 * 10 + $1 }
  }
}
