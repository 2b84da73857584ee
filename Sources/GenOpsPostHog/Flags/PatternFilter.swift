/// Regular expressions in filters, of the syntax that PostHog's service (Rust) and its Python client share
/// (``PatternScan``). All else is left to the server, and so is what would take long.
enum PatternFilter {
  /// Whether `pattern` occurs in `text`; nil when the pattern is wrong, which matches nothing.
  ///
  /// `work` is what may be spent on it, in steps of the automaton.
  static func finds(_ pattern: String, in text: String, _ work: inout Int) throws(Unresolved)
    -> Bool?
  {
    if pattern.isEmpty { return true }
    let pattern = Array(pattern.unicodeScalars)
    guard let scan = PatternScan(pattern) else { throw Unresolved(.unsupportedDefinition) }
    guard let program = try program(pattern) else { return nil }
    let text = Array(text.unicodeScalars)
    if isDoubtful(text, scan) { throw Unresolved(.unsupportedDefinition) }
    // At most 4,096 steps and the scalars of a text in memory: the product is far from overflowing.
    let cost = program.size * (text.count + 1)
    guard cost <= work else { throw Unresolved(.unsupportedDefinition) }
    work -= cost
    return program.occurs(in: text)
  }

  static func isSupported(_ pattern: String) -> Bool {
    if pattern.isEmpty { return true }
    let pattern = Array(pattern.unicodeScalars)
    guard PatternScan(pattern) != nil else { return false }
    do throws(Unresolved) { _ = try program(pattern) } catch { return false }
    return true
  }

  /// Nil when the pattern is wrong.
  private static func program(_ pattern: [Unicode.Scalar]) throws(Unresolved) -> PatternProgram? {
    let tree: PatternTree
    do throws(PatternParser.Failure) { tree = try PatternParser.parse(pattern) } catch {
      if error == .isTooLarge { throw Unresolved(.unsupportedDefinition) }
      return nil
    }
    guard let program = PatternProgram(tree) else { throw Unresolved(.unsupportedDefinition) }
    return program
  }

  /// Whether the two might read `text` differently.
  private static func isDoubtful(_ text: [Unicode.Scalar], _ scan: PatternScan) -> Bool {
    if scan.usesEnd, scan.branches, text.last == "\n" { return true }
    guard scan.usesShorthands else { return false }
    return text.contains { scalar in
      let value = scalar.value
      if scan.usesSpaces, (0x1C...0x1F).contains(value) { return true }
      if value < 0x80 { return false }
      // Marks belong to words in Rust, other numbers in Python.
      if scan.usesWords, !PythonText.isLetter(scalar),
        scalar.properties.generalCategory != .decimalNumber
      {
        return true
      }
      return PythonText.isRecent(scalar)
    }
  }
}
