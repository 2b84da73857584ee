import GenOpsUnits

/// Gives every random input of a run its own key, from one seed.
///
/// A key depends on the seed, the name and the purpose and on nothing else: adding, removing or
/// reordering streams changes no other stream's draws, so two scenarios with the same seed meet the
/// same futures wherever they agree.
public struct RandomSource: Sendable, Hashable {
  public let seed: UInt64

  /// The same seed gives the same keys everywhere.
  public init(seed: UInt64) { self.seed = seed }

  /// The key for `purpose` ("growth", "counts") of the input or stream `name`.
  ///
  /// The first 8 bytes, big-endian, of SHA-256 over: the seed (8 bytes, big-endian), the length of
  /// `name` in UTF-8 bytes (8 bytes), `name`, `purpose`. The length keeps ("ab", "c") and
  /// ("a", "bc") apart.
  public func key(_ name: String, purpose: String) -> RandomKey {
    var bytes: [UInt8] = []
    for number in [seed, UInt64(name.utf8.count)] {
      for shift in stride(from: 56, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(shift)))
      }
    }
    bytes.append(contentsOf: name.utf8)
    bytes.append(contentsOf: purpose.utf8)
    return RandomKey(bits: Digest.sha256Bytes(bytes).prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
  }
}
