import CGSL

/// Sobol' points in GSL's directions (Bratley and Fox, Algorithm 659, 1988), any one alone.
enum SobolPoints {
  /// As many as GSL has direction numbers for.
  static let dimensions = 40
  /// Points before the sequence repeats.
  static let count = 1 << bits
  private static let bits = 20

  /// The point number `index`, 0 … ``count`` − 1 (more wrap around), in one dimension: in (0, 1).
  ///
  /// Randomized by `scramble`, a random word per dimension: nested uniform scrambling (A. Owen
  /// 1995) by the hash of S. Laine and T. Karras (2011) with the constants of B. Burley, "Practical
  /// hash-based Owen scrambling", 2020. Each scrambled point is uniform, so a mean over them is
  /// unbiased; and its error falls faster than after a shift. 0 leaves the points as they are.
  static func point(_ index: Int, _ dimension: Int, scramble: UInt32) -> Double {
    var gray = UInt32(truncatingIfNeeded: index & (count - 1))
    gray ^= gray >> 1
    var word: UInt32 = 0
    var row = dimension * bits
    while gray != 0 {
      if gray & 1 == 1 { word ^= directions[row] }
      gray >>= 1
      row += 1
    }
    if scramble != 0 {
      var reversed = reverse(word) &+ scramble
      for constant in [0x6c50_b47c, 0xb82f_1e52, 0xc7af_e638, 0x8d22_f6e6] as [UInt32] {
        reversed ^= reversed &* constant
      }
      word = reverse(reversed)
    }
    return (Double(word) + 0.5) * 0x1p-32
  }

  private static func reverse(_ word: UInt32) -> UInt32 {
    var x = word.byteSwapped
    x = (x & 0x0f0f_0f0f) << 4 | (x & 0xf0f0_f0f0) >> 4
    x = (x & 0x3333_3333) << 2 | (x & 0xcccc_cccc) >> 2
    return (x & 0x5555_5555) << 1 | (x & 0xaaaa_aaaa) >> 1
  }

  /// Direction number `bit` of each dimension, in the high bits of a word, read out of GSL's own
  /// sequence: in Gray code order its points number 2^bit and the one before differ by just that.
  private static let directions: [UInt32] = {
    GSL.ready
    var table = [UInt32](repeating: 0, count: dimensions * bits)
    // Without memory the table stays zero, and every point is the middle of the first cell.
    guard let sequence = gsl_qrng_alloc(genops_sobol(), UInt32(dimensions)) else { return table }
    defer { gsl_qrng_free(sequence) }
    var before = [Double](repeating: 0, count: dimensions)
    var now = before
    for number in 1...(1 << (bits - 1)) {
      gsl_qrng_get(sequence, &now)
      if number & (number - 1) == 0 {
        let bit = number.trailingZeroBitCount
        for dimension in 0..<dimensions {
          let words = [before[dimension], now[dimension]].map { UInt32($0 * 0x1p32) }
          table[dimension * bits + bit] = words[0] ^ words[1]
        }
      }
      swap(&before, &now)
    }
    return table
  }()
}

/// Halton's points (1960), any one alone.
enum HaltonPoints {
  /// The first twelve primes: beyond them the first points of neighbouring dimensions lie on a few
  /// lines.
  private static let primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37]
  static var dimensions: Int { primes.count }

  /// The point number `index` in one dimension, moved round the circle by `shift` (Cranley and
  /// Patterson 1976): in (0, 1).
  static func point(_ index: Int, _ dimension: Int, shift: Double) -> Double {
    let base = primes[dimension]
    var (rest, digit, value) = (index, 1.0, shift)
    while rest > 0 {
      digit /= Double(base)
      value += digit * Double(rest % base)
      rest /= base
    }
    value -= value.rounded(.down)
    return min(1.0.nextDown, max(0x1p-53, value))
  }
}
