package import GenOpsCosting
import GenOpsHistory
package import GenOpsUnits

/// Checks files of price books, each by itself and one beside the other.
package enum PriceBookChecker {
  /// The books that can be used, in the order of `paths`, and everything that is wrong with any.
  package static func check(_ paths: [String]) -> (
    books: [(path: String, book: PriceBook)], Findings
  ) {
    var findings = Findings()
    var books: [(path: String, book: PriceBook)] = []
    for path in paths {
      if let book = PriceBookFile.read(path: path, &findings) { books.append((path, book)) }
    }
    for (position, later) in books.enumerated() {
      for earlier in books[..<position] {
        guard overlap(earlier.book, later.book) else { continue }
        findings.error(
          "overlap",
          "\(later.book.id) (\(range(later.book))) and \(earlier.book.id) (\(range(earlier.book))) "
            + "hold at the same time",
          help: "end the earlier one with effective_to on the day before the later one begins",
          at: place(of: later.path))
      }
    }
    return (books, findings)
  }

  /// Books without any date say nothing of when they hold.
  private static func overlap(_ a: PriceBook, _ b: PriceBook) -> Bool {
    guard a.effectiveFrom != nil || a.effectiveTo != nil,
      b.effectiveFrom != nil || b.effectiveTo != nil
    else { return false }
    func start(_ book: PriceBook) -> Int32 { book.effectiveFrom?.number ?? .min }
    func end(_ book: PriceBook) -> Int32 { book.effectiveTo?.number ?? .max }
    return start(a) <= end(b) && start(b) <= end(a)
  }

  private static func range(_ book: PriceBook) -> String {
    (book.effectiveFrom?.description ?? "…") + " to " + (book.effectiveTo?.description ?? "…")
  }

  private static func place(of path: String) -> SourceLocation? {
    guard let (node, _) = try? YAMLReader.read(path: path) else { return nil }
    return (node["effective_from"] ?? node["effective_to"] ?? node).location
  }
}
