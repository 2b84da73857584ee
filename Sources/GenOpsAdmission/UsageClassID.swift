import GenOpsMetering

/// A ``UsageClass`` in one core. Ids count from 0 in the order of registration.
public struct UsageClassID: Sendable, Hashable {
  @usableFromInline package let number: Int32

  @inlinable package init(number: Int32) { self.number = number }

  @inlinable
  public var index: Int { Int(number) }
}
