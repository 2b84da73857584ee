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
      let bare = VersionFilter.withoutV(text).prefix { $0 != "-" && $0 != "+" }
      let parts = bare.split(separator: ".", omittingEmptySubsequences: false)
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
    switch kind {
    // ~1.2.3 is below 1.3.0.
    case .semverTilde: return (version, Version(version.major, version.minor + 1, 0))
    // ^1.2.3 is below 2.0.0, ^0.2.3 below 0.3.0, ^0.0.3 below 0.0.4.
    case .semverCaret:
      if version.major > 0 { return (version, Version(version.major + 1, 0, 0)) }
      if version.minor > 0 { return (version, Version(0, version.minor + 1, 0)) }
      return (version, Version(0, 0, version.patch + 1))
    default: return (version, version)
    }
  }

  /// `1.*` is 1.0.0 up to before 2.0.0.
  private static func wildcard(_ text: String) -> (lower: Version, upper: Version)? {
    let parts = withoutV(text).filter { $0 != "*" }.split(separator: ".")
    let numbers = parts.prefix(3).map(number)
    guard !numbers.isEmpty, let all = numbers as? [Int] else { return nil }
    switch all.count {
    case 1: return (Version(all[0], 0, 0), Version(all[0] + 1, 0, 0))
    case 2: return (Version(all[0], all[1], 0), Version(all[0], all[1] + 1, 0))
    default: return (Version(all[0], all[1], all[2]), Version(all[0], all[1], all[2] + 1))
    }
  }

  private static func withoutV(_ text: String) -> Substring {
    let trimmed = text.trimmingSpaces
    return trimmed.drop { $0 == "v" || $0 == "V" }
  }

  private static func number(_ text: Substring) -> Int? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }),
      text.utf8.count == 1 || text.first != "0"
    else { return nil }
    return Int(text)
  }
}
