import CKernels

/// exp for whole buffers: as many lanes at a time as the processor has, and the same bits on every
/// processor, which a call into a math library is not.
package enum Exponential {
  /// Replaces each number by its exponential, to within one unit in the last place. Arguments are cut
  /// to −708 … 709, where a `Double` ends.
  package static func apply(
    _ numbers: UnsafeMutableBufferPointer<Double>, with kernel: DrawKernel = .best
  ) {
    guard let start = numbers.baseAddress else { return }
    genops_exps(kernel.set, start, numbers.count)
  }

  /// The same for one number.
  package static func value(_ x: Double) -> Double { genops_exp(x) }
}
