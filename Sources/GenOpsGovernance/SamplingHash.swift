/// Who survives sampling, decided by the distinct id alone.
///
/// A user is kept whole or not at all, so funnels survive, and rates nest: who survives 10 % also
/// survives 20 %. The hash is FNV-1a (64 bits) with the finalizer of SplitMix64, whose avalanche
/// spreads ids that differ in their last letter only.
public enum SamplingHash {
  /// The place of `distinctID` in `0 ..< 1`. It is stable over versions and machines: a change
  /// would swap the kept users of everybody who samples.
  @inlinable
  public static func place(of distinctID: some StringProtocol) -> Double {
    // Most texts lie in one piece, whose bytes cost a sixth of those of a view.
    distinctID.utf8.withContiguousStorageIfAvailable { place(ofUTF8: $0) }
      ?? place(ofUTF8: distinctID.utf8)
  }

  /// The same of the id's UTF-8.
  @inlinable
  package static func place(ofUTF8 bytes: some Sequence<UInt8>) -> Double {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    hash = (hash ^ (hash >> 30)) &* 0xbf58_476d_1ce4_e5b9
    hash = (hash ^ (hash >> 27)) &* 0x94d0_49bb_1331_11eb
    hash ^= hash >> 31
    return Double(hash >> 11) * 0x1p-53
  }

  /// Whether the events of `distinctID` are kept at `rate` (0…1). Everybody is kept at 1, nobody
  /// at 0.
  @inlinable
  public static func survives(distinctID: some StringProtocol, rate: Double) -> Bool {
    rate >= 1 || place(of: distinctID) < rate
  }

  /// How many events a kept one stands for: 1/rate.
  @inlinable
  public static func weight(rate: Double) -> Double { rate > 0 ? 1 / min(rate, 1) : 0 }
}
