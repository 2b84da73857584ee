/// The memory of one ``FingerprintTable``: two flat arrays that the table fills.
///
/// Arrays of the library cost a check of who else holds them and one of the bounds at every access, and each
/// lookup takes three; a member's group also lay over two lines of the caches.
///
/// Unchecked, and safe: both addresses are constants, and only a table that `isKnownUniquelyReferenced` says is the one
/// holder writes behind them, so no thread reads what another writes. The memory is freed with the last table that
/// reads it, and holds plain numbers.
final class FingerprintMemory: @unchecked Sendable {
  /// A byte for each slot of a group.
  let tags: UnsafeMutablePointer<UInt64>
  /// Eight to a group, which is one line of the caches.
  let slots: UnsafeMutablePointer<UInt64>

  /// Memory for `groups`, of which nothing is touched yet.
  init(groups: Int) {
    tags = .allocate(capacity: groups)
    slots = UnsafeMutableRawPointer.allocate(byteCount: groups * 64, alignment: 64)
      .bindMemory(to: UInt64.self, capacity: groups * 8)
  }

  deinit {
    tags.deallocate()
    UnsafeMutableRawPointer(slots).deallocate()
  }
}
