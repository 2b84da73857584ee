/// What kind of event it is, for sampling, budgets and the count of what was lost: `page_view`,
/// `purchase`. A dense index into the ``EventClassifier`` that made it.
public struct EventClass: Sendable, Hashable, BitwiseCopyable {
  /// `0..<classifier.count`.
  public let id: UInt8

  /// `id` is the position of its rule in an ``EventClassifier``.
  @inlinable
  public init(id: UInt8) { self.id = id }

  @inlinable
  public var index: Int { Int(id) }
}
