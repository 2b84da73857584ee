import GenOpsNumerics
import GenOpsUnits
import Foundation

/// Who sends the events of one half of a pool, identified or anonymous, in one month.
///
/// The first events of a month come from as many persons as there are, one each, so that a month has exactly
/// these; all further ones from persons by their activity. Persons are numbers from 0, the same ones every month.
struct MonthlyPeople {
  /// Persons of the month; no more than it has events.
  let count: UInt64
  private let sigma: Double
  /// Events of the month so far.
  private var next: UInt64
  private let key: UInt64

  /// - Parameters:
  ///   - count: Persons of the month, at least 1 where there are events.
  ///   - sigma: How unequal they are.
  ///   - before: Events of the month before the day.
  ///   - key: Decides who is drawn.
  init(count: UInt64, sigma: Double, before: UInt64, key: UInt64) {
    self.count = max(1, count)
    self.sigma = sigma
    next = before
    self.key = key
  }

  /// The person of the next event.
  @inline(__always)
  mutating func take() -> UInt64 {
    let number = next
    next &+= 1
    if number < count { return number }
    let bits = Bijection.mixed(number &+ key)
    if sigma == 0 { return bits.multipliedFullWidth(by: count).high }
    return unequal(bits)
  }

  /// The activity of a person is lognormal, so the one who sends an event stands further up by σ: where z is a
  /// standard normal number, at the part Φ(z + σ) of all (the size-biased lognormal distribution).
  private func unequal(_ bits: UInt64) -> UInt64 {
    let uniform = (Double(bits >> 11) + 0.5) * 0x1p-53
    let z = UncertainValue.normal(mean: 0, sd: 1).quantile(uniform) + sigma
    let place = 0.5 * erfc(-z / 2.0.squareRoot())
    // In 0...1 times a count below 2^40, so the conversion cannot fail.
    return min(count - 1, UInt64(max(0, place * Double(count))))
  }
}

/// One-to-one maps of 64 bits that leave no pattern: ids that are never the same and look random.
enum Bijection {
  /// The finalizer of SplitMix64 (Steele, Lea and Flood 2014; constants of D. Stafford's variant 13).
  @inline(__always)
  static func mixed(_ value: UInt64) -> UInt64 {
    var x = value
    x = (x ^ x >> 30) &* 0xBF58_476D_1CE4_E5B9
    x = (x ^ x >> 27) &* 0x94D0_49BB_1331_11EB
    return x ^ x >> 31
  }
}
