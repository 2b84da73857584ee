/// Versions such as `1.2.3`, `v1.2` or `1.2.3-beta`, compared by their three numbers.
enum VersionFilter {
  struct Version: Comparable {
    var major: Int
    var minor: Int
    var patch: Int

    init(_ major: Int, _ minor: Int, _ patch: Int) {
      (self.major, self.minor, self.patch) = (major, minor, patch)
    }

    /// What follows `-` or `+` does not count; missing numbers are 0; leading zeros are an error.
    init?(_ text: String) {
      let bare = VersionFilter.bytes(text).prefix {
        $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "+")
      }
      let parts = bare.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      guard let first = parts.first, let major = VersionFilter.number(first) else { return nil }
      var others = [0, 0]
      for index in 0..<2 where parts.count > index + 1 && !parts[index + 1].isEmpty {
        guard let value = VersionFilter.number(parts[index + 1]) else { return nil }
        others[index] = value
      }
      self.init(major, others[0], others[1])
    }

    static func < (a: Version, b: Version) -> Bool {
      (a.major, a.minor, a.patch) < (b.major, b.minor, b.patch)
    }
  }

  /// From `lower` on, up to before `upper`, which only the three range operators use.
  static func range(_ kind: PropertyMatch.Operation, _ text: String) -> (
    lower: Version, upper: Version
  )? {
    if kind == .semverWildcard { return wildcard(text) }
    guard let version = Version(text) else { return nil }
    let upper: Version?
    switch kind {
    // ~1.2.3 is below 1.3.0.
    case .semverTilde: upper = next(version.minor).map { Version(version.major, $0, 0) }
    // ^1.2.3 is below 2.0.0, ^0.2.3 below 0.3.0, ^0.0.3 below 0.0.4.
    case .semverCaret:
      if version.major > 0 {
        upper = next(version.major).map { Version($0, 0, 0) }
      } else if version.minor > 0 {
        upper = next(version.minor).map { Version(0, $0, 0) }
      } else {
        upper = next(version.patch).map { Version(0, 0, $0) }
      }
    default: upper = version
    }
    return upper.map { (version, $0) }
  }

  /// `1.*` is 1.0.0 up to before 2.0.0.
  private static func wildcard(_ text: String) -> (lower: Version, upper: Version)? {
    let parts = bytes(text).filter { $0 != UInt8(ascii: "*") }.split(separator: UInt8(ascii: "."))
    var all: [Int] = []
    for part in parts.prefix(3) {
      guard let value = number(part[...]) else { return nil }
      all.append(value)
    }
    guard let last = all.last, let following = next(last) else { return nil }
    switch all.count {
    case 1: return (Version(all[0], 0, 0), Version(following, 0, 0))
    case 2: return (Version(all[0], all[1], 0), Version(all[0], following, 0))
    default: return (Version(all[0], all[1], all[2]), Version(all[0], all[1], following))
    }
  }

  /// Nil beyond the largest number: the server counts further than this does.
  private static func next(_ number: Int) -> Int? {
    let (sum, isOver) = number.addingReportingOverflow(1)
    return isOver ? nil : sum
  }

  /// Without the spaces around it and the `v` before it. All that matters is ASCII, so bytes will do: a
  /// mark that joins a `.` must not make it another character.
  private static func bytes(_ text: String) -> ArraySlice<UInt8> {
    let all = Array(String(PythonText.stripped(text)).utf8)
    return all.drop { $0 | 32 == UInt8(ascii: "v") }
  }

  private static func number(_ text: ArraySlice<UInt8>) -> Int? {
    guard !text.isEmpty, text.allSatisfy({ (48...57).contains($0) }),
      text.count == 1 || text.first != UInt8(ascii: "0")
    else { return nil }
    return Int(String(decoding: text, as: UTF8.self))
  }
}
