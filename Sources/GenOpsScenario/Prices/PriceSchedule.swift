package import GenOpsCosting
import GenOpsHistory
package import GenOpsUnits

/// Which price book holds when: one from the beginning, others from their days on.
package struct PriceSchedule: Sendable {
  package struct Change: Sendable {
    /// The first day on which it holds, from its first instant.
    package var from: CalendarDay
    package var book: PriceBook
    package var location: SourceLocation

    package init(from: CalendarDay, book: PriceBook, location: SourceLocation) {
      self.from = from
      self.book = book
      self.location = location
    }
  }

  package var first: PriceBook
  /// The day from which ``first`` holds; nil is always.
  package var start: CalendarDay?
  /// In the order of their days.
  package var changes: [Change]

  package init(_ first: PriceBook, start: CalendarDay? = nil, changes: [Change] = []) {
    self.first = first
    self.start = start
    self.changes = changes
  }

  package var books: [PriceBook] { [first] + changes.map(\.book) }

  /// The book in force on `day`.
  package func book(on day: CalendarDay) -> PriceBook {
    changes.last { $0.from <= day }?.book ?? first
  }

  /// The days of `[start, end)` by book, in order.
  package func spans(from start: CalendarDay, to end: CalendarDay) -> [(
    book: PriceBook, days: Int
  )] {
    let stops = changes.map(\.from).filter { $0 > start && $0 < end }
    return zip([start] + stops, stops + [end]).map { (book(on: $0), $0.distance(to: $1)) }
  }

  /// `posthog-2026-08`, or `posthog-2026-08; from 2027-07-01 own-2027`.
  package var description: String {
    ([first.id] + changes.map { "from \($0.from) \($0.book.id)" }).joined(separator: "; ")
  }

  /// The digest of all books.
  package var sha256: String {
    changes.isEmpty ? first.sha256 : Digest.sha256(Array(books.map(\.sha256).joined().utf8))
  }
}

extension ScenarioReader {
  /// `prices: BOOK`, or `prices: [{book: BOOK}, {from: 2027-07-01, book: BOOK}]`.
  mutating func readPrices(_ node: Node?) -> PriceSchedule? {
    guard let node else { return PriceSchedule(.standard) }
    guard let items = node.sequence else { return readBook(node).map { PriceSchedule($0) } }
    var entries: [(from: CalendarDay?, book: PriceBook, location: SourceLocation)] = []
    var isValid = !items.isEmpty
    if items.isEmpty { wrongType(node, "the list of prices", "prices: posthog-2026-08") }
    for (index, item) in items.enumerated() {
      var keys = MappingReader(item, "a change of prices", &findings)
      let fromNode = keys.take("from")
      let bookNode = keys.required("book", example: "book: posthog-2026-08", &findings)
      keys.finish(&findings)
      let from = fromNode.flatMap { readDay($0) }
      if fromNode == nil, index > 0 {
        findings.error(
          "missing-key", "only the first book may have no first day",
          help: "write: {from: 2027-07-01, book: …}", at: item.location)
        isValid = false
      }
      if let from, let last = entries.last?.from, from <= last {
        findings.error(
          "overlap", "two books hold on \(from)",
          help: "write the books in the order of their days",
          at: item.location)
        isValid = false
      }
      guard let bookNode, let book = readBook(bookNode) else {
        isValid = false
        continue
      }
      if let first = entries.first?.book, first.currency != book.currency {
        findings.error(
          "two-currencies", "\(book.id) is in \(book.currency), \(first.id) in \(first.currency)",
          help: "nothing is converted; use books of one currency", at: bookNode.location)
        isValid = false
      }
      entries.append((from, book, item.location))
    }
    guard isValid, let first = entries.first else { return nil }
    return PriceSchedule(
      first.book, start: first.from,
      changes: entries.dropFirst().compactMap { entry in
        entry.from.map { .init(from: $0, book: entry.book, location: entry.location) }
      })
  }
}

extension PriceSchedule {
  /// Reads what `prices` says in the scenario at `file`, or in one of its options.
  package static func read(_ node: Node, file: String, _ findings: inout Findings) -> PriceSchedule?
  {
    var reader = ScenarioReader(file: file)
    let schedule = reader.readPrices(node)
    findings.merge(reader.findings)
    return schedule
  }
}
