extension Figures {
  /// Reads `text` as what `convert` makes of it. A finding says what is wrong where the text alone
  /// shows that, else `message` and `help`, which know what the key takes; nil text is not a
  /// scalar. Where `help` is a line that would be right, it is shown with the numbers that were written.
  package static func read<Value>(
    _ text: String?, _ code: String, _ message: @autoclosure () -> String, help: String,
    at location: SourceLocation?, _ findings: inout Findings, _ convert: (Figures) -> Value?
  ) -> Value? {
    do throws(NotationFailure) {
      if let text, let value = convert(try Figures(text)) { return value }
    } catch {
      if let correction = error.correction {
        findings.error(code, error.message, help: correction, at: location)
        return nil
      }
    }
    let own = text.flatMap { try? Figures($0) }?.put(into: help)
    findings.error(code, message(), help: own ?? help, at: location)
    return nil
  }

  /// The same for a key that takes one number as it stands: an interval and a factor are refused in
  /// the same words everywhere.
  package static func one<Value>(
    _ text: String?, _ code: String, _ message: @autoclosure () -> String, help: String,
    at location: SourceLocation?, _ findings: inout Findings, _ convert: (Figures) -> Value?
  ) -> Value? {
    let figures = text.flatMap { try? Figures($0) }
    return read(
      text, code, figures?.refusal ?? message(), help: help, at: location,
      &findings, convert)
  }
}
