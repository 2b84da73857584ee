/// The form of an access key.
enum KeyForm {
  static func occurs(in bytes: [UInt8]) -> Bool {
    guard bytes.count >= 16 else { return false }
    return bytes.indices.contains { start in
      guard start == 0 || !isPart(bytes[start - 1]) else { return false }
      return isToken(bytes[start...]) || isKey(bytes[start...]) || isBearer(bytes[start...])
    }
  }

  private static let prefixes = [
    "phx_", "phs_", "sk-", "sk_live_", "sk_test_", "rk_live_", "ghp_", "gho_", "ghs_",
    "github_pat_", "xoxb-", "xoxp-", "AKIA", "ASIA", "AIza", "glpat-", "npm_",
  ].map { Array($0.utf8) }

  /// Letters and digits behind an issuer's prefix, ten or more of them in one piece: `npm_package_name`
  /// and `sk-folding-cube` are words.
  private static func isKey(_ rest: ArraySlice<UInt8>) -> Bool {
    prefixes.contains { prefix in
      guard rest.starts(with: prefix) else { return false }
      let word = rest.dropFirst(prefix.count).prefix(while: isPart)
      return prefix.count + word.count >= 16 && isRandom(word)
    }
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    byte.isAlphanumeric || byte == 45 || byte == 95
  }

  private static func isRandom(_ word: ArraySlice<UInt8>) -> Bool {
    word.contains(where: \.isDigit)
      && word.split { $0 == 45 || $0 == 95 }.contains { $0.count >= 10 }
  }

  /// A JSON Web Token (RFC 7519): three parts, the first an object in base64url.
  private static func isToken(_ rest: ArraySlice<UInt8>) -> Bool {
    guard rest.starts(with: "eyJ".utf8) else { return false }
    let word = rest.prefix { isPart($0) || $0 == 46 }
    return word.count >= 16 && word.split(separator: 46).count >= 3
  }

  /// What an HTTP header carries (RFC 6750).
  private static func isBearer(_ rest: ArraySlice<UInt8>) -> Bool {
    guard rest.prefix(7).map({ $0 | 32 }).elementsEqual("bearer ".utf8) else { return false }
    let word = rest.dropFirst(7).prefix { isPart($0) || [43, 46, 47, 126].contains($0) }
    return word.count >= 16 && word.contains(where: \.isDigit)
  }
}
