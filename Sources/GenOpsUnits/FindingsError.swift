/// The findings that stopped the work.
///
/// Printed, each finding is a line: `error: there is no tenant 'ac' [unknown-tenant]; did you mean 'acme'?`
/// Thrown out of `main` it is the same lines and a crash report of Swift's: a program catches it, prints it and
/// exits with 1.
public struct FindingsError: Error, Sendable, Equatable {
  public var findings: Findings

  /// At least one of `findings` is an error.
  public init(findings: Findings) { self.findings = findings }

  /// With one finding, an error.
  public init(
    _ code: String, _ message: String, help: String? = nil, at location: SourceLocation? = nil
  ) { findings = Findings([Finding(.error, code, message, help: help, at: location)]) }
}

extension FindingsError: CustomStringConvertible, CustomDebugStringConvertible {
  public var description: String { findings.all.map(\.description).joined(separator: "\n") }

  /// What Swift prints of an error that leaves `main`.
  public var debugDescription: String { description }
}

extension Finding: CustomStringConvertible {
  /// One line, without control characters: names in it come from outside.
  public var description: String {
    let place = location.map { "\($0): " } ?? ""
    let help = help.map { "; \($0)" } ?? ""
    let line = "\(place)\(severity.rawValue): \(message) [\(code)]\(help)"
    var plain = String.UnicodeScalarView()
    for scalar in line.unicodeScalars {
      plain.append(scalar.properties.generalCategory == .control ? " " : scalar)
    }
    return String(plain)
  }
}
