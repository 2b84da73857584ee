import CKernels

/// Arithmetic on whole buffers, with the same bits on every processor.
package enum Vector {
  /// Replaces each z by the sum of `drift` + `spread` · z up to and with its own place. The sums are
  /// made in a fixed order, by eight, and the first of n are the same for every n.
  package static func accumulate(
    _ numbers: UnsafeMutableBufferPointer<Double>, drift: Double, spread: Double,
    with kernel: DrawKernel = .best
  ) {
    guard let start = numbers.baseAddress else { return }
    genops_sums(kernel.set, start, numbers.count, drift, spread)
  }

  /// Replaces each number by the nearest whole one in 0 … 10¹⁵, halves up; what is not a number by 0.
  package static func makeWhole(
    _ numbers: UnsafeMutableBufferPointer<Double>, with kernel: DrawKernel = .best
  ) {
    guard let start = numbers.baseAddress else { return }
    genops_wholes(kernel.set, start, numbers.count)
  }
}
