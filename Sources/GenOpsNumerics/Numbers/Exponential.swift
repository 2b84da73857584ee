/// exp for whole buffers: two lanes at a time on plain x86-64, and the same bits on every machine,
/// which a call into a math library is not.
package enum Exponential {
  /// Replaces each number by its exponential, to within 1.5 units in the last place. Arguments are
  /// cut to −708 … 709, where a `Double` ends.
  package static func apply(_ numbers: UnsafeMutableBufferPointer<Double>) {
    // `.indices` would carry the buffer's bounds checks into the loop.
    guard let start = numbers.baseAddress else { return }
    for index in 0..<numbers.count { start[index] = value(start[index]) }
  }

  /// exp(x) = 2ᵏ·exp(r) with k = round(x / ln 2) and |r| ≤ ln 2 / 2 (Cody and Waite's reduction, ln
  /// 2 in two parts), exp(r) by its Taylor polynomial of degree 13, whose rest is below 5·10⁻¹⁸.
  @inline(__always)
  package static func value(_ x: Double) -> Double {
    let bounded = x < -708 ? -708 : x > 709 ? 709 : x
    // Adding 1.5·2⁵² rounds to a whole number and leaves it in the low bits.
    let shifted = bounded * 1.4426950408889634 + 0x1.8p52
    let k = shifted - 0x1.8p52
    let r = (bounded - k * 0x1.62e42fefa0000p-1) - k * 0x1.cf79abc9e3b3ap-40
    let r2 = r * r
    // Even and odd powers apart: half the waiting of one chain.
    let even =
      0.5 + r2
      * (1 / 24.0 + r2
        * (1 / 720.0 + r2 * (1 / 40320.0 + r2 * (1 / 3_628_800.0 + r2 / 479_001_600.0))))
    let odd =
      1 / 6.0 + r2
      * (1 / 120.0 + r2
        * (1 / 5040.0 + r2 * (1 / 362880.0 + r2 * (1 / 39_916_800.0 + r2 / 6_227_020_800.0))))
    let small = 1 + (r + (r2 * even + r2 * r * odd))
    return small * Double(bitPattern: (shifted.bitPattern &+ 1023) << 52)
  }
}
