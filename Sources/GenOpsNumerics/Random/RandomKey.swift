import GenOpsUnits

/// The key of one random generator: 64 bits for Philox.
public struct RandomKey: Sendable, Hashable {
  public var bits: UInt64

  /// The 64 bits of the key as they are.
  public init(bits: UInt64) { self.bits = bits }
}
