/// SplitMix64 (Steele, Lea and Flood 2014): the one generator of random tests. A seed gives the
/// same draws with every build.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(_ seed: UInt64) { state = seed }

  /// The seed of a numbered test case.
  package init(_ seed: Int) { state = UInt64(bitPattern: Int64(seed)) }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// A whole number of `0..<bound`.
  package mutating func below<Number: FixedWidthInteger>(_ bound: Number) -> Number {
    .random(in: 0..<bound, using: &self)
  }

  /// True in `percent` of a hundred draws.
  package mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  package mutating func whole(_ range: ClosedRange<Int64>) -> Int64 {
    .random(in: range, using: &self)
  }

  /// One of `values`, which must not be empty.
  package mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }

  package mutating func shuffled<Value>(_ values: [Value]) -> [Value] {
    values.shuffled(using: &self)
  }
}
