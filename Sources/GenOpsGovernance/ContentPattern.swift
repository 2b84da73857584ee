/// A text that is looked for in other texts: `*` stands for any run of characters, all else for itself, and Latin
/// letters for either case.
///
/// The time it takes is linear in the text, whatever both are: its parts are found one behind the other, each by
/// D. Knuth, J. Morris and V. Pratt's method (1977), which reads no byte of the text twice.
public struct ContentPattern: Sendable, Hashable {
  /// The longest that one may be, in bytes.
  public static let longest = 256

  public let text: String
  /// What stands between the stars, in small letters, with the length of the longest proper start that is also an
  /// end of each of its starts.
  private let parts: [Part]

  private struct Part: Sendable, Hashable {
    var bytes: [UInt8]
    var borders: [Int]

    init(_ bytes: [UInt8]) {
      self.bytes = bytes
      borders = [Int](repeating: 0, count: bytes.count)
      var matched = 0
      for index in bytes.indices.dropFirst() {
        while matched > 0, bytes[index] != bytes[matched] { matched = borders[matched - 1] }
        if bytes[index] == bytes[matched] { matched += 1 }
        borders[index] = matched
      }
    }

    /// The position behind the first occurrence from `start` on.
    func end(in text: [UInt8], from start: Int) -> Int? {
      var matched = 0
      var index = start
      while index < text.count {
        while matched > 0, text[index] != bytes[matched] { matched = borders[matched - 1] }
        if text[index] == bytes[matched] { matched += 1 }
        index += 1
        if matched == bytes.count { return index }
      }
      return nil
    }
  }

  /// Nil when nothing stands between the stars, or it is longer than ``longest``.
  public init?(_ text: String) {
    let pieces = ContentPattern.folded(text).split(separator: UInt8(ascii: "*"))
    guard !pieces.isEmpty, text.utf8.count <= ContentPattern.longest else { return nil }
    self.text = text
    parts = pieces.map { Part(Array($0)) }
  }

  /// Whether it occurs anywhere in `text`.
  public func occurs(in text: String) -> Bool { occurs(in: ContentPattern.folded(text)) }

  /// The same for a text that was ``folded(_:)`` before.
  func occurs(in text: [UInt8]) -> Bool {
    var position = 0
    // The first place for each part leaves most room for those behind it.
    for part in parts {
      guard let end = part.end(in: text, from: position) else { return false }
      position = end
    }
    return true
  }

  /// UTF-8 with the Latin capitals made small.
  static func folded(_ text: String) -> [UInt8] {
    text.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }
  }
}
