/// A place in a file a person wrote.
public struct SourceLocation: Sendable, Hashable, CustomStringConvertible {
  /// The file as the user named it.
  public var file: String
  /// From 1.
  public var line: Int
  /// From 1.
  public var column: Int

  /// Line and column count from 1.
  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// `main.yaml:12:3`.
  public var description: String { "\(file):\(line):\(column)" }
}

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

/// Collects findings so that all of them are shown at once.
public struct Findings: Sendable, Hashable {
  public private(set) var all: [Finding] = []

  /// The same finding twice counts once.
  public init(_ findings: [Finding] = []) {
    for finding in findings { add(finding) }
  }

  /// Adds a finding; the same one twice counts once.
  public mutating func add(_ finding: Finding) {
    if !all.contains(finding) { all.append(finding) }
  }

  /// Adds what the work cannot go on with.
  public mutating func error(
    _ code: String, _ message: String, help: String? = nil, at location: SourceLocation? = nil
  ) { add(Finding(.error, code, message, help: help, at: location)) }

  /// Adds a limitation under which the result holds.
  public mutating func warning(
    _ code: String, _ message: String, help: String? = nil, at location: SourceLocation? = nil
  ) { add(Finding(.warning, code, message, help: help, at: location)) }

  /// Adds what is worth knowing.
  public mutating func note(
    _ code: String, _ message: String, help: String? = nil, at location: SourceLocation? = nil
  ) { add(Finding(.note, code, message, help: help, at: location)) }

  /// Adds those of `other`, each once.
  public mutating func merge(_ other: Findings) { for finding in other.all { add(finding) } }

  public var hasErrors: Bool { all.contains { $0.severity == .error } }

  /// Throws ``FindingsError`` when there is an error among the findings.
  public func throwIfErrors() throws(FindingsError) {
    if hasErrors { throw FindingsError(findings: self) }
  }
}

/// The findings that stopped the work.
public struct FindingsError: Error, Sendable, Equatable {
  public var findings: Findings

  /// At least one of `findings` is an error.
  public init(findings: Findings) { self.findings = findings }

  /// With one finding, an error.
  public init(
    _ code: String, _ message: String, help: String? = nil, at location: SourceLocation? = nil
  ) { findings = Findings([Finding(.error, code, message, help: help, at: location)]) }
}
