import Foundation
import GenOpsUnits

/// What this machine's math library answers, in 16 hex digits: the beginning of SHA-256 over the
/// bits (big-endian) of exp, log, pow, log1p and sin at 1,000 fixed arguments.
///
/// The same scenario gives the same bytes where this is the same. The C standard leaves the last
/// bit of these functions open, and math libraries do differ in it.
public let mathFingerprint: String = {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(40_000)
  for index in 0..<1000 {
    let x = (Double(index) + 0.5) * 0.0371
    for value in [exp(x - 18), log(x), pow(x, 0.371 * x - 6), log1p(x / 100), sin(x)] {
      for shift in stride(from: 56, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> UInt64(shift)))
      }
    }
  }
  return String(Digest.sha256(bytes).prefix(16))
}()
