/// A kind of value that is recognised by its form, whatever the property is called.
///
/// The tests are forms and check digits, no dictionaries: they miss what has no form, such as
/// names.
public enum ValueKind: String, Sendable, Hashable, CaseIterable {
  /// `name@host.tld`.
  case email
  /// 13 to 19 digits with a right Luhn check digit (ISO/IEC 7812-1), spaces and hyphens allowed.
  case cardNumber = "card_number"
  /// A US social security number, `ddd-dd-dddd`, area and group not zero.
  case ssn
  /// An IPv4 address in dotted decimals.
  case ipAddress = "ip_address"
  /// An access key, by the prefixes of well-known issuers, or a JSON Web Token.
  case apiKey = "api_key"

  /// Whether a word of `text` has this form.
  func occurs(in text: String) -> Bool {
    if self == .cardNumber { return ValueKind.hasCardNumber(text.utf8) }
    return text.utf8.split(whereSeparator: ValueKind.isSeparator).contains { fits($0) }
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte <= 32 || [34, 39, 40, 41, 44, 59, 60, 61, 62, 91, 93, 123, 125].contains(byte)
  }

  private func fits(_ word: Substring.UTF8View) -> Bool {
    switch self {
    case .email: ValueKind.isEmail(word)
    case .cardNumber: false
    case .ssn: ValueKind.isSSN(Array(word))
    case .ipAddress: ValueKind.isAddress(word)
    case .apiKey: ValueKind.isKey(Substring(word))
    }
  }

  private static func isEmail(_ word: Substring.UTF8View) -> Bool {
    let parts = word.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else { return false }
    let labels = parts[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return labels.count >= 2 && labels.allSatisfy { !$0.isEmpty } && (labels.last?.count ?? 0) >= 2
  }

  private static func isSSN(_ word: [UInt8]) -> Bool {
    guard word.count == 11, word[3] == 45, word[6] == 45 else { return false }
    let digits = word.enumerated().filter { $0.offset != 3 && $0.offset != 6 }.map(\.element)
    guard digits.allSatisfy({ (48...57).contains($0) }) else { return false }
    return word[0..<3] != [48, 48, 48] && word[4..<6] != [48, 48] && word[0] != 57
  }

  private static func isAddress(_ word: Substring.UTF8View) -> Bool {
    let parts = word.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        (1...3).contains(part.count) && part.allSatisfy { (48...57).contains($0) }
          && part.reduce(0) { $0 * 10 + Int($1) - 48 } <= 255
      }
  }

  private static let keyPrefixes = [
    "phx_", "phs_", "sk-", "sk_live_", "sk_test_", "rk_live_", "ghp_", "gho_", "ghs_",
    "github_pat_", "xoxb-", "xoxp-", "AKIA", "ASIA", "AIza", "glpat-", "npm_", "Bearer",
  ]

  private static func isKey(_ word: Substring) -> Bool {
    guard word.utf8.count >= 16 else { return false }
    if keyPrefixes.contains(where: { word.hasPrefix($0) }) { return true }
    return word.hasPrefix("eyJ") && word.utf8.count { $0 == UInt8(ascii: ".") } == 2
  }

  /// Looks at every run of digits, spaces and hyphens that holds 13 to 19 digits.
  private static func hasCardNumber(_ bytes: String.UTF8View) -> Bool {
    var digits: [UInt8] = []
    func isCard() -> Bool {
      guard (13...19).contains(digits.count), digits.contains(where: { $0 != digits[0] }) else {
        return false
      }
      var sum = 0
      for (place, digit) in digits.reversed().enumerated() {
        let doubled = place % 2 == 1 ? Int(digit) * 2 : Int(digit)
        sum += doubled > 9 ? doubled - 9 : doubled
      }
      return sum % 10 == 0
    }
    for byte in bytes {
      if (48...57).contains(byte) {
        digits.append(byte - 48)
      } else if byte != 32, byte != 45 {
        if isCard() { return true }
        digits = []
      }
    }
    return isCard()
  }
}
