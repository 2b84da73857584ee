package import GenOpsUnits

/// The items of a file that is one JSON list, one at a time: memory is bounded by one item, however long the
/// list is.
package final class JSONItems {
  private let window: FileWindow
  private let chunks: FileChunks
  private var isOpen = false
  private var isEnded = false
  private var count = 0

  init(_ window: FileWindow, of chunks: FileChunks) {
    self.window = window
    self.chunks = chunks
  }

  /// The next item; nil behind the list. It throws where the file is cut off or is not such a list.
  package func next() throws(FindingsError) -> Node? {
    if isEnded { return nil }
    if !isOpen {
      try expect(UInt8(ascii: "["))
      isOpen = true
    }
    try window.skip { _ in false }
    if try window.first() == UInt8(ascii: "]") {
      window.useOne()
      isEnded = true
      try window.skip { _ in false }
      if try window.first() != nil { throw wrong("something follows the list") }
      return nil
    }
    if count > 0 { try expect(UInt8(ascii: ",")) }
    count += 1
    try window.skip { _ in false }
    while true {
      let (front, length, next) = JSONParser.front(
        of: window.unused, at: window.place, isLast: window.isLast,
        mostValues: FileWindow.mostValues)
      switch front {
      case .value(let node):
        window.use(length, next: next)
        return node
      case .wrong(let finding): throw FindingsError(findings: Findings([finding]))
      case .incomplete, .list:
        if window.isTooLong { throw wrong("an item is longer than \(FileWindow.longest >> 20) MB") }
        if try window.grow() { continue }
        throw cutOff
      }
    }
  }

  private func expect(_ byte: UInt8) throws(FindingsError) {
    try window.skip { _ in false }
    guard let found = try window.first() else { throw cutOff }
    guard found == byte else {
      throw wrong("'\(String(decoding: [byte], as: UTF8.self))' belongs here")
    }
    window.useOne()
  }

  private var cutOff: FindingsError {
    if let damage = chunks.damage { return FindingsError(findings: Findings([damage])) }
    return FindingsError(
      "json", "the file ends inside its list", help: "is it cut off?", at: window.place)
  }

  private func wrong(_ message: String) -> FindingsError {
    FindingsError(
      "json", message, help: "write one list of objects: [{…}, {…}]", at: window.place)
  }
}
