import GenOpsUnits

/// The records of JSON that is not one to a line: values one after the other over many lines, the
/// items of a list, the events of an answer's pages, the rows of a query's results.
///
/// Lists are read an item at a time, so memory is bounded by one item however long they are.
final class JSONRecords: RecordSource {
  private let window: FileWindow
  private let kinds: RecordKinds
  private var list: List?
  /// Whether the file ended inside a value, which was said.
  private var isCutOff = false

  /// A list whose items are records.
  private struct List {
    /// How the items are read when they are rows of results.
    var rows: EventColumns?
    /// The answer around it, when there is one.
    var answer: Node?
  }

  init(_ window: FileWindow, kinds: RecordKinds) {
    self.window = window
    self.kinds = kinds
  }

  func next() throws(FindingsError) -> [RecordedElement]? {
    while true {
      // What ends a value that was damaged is left over where no list is open.
      let isOutside = list == nil
      try window.skip { byte in
        byte == UInt8(ascii: ",") || [0xEF, 0xBB, 0xBF].contains(byte)
          || (isOutside && [UInt8(ascii: "]"), UInt8(ascii: "}")].contains(byte))
      }
      guard let byte = try window.first() else { return end() }
      switch (byte, list) {
      case (UInt8(ascii: "["), nil):
        window.useOne()
        list = List()
      case (UInt8(ascii: "]"), let open?):
        window.useOne()
        list = nil
        if let answer = open.answer { return try close(answer) }
      default: return try value()
      }
    }
  }

  /// The elements of the next value; none when it opens a list of them.
  private func value() throws(FindingsError) -> [RecordedElement] {
    var key = list == nil ? EventAnswer.listKey : nil
    while true {
      let (front, length, next) = JSONParser.front(
        of: window.unused, at: window.place, openingListUnder: key, isLast: window.isLast,
        mostValues: FileWindow.mostValues)
      switch front {
      case .value(let node):
        window.use(length, next: next)
        guard let columns = list?.rows else { return kinds.elements(of: node) }
        return columns.elements(ofRow: node)
      case .list(let before):
        let answer = Node(.mapping(before), at: window.place)
        let following = window.unused.dropFirst(length).first { $0 > 32 }
        if following == nil, try window.grow() { continue }
        let rows = EventAnswer.columns(of: answer, named: kinds.named)
        // Columns behind their rows, or an event with a key of this name: it is read whole.
        let isRow = following == UInt8(ascii: "[")
        if answer["event"] != nil || (isRow && rows == nil) {
          key = nil
          continue
        }
        window.use(length, next: next)
        list = List(rows: isRow ? rows : nil, answer: answer)
        return isRow ? rows?.remarks(at: answer.location) ?? [] : []
      case .incomplete:
        let place = window.place
        if window.isTooLong { return try pass(over: .tooLong, at: place) }
        if try window.grow() { continue }
        isCutOff = true
        return try pass(over: .cutOff, at: place)
      case .wrong(let finding):
        window.use(length, next: next)
        return try pass(over: .notJSON, at: finding.location ?? next, detail: finding.message)
      }
    }
  }

  /// Goes on with the next line that begins like a record.
  private func pass(
    over reason: MalformedReason, at place: SourceLocation, detail: String? = nil
  ) throws(FindingsError) -> [RecordedElement] {
    try window.skipLines(toMark: UInt8(ascii: list?.rows == nil ? "{" : "["))
    return [.malformed(reason, at: place, detail: detail)]
  }

  /// Reads what an answer says behind its list.
  private func close(_ answer: Node) throws(FindingsError) -> [RecordedElement] {
    var entries = answer.mapping ?? []
    try window.skip { _ in false }
    if try window.first() == UInt8(ascii: ",") {
      // The rest of an object behind a comma is an object behind a brace.
      window.replaceFirst(with: UInt8(ascii: "{"))
      while true {
        let (front, length, next) = JSONParser.front(
          of: window.unused, at: window.place, isLast: window.isLast,
          mostValues: FileWindow.mostValues)
        if case .incomplete = front, !window.isTooLong, try window.grow() { continue }
        guard case .value(let rest) = front else {
          return try pass(over: .notJSON, at: window.place)
        }
        window.use(length, next: next)
        entries += rest.mapping ?? []
        break
      }
    } else if try window.first() == UInt8(ascii: "}") {
      window.useOne()
    }
    return [EventAnswer.page(Node(.mapping(entries), at: answer.location))]
  }

  /// Nothing more, unless a list is still open.
  private func end() -> [RecordedElement]? {
    guard list != nil, !isCutOff else { return nil }
    isCutOff = true
    return [.malformed(.cutOff, at: window.place)]
  }
}
