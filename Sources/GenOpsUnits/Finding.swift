/// Something the user should know: what is wrong or unknown, where, and what would be right.
public struct Finding: Sendable, Hashable {
  /// What a finding means for the result.
  public enum Severity: String, Sendable, Hashable, CaseIterable {
    /// The work cannot go on. Exit status 2.
    case error
    /// The result holds, with the limitation said.
    case warning
    /// Worth knowing.
    case note
  }

  public var severity: Severity
  /// A stable name, such as `unknown-key`; `genops explain NAME` describes it.
  public var code: String
  /// One sentence, no full stop.
  public var message: String
  /// What would be right: a suggestion or the corrected line.
  public var help: String?
  public var location: SourceLocation?

  /// `code` is in kebab-case, `message` one sentence without a full stop.
  public init(
    _ severity: Severity, _ code: String, _ message: String, help: String? = nil,
    at location: SourceLocation? = nil
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.help = help
    self.location = location
  }
}
