public import GenOpsUnits

/// What is right and wrong with a setup, by component.
public struct SetupReport: Sendable, Hashable {
  /// How a component fares, from right to wrong.
  public enum Level: String, Sendable, Hashable, CaseIterable {
    case success, info, warning, error
  }

  /// One statement.
  public struct Issue: Sendable, Hashable {
    public var level: Level
    /// `API key`, `Budgets`, …
    public var component: String
    /// What is so.
    public var issue: String
    /// What would be right; nil when it is.
    public var recommendation: String?
    /// A command that puts it right.
    public var fixCommand: String?
    /// A page of this package's documentation.
    public var documentationLink: String?

    /// `issue` is a sentence without a full stop.
    public init(
      _ level: Level, _ component: String, _ issue: String, recommendation: String? = nil,
      fixCommand: String? = nil, documentationLink: String? = nil
    ) {
      self.level = level
      self.component = component
      self.issue = issue
      self.recommendation = recommendation
      self.fixCommand = fixCommand
      self.documentationLink = documentationLink
    }
  }

  /// In the order of the checks.
  public var issues: [Issue] = []
  /// What would be better otherwise, what matters most first.
  public var advice: [SetupAdvice] = []
  /// What was tried and how long it took, in the order of the checks; empty unless that was asked for.
  public var steps: [SetupStep] = []
  public var validatedAt: Timestamp

  /// A report without a statement.
  public init(validatedAt: Timestamp) { self.validatedAt = validatedAt }

  /// Adds a statement after those that are there.
  public mutating func add(_ issue: Issue) { issues.append(issue) }

  /// How many statements have this level.
  public func count(_ level: Level) -> Int { issues.count { $0.level == level } }

  /// No error.
  public var isValid: Bool { count(.error) == 0 }

  /// The worst level: error, warning or success.
  public var overallStatus: Level {
    isValid ? (count(.warning) > 0 ? .warning : .success) : .error
  }

  /// In the order in which they were first checked.
  public var components: [String] {
    var names: [String] = []
    for issue in issues where !names.contains(issue.component) { names.append(issue.component) }
    return names
  }
}
