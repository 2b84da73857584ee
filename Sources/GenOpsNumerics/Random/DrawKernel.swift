import CKernels

/// The instruction set with which random numbers are drawn; the bits are the same with each.
public enum DrawKernel: Sendable, Hashable, CaseIterable {
  /// What every processor of its kind has: SSE2 on x86-64.
  case plain
  case avx2
  case avx512

  /// The fastest that this processor runs.
  public static let best: DrawKernel = {
    switch genops_draws_best() {
    case GENOPS_KERNEL_AVX512: .avx512
    case GENOPS_KERNEL_AVX2: .avx2
    default: .plain
    }
  }()

  /// Those that this processor runs.
  public static var available: [DrawKernel] {
    switch best {
    case .avx512: [.plain, .avx2, .avx512]
    case .avx2: [.plain, .avx2]
    case .plain: [.plain]
    }
  }

  var set: genops_kernel {
    switch self {
    case .plain: GENOPS_KERNEL_PLAIN
    case .avx2: GENOPS_KERNEL_AVX2
    case .avx512: GENOPS_KERNEL_AVX512
    }
  }
}
