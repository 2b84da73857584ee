/// An immutable list of named kinds. One is extended by a new file with the kind and one line in
/// the list that holds it; nothing registers itself.
public struct Registry<Kind: Sendable>: Sendable {
  /// A kind with what is shown of it.
  public struct Entry: Sendable {
    public var name: String
    public var summary: String
    public var kind: Kind

    /// `name` is the kind's name in files, `summary` one line.
    public init(name: String, summary: String, kind: Kind) {
      self.name = name
      self.summary = summary
      self.kind = kind
    }
  }

  /// What the kinds are called in messages: "growth model".
  public var noun: String
  public var entries: [Entry]

  /// `noun` is what the kinds are called in messages; the order of `entries` is that of lists.
  public init(_ noun: String, _ entries: [Entry]) {
    self.noun = noun
    self.entries = entries
  }

  public var names: [String] { entries.map(\.name) }

  public subscript(name: String) -> Kind? { entries.first { $0.name == name }?.kind }

  /// The kind called `name`, or nil with a finding that lists the known ones.
  public func find(_ name: String, at location: SourceLocation?, _ findings: inout Findings)
    -> Kind?
  {
    if let kind = self[name] { return kind }
    let near = nearestName(to: name, among: names)
    findings.error(
      "unknown-kind", "there is no \(noun) called '\(name)'",
      help: near.map { "did you mean '\($0)'?" } ?? "known: \(names.joined(separator: ", "))",
      at: location)
    return nil
  }

  /// The kind called `name`; throws the finding that lists the known ones.
  public func kind(_ name: String) throws(FindingsError) -> Kind {
    var findings = Findings()
    guard let kind = find(name, at: nil, &findings) else {
      throw FindingsError(findings: findings)
    }
    return kind
  }
}
