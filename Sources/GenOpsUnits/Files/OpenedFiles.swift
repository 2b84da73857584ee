import Synchronization

/// The files that were read since it was put in place, so that nothing is written over one of them.
///
/// A list handed from reader to writer would lack the one that somebody forgets: what a scenario extends,
/// a column of a distribution, the book that another book extends.
package final class OpenedFiles: Sendable {
  /// Where readers note what they open; nil where nobody asks.
  @TaskLocal package static var current: OpenedFiles?

  private let identities = Mutex<Set<FileIdentity>>([])

  package init() {}

  func add(_ identity: FileIdentity) { _ = identities.withLock { $0.insert(identity) } }

  func contains(_ identity: FileIdentity) -> Bool { identities.withLock { $0.contains(identity) } }
}
