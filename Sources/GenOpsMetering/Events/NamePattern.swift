/// A glob over event names: `*` stands for any run of characters, `?` for one, all else for itself.
/// Case matters, as it does in PostHog.
public struct NamePattern: Sendable, Hashable {
  public let text: String
  private let bytes: [UInt8]

  /// `*` stands for any text, also for none; `?` for one byte.
  public init(_ text: String) {
    self.text = text
    bytes = Array(text.utf8)
  }

  /// Whether the whole of `name` fits. Linear for patterns with one star, never exponential.
  public func matches(_ name: String) -> Bool {
    let name = Array(name.utf8)
    var p = 0
    var n = 0
    var star: (pattern: Int, name: Int)?
    while n < name.count {
      if p < bytes.count, bytes[p] == UInt8(ascii: "*") {
        star = (p, n)
        p += 1
      } else if p < bytes.count, bytes[p] == name[n] || bytes[p] == UInt8(ascii: "?") {
        p += 1
        n += 1
      } else if let last = star {
        star = (last.pattern, last.name + 1)
        p = last.pattern + 1
        n = last.name + 1
      } else {
        return false
      }
    }
    while p < bytes.count, bytes[p] == UInt8(ascii: "*") { p += 1 }
    return p == bytes.count
  }
}
