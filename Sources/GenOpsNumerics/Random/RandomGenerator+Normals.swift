import CGSL
import CKernels

/// Normal numbers by Box and Muller's method, two from each two words (`CKernels`, `draws.h`): without
/// tables, branches or a math library, so that many are computed side by side and a number has the same bits
/// alone, in a buffer of any length and on any processor.
///
/// Numbers reach to 6.66 standard deviations; up to 6 the tails' probabilities are right to
/// 1.3·10⁻³ of themselves, which the tests compute.
extension RandomGenerator {
  /// A standard normal number. After a ``seek(_:path:step:)`` n of them are those that
  /// ``fillNormals(_:with:)`` gives.
  public mutating func normal() -> Double {
    if let spare = spareNormal {
      spareNormal = nil
      return spare
    }
    let first = word()
    let both = genops_normals_of(first, word())
    spareNormal = both.second
    return both.first
  }

  /// Fills `numbers` with standard normal numbers, from the next block of four words on; the first of
  /// n are the same for every n, and all are with every `kernel`.
  public mutating func fillNormals(
    _ numbers: UnsafeMutableBufferPointer<Double>, with kernel: DrawKernel = .best
  ) {
    guard let start = numbers.baseAddress else { return }
    spareNormal = nil
    let state = philox
    let key = UInt64(state.pointee.state.key.1) << 32 | UInt64(state.pointee.state.key.0)
    // A count is not negative, and four numbers take one block.
    let block = genops_philox_take(&state.pointee.state, UInt64((numbers.count + 3) / 4))
    genops_normals(
      kernel.set, key, state.pointee.state.path, state.pointee.state.step, block, start,
      numbers.count)
  }

  /// Fills `numbers` with the first normal number of each of the steps from `step` on: what
  /// ``normal()`` gives after a ``seek(_:path:step:)`` to them. `second`, of the same length, gets the
  /// second of each.
  public static func fillNormals(
    _ numbers: UnsafeMutableBufferPointer<Double>,
    second: UnsafeMutableBufferPointer<Double>? = nil, key: RandomKey, path: Int,
    fromStep step: Int, with kernel: DrawKernel = .best
  ) {
    guard let start = numbers.baseAddress else { return }
    let count = min(numbers.count, second?.count ?? numbers.count)
    genops_step_normals(
      kernel.set, key.bits, UInt32(path), UInt32(step), start, second?.baseAddress,
      count)
  }
}
