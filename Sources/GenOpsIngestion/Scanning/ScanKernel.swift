import CKernels

/// The instruction set with which lines are scanned; the answers are the same with each.
package enum ScanKernel: Sendable, Hashable, CaseIterable {
  case plain, sse2, avx2

  /// The fastest that this processor runs.
  package static let best: ScanKernel = {
    switch genops_kernel_best() {
    case GENOPS_KERNEL_AVX2: .avx2
    case GENOPS_KERNEL_SSE2: .sse2
    default: .plain
    }
  }()

  /// Those that this processor runs.
  package static var available: [ScanKernel] {
    switch best {
    case .avx2: [.plain, .sse2, .avx2]
    case .sse2: [.plain, .sse2]
    case .plain: [.plain]
    }
  }

  var set: genops_kernel {
    switch self {
    case .plain: GENOPS_KERNEL_PLAIN
    case .sse2: GENOPS_KERNEL_SSE2
    case .avx2: GENOPS_KERNEL_AVX2
    }
  }
}
