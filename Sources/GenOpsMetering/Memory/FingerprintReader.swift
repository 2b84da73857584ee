/// The members of a ``FingerprintSet`` as they lie in memory, until it is changed: plain numbers, of which
/// a lookup in a set that lies in an array takes no copy. One of the set would count its references.
struct FingerprintReader: Sendable, BitwiseCopyable {
  let recent: FingerprintGroups
  let settled: FingerprintGroups
  /// Where members go over to while the large table grows.
  let next: FingerprintGroups?

  @inline(__always)
  func contains(_ member: UInt64) -> Bool {
    recent.contains(member) || settled.contains(member) || next?.contains(member) == true
  }

  /// Asks for what ``contains(_:)`` reads of the large table; the small one is in the caches.
  @inline(__always)
  func fetch(_ member: UInt64) {
    settled.fetch(member)
    next?.fetch(member)
  }
}
