extension Array where Element == Double {
  /// The same as `sorted()`, digit by digit: a tenth of its time for the thousands of futures that each
  /// distribution of a result is read from. NaN comes last.
  package func ascending() -> [Double] {
    guard count > 500 else { return sorted() }
    let passes = 6
    let digits = 2048
    // As unsigned numbers of the same order: all bits of what is below zero are turned, else the sign.
    var keys = map { value -> UInt64 in
      let bits = value.bitPattern
      return bits >> 63 == 1 ? ~bits : bits | 1 << 63
    }
    var places = [Int](repeating: 0, count: passes * digits)
    places.withUnsafeMutableBufferPointer { places in
      for key in keys {
        for pass in 0..<passes { places[pass * digits + digit(key, pass)] &+= 1 }
      }
    }
    var next = keys
    for pass in 0..<passes {
      let first = pass * digits
      // A digit that all have in common says nothing of their order.
      if places[first + digit(keys[0], pass)] == count { continue }
      var sum = 0
      for place in first..<first + digits {
        (places[place], sum) = (sum, sum + places[place])
      }
      places.withUnsafeMutableBufferPointer { places in
        next.withUnsafeMutableBufferPointer { next in
          for key in keys {
            let place = first &+ digit(key, pass)
            next[places[place]] = key
            places[place] &+= 1
          }
        }
      }
      swap(&keys, &next)
    }
    return keys.map { Double(bitPattern: $0 >> 63 == 1 ? $0 ^ 1 << 63 : ~$0) }
  }
}

/// The digit of 11 bits that a pass looks at. At most 2047, which fits.
@inline(__always)
private func digit(_ key: UInt64, _ pass: Int) -> Int {
  Int(truncatingIfNeeded: (key >> UInt64(11 * pass)) & 2047)
}
