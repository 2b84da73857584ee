package import GenOpsUnits

/// A range of the futures of one plan, as a worker walked it.
package struct Shard: Sendable {
  /// Some futures of it, in the form of ``PathBlock/packed``.
  struct Row: Sendable {
    var paths: Range<Int>
    var bytes: [UInt8]
  }

  package var source: ShardSource
  package var paths: Range<Int>
  /// Which of how many, where the run was cut in equal parts.
  package var part: ShardPart?
  var rows: [Row]
  /// Where it ends in its file.
  package var location: SourceLocation
}

/// One of so many equal parts of a run.
package struct ShardPart: Sendable, Equatable {
  /// From 0.
  package var index: Int
  package var count: Int

  /// Nil unless `index` is one of `count`, which is at most a million.
  package init?(_ index: Int, of count: Int) {
    guard (1...1_000_000).contains(count), (0..<count).contains(index) else { return nil }
    self.index = index
    self.count = count
  }

  /// Its futures of `paths`: none of some where there are fewer futures than parts.
  package func range(of paths: Int) -> Range<Int> {
    // Both are at most a million, so the products fit; the second is not below the first.
    paths * index / count..<paths * (index + 1) / count
  }
}
