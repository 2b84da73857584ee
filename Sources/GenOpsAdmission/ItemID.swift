import GenOpsMetering

/// A ``UsageClass`` together with what one of its items uses, in one core: what a decision is made
/// on.
public struct ItemID: Sendable, Hashable, BitwiseCopyable {
  @usableFromInline package let number: Int32

  @inlinable package init(number: Int32) { self.number = number }
}
