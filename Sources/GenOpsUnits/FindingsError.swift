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
