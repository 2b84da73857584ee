import Synchronization

/// Counts the bytes of bodies that are held at the same time, so that many large ones at once do not take the
/// machine's memory.
final class HeldBytes: Sendable {
  private let most: Int
  private let held = Atomic<Int>(0)

  init(most: Int) { self.most = most }

  /// What is held now.
  var count: Int { held.load(ordering: .relaxed) }

  /// A share that grows with a body and is given back with it.
  final class Share: Sendable {
    private let whole: HeldBytes
    private let bytes = Atomic<Int>(0)

    init(of whole: HeldBytes) { self.whole = whole }

    /// Takes more; false where there is no room.
    func take(_ more: Int) -> Bool {
      let now = whole.held.add(more, ordering: .relaxed).newValue
      if now > whole.most {
        whole.held.subtract(more, ordering: .relaxed)
        return false
      }
      bytes.add(more, ordering: .relaxed)
      return true
    }

    deinit { whole.held.subtract(bytes.load(ordering: .relaxed), ordering: .relaxed) }
  }
}
