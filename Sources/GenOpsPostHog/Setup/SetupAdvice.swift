import GenOpsGovernance
public import GenOpsUnits

/// Something that would be better otherwise although nothing is wrong.
public struct SetupAdvice: Sendable, Hashable {
  /// How much it matters, most first.
  public enum Priority: String, Sendable, Hashable, CaseIterable {
    case high, medium, low
  }

  /// `Attribution`, `Budgets`, …
  public var category: String
  /// A sentence without a full stop.
  public var recommendation: String
  /// A command that does it.
  public var command: String
  public var priority: Priority

  /// `command` is one line for a shell.
  public init(
    _ category: String, _ recommendation: String, command: String, priority: Priority
  ) {
    self.category = category
    self.recommendation = recommendation
    self.command = command
    self.priority = priority
  }

  /// The keys of the integration guide.
  public var json: JSONValue {
    [
      "category": .string(category), "recommendation": .string(recommendation),
      "command": .string(command), "priority": .string(priority.rawValue),
    ]
  }
}

extension AdapterSettings {
  /// What would be better otherwise, what matters most first: at most five entries, without those that the
  /// settings follow already.
  public var advice: [SetupAdvice] {
    var advice: [SetupAdvice] = []
    func add(
      _ isOpen: Bool, _ category: String, _ text: String, _ command: String,
      _ priority: SetupAdvice.Priority
    ) {
      if isOpen {
        advice.append(SetupAdvice(category, text, command: command, priority: priority))
      }
    }
    add(
      findings.all.contains { ["team-missing", "project-missing"].contains($0.code) },
      "Attribution", "name the team and the project that pay, so that costs can be told apart",
      "export GENOPS_TEAM=growth GENOPS_PROJECT=shop", .high)
    add(
      openingUsage.isEmpty && billingAnswer == nil, "Opening",
      "tell what the month has used so far, so that every price is known",
      "export GENOPS_BILLING_ANSWER=billing.json", .high)
    add(
      mode == .advisory && isGovernanceEnabled && attribution.environment == "production",
      "Governance", "enforce the budgets in production; advisory mode refuses nothing",
      "export GENOPS_GOVERNANCE_POLICY=enforced", .medium)
    add(
      monthlyBudgetLimit == nil, "Budgets",
      "set what a month may cost; days alone may add up to thirty times their limit",
      "export GENOPS_MONTHLY_BUDGET_LIMIT=2000", .medium)
    add(
      otlpEndpoint == nil && metricsExport.isEmpty, "Telemetry",
      "send metrics and spans to a collector, so that costs are seen where other numbers are",
      "export OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318", .low)
    return advice
  }
}
