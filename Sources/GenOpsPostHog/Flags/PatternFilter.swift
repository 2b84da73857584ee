/// Regular expressions in filters, of the syntax that PostHog's service (Rust) and Swift share.
///
/// What they might understand differently, or what can take for ever, is left to the server:
/// look-around, back references, named groups, word boundaries, possessive and nested repetition,
/// set operations in classes.
enum PatternFilter {
  /// Whether `pattern` occurs in `text`; nil when the pattern is wrong, which matches nothing.
  static func finds(_ pattern: String, in text: String) throws(Unresolved) -> Bool? {
    if pattern.isEmpty { return true }
    guard let scan = Scan(pattern) else { throw Unresolved(.unsupportedDefinition) }
    if scan.isWrong { return nil }
    // Which marks and numbers outside of ASCII belong to words differs between the two.
    if scan.usesClasses, text.unicodeScalars.contains(where: isDoubtful) {
      throw Unresolved(.unsupportedDefinition)
    }
    guard let regex = try? Regex(scan.translated) else { return nil }
    do { return try regex.matchingSemantics(.unicodeScalar).firstMatch(in: text) != nil } catch {
      throw Unresolved(.unsupportedDefinition)
    }
  }

  private static func isDoubtful(_ scalar: Unicode.Scalar) -> Bool {
    if (0x1C...0x1F).contains(scalar.value) { return true }
    return scalar.value >= 0x80 && !scalar.properties.isAlphabetic
      && scalar.properties.numericType != .decimal
  }

  static func isSupported(_ pattern: String) -> Bool { pattern.isEmpty || Scan(pattern) != nil }

  private struct Scan {
    /// The same pattern with `$` as the very end, as Rust has it.
    var translated = ""
    var usesClasses = false
    /// It repeats nothing, as `*` does.
    var isWrong = false

    /// Nil when the pattern is left to the server.
    init?(_ pattern: String) {
      let scalars = Array(pattern.unicodeScalars)
      var index = 0
      var inClass = false
      var previousWasQuantifier = false
      var closedRepeats = false
      var groups: [Bool] = []
      func next(_ offset: Int = 1) -> Unicode.Scalar? {
        index + offset < scalars.count ? scalars[index + offset] : nil
      }
      while index < scalars.count {
        let scalar = scalars[index]
        var isQuantifier = false
        switch scalar {
        case "\\":
          guard let escaped = next() else {
            translated += "\\"
            break
          }
          if "dDsSwW".unicodeScalars.contains(escaped) {
            usesClasses = true
          } else if !"fnrt".unicodeScalars.contains(escaped) {
            let isPunctuation =
              (0x20...0x7E).contains(escaped.value) && !escaped.properties.isAlphabetic
              && !("0"..."9").contains(escaped) && escaped != "<" && escaped != ">"
            guard isPunctuation else { return nil }
          }
          translated.unicodeScalars.append(contentsOf: [scalar, escaped])
          index += 1
        case "[" where inClass: return nil
        case "[":
          inClass = true
          translated += "["
          if next() == "^" {
            translated += "^"
            index += 1
          }
          if next() == "]" { return nil }
        case "]" where inClass:
          inClass = false
          translated += "]"
        case "&", "-", "~":
          if inClass, next() == scalar { return nil }
          translated.unicodeScalars.append(scalar)
        case _ where inClass: translated.unicodeScalars.append(scalar)
        case "(":
          if next() == "?" {
            guard next(2) == ":" else { return nil }
            translated += "(?:"
            index += 2
          } else {
            translated += "("
          }
          groups.append(false)
        case ")":
          closedRepeats = groups.popLast() ?? false
          if closedRepeats, !groups.isEmpty { groups[groups.count - 1] = true }
          translated += ")"
        case "*", "+", "?", "{":
          // `a+?` is lazy, `a++` possessive; a group that repeats within may not repeat itself.
          if previousWasQuantifier, scalar != "?" { return nil }
          if !previousWasQuantifier {
            if index > 0, scalars[index - 1] == ")", closedRepeats { return nil }
            if index == 0 || "(|^$".unicodeScalars.contains(scalars[index - 1]) {
              guard scalar != "{", index == 0 || "(|".unicodeScalars.contains(scalars[index - 1])
              else { return nil }
              isWrong = true
            }
            if !groups.isEmpty { groups[groups.count - 1] = true }
          }
          if scalar == "{" {
            guard let end = scalars[index...].firstIndex(of: "}"), end > index + 1,
              scalars[index + 1...end - 1].allSatisfy({ ("0"..."9").contains($0) || $0 == "," }),
              ("0"..."9").contains(scalars[index + 1]), end - index < 10
            else { return nil }
            translated.unicodeScalars.append(contentsOf: scalars[index...end])
            index = end
          } else {
            translated.unicodeScalars.append(scalar)
          }
          isQuantifier = true
        case "$": translated += "\\z"
        default: translated.unicodeScalars.append(scalar)
        }
        previousWasQuantifier = isQuantifier
        index += 1
      }
    }
  }
}
