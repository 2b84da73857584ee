/// The form of an e-mail address.
enum EmailForm {
  static func occurs(in bytes: [UInt8]) -> Bool {
    bytes.indices.contains { bytes[$0] == 64 && isAddress(bytes, at: $0) }
  }

  /// Whether what stands around the `@` at `place` is one.
  private static func isAddress(_ bytes: [UInt8], at place: Int) -> Bool {
    var start = place
    while start > 0, isLocal(bytes[start - 1]) { start -= 1 }
    var end = place + 1
    while end < bytes.count, isDomain(bytes[end]) { end += 1 }
    let local = bytes[start..<place]
    guard local.contains(where: { $0.isAlphanumeric || $0 >= 128 }),
      // @ann@example.social is a handle, and what has an @ on both sides is none of either.
      start == 0 || bytes[start - 1] != 64, end == bytes.count || bytes[end] != 64,
      isHost(bytes[(place + 1)..<end])
    else { return false }
    // git@github.com:team/project
    let isPath = end < bytes.count && (bytes[end] == 58 || bytes[end] == 47)
    if isPath, ["git", "hg", "svn"].contains(where: { local.elementsEqual($0.utf8) }) {
      return false
    }
    return !isUserOfURL(bytes, before: start)
  }

  private static func isLocal(_ byte: UInt8) -> Bool {
    byte.isAlphanumeric || byte >= 128 || [37, 43, 45, 46, 95].contains(byte)
  }

  private static func isDomain(_ byte: UInt8) -> Bool {
    byte.isAlphanumeric || byte >= 128 || byte == 45 || byte == 46
  }

  /// A name of at least two labels, the last of letters. Sentences go on behind it with a full stop.
  private static func isHost(_ bytes: ArraySlice<UInt8>) -> Bool {
    var labels = bytes.split(separator: 46, omittingEmptySubsequences: false)[...]
    // name@4.17.21 is a version.
    if labels.count > 1, labels.prefix(2).allSatisfy({ $0.first?.isDigit == true }),
      labels.first?.allSatisfy(\.isDigit) == true
    {
      return false
    }
    while let last = labels.last, labels.count > 1, !isTopLevel(last) { labels = labels.dropLast() }
    guard labels.count > 1, labels.allSatisfy({ !$0.isEmpty && $0.first != 45 }),
      let last = labels.last
    else { return false }
    return !extensions.contains { last.map { $0 | 32 }.elementsEqual($0.utf8) }
  }

  private static func isTopLevel(_ label: ArraySlice<UInt8>) -> Bool {
    label.count > 1 && label.allSatisfy { $0.isLetter || $0 >= 128 || $0 == 45 }
      && label.first != 45 || label.starts(with: "xn--".utf8)
  }

  /// Endings of files such as icon@2x.png that are no top-level domains.
  private static let extensions = [
    "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "ico", "css", "scss", "js", "mjs", "jsx",
    "tsx", "json", "map", "html", "htm", "xml", "txt", "pdf", "csv", "log", "woff",
  ]

  /// Whether a name ends before `start` that a URL has before its host: https://key@host.
  private static func isUserOfURL(_ bytes: [UInt8], before start: Int) -> Bool {
    var index = start
    while index > 0, start - index < 256 {
      let byte = bytes[index - 1]
      if byte == 47 {
        return index > 2 && bytes[index - 2] == 47 && bytes[index - 3] == 58
      }
      if byte <= 32 || [34, 39, 60, 62, 63, 38, 44, 59].contains(byte) { return false }
      index -= 1
    }
    return false
  }
}
