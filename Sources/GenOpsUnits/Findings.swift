/// Collects findings so that all of them are shown at once.
public struct Findings: Sendable, Hashable {
  public private(set) var all: [Finding] = []
  /// The same ones: a file with a mistake on every line would else be compared line by line with all
  /// lines before it.
  private var known: Set<Finding> = []

  /// The same finding twice counts once.
  public init(_ findings: [Finding] = []) {
    for finding in findings { add(finding) }
  }

  /// Adds a finding; the same one twice counts once.
  public mutating func add(_ finding: Finding) {
    if known.insert(finding).inserted { all.append(finding) }
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
