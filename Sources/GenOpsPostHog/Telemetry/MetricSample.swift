import GenOpsAdmission
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits
import Synchronization

/// One number of an adapter under the names of the integration guide.
public struct MetricSample: Sendable, Hashable {
  /// What a scraper may make of the value.
  public enum Kind: String, Sendable, Hashable {
    /// May rise and fall.
    case gauge
    /// Only rises, until the process begins again.
    case counter
  }

  /// A dimension and its value.
  public struct Label: Sendable, Hashable {
    public var name: String
    public var value: String

    /// `value` may hold any text; formats escape it.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  public var name: String
  public var help: String
  public var kind: Kind
  public var labels: [Label]
  public var value: Double

  /// `name` is one of the integration guide's, `help` a sentence.
  public init(
    _ name: String, _ kind: Kind, help: String, labels: [Label] = [], value: Double
  ) {
    self.name = name
    self.help = help
    self.kind = kind
    self.labels = labels
    self.value = value
  }
}

extension PostHogAdapter {
  /// The numbers of this view and of its account, read under one lock, for whatever exports them.
  ///
  /// | metric | of |
  /// |---|---|
  /// | `posthog_daily_cost`, `posthog_monthly_cost`, `posthog_budget_utilization`,
  /// `posthog_governance_active`, `posthog_events_today`, `posthog_flags_evaluated` | the view |
  /// | `posthog_budget_spent`, `posthog_budget_limit` by `budget` | the account |
  /// | `posthog_delivery_waiting`, `posthog_delivery_spooled`, `posthog_delivery_up` | the transport |
  /// | `genops_ai_cost_total` by `team`, `posthog_events_total` by `team` and `outcome` | the
  /// account |
  /// | `genops_policy_violations_total` by `policy_name` | the account |
  public func metrics() -> [MetricSample] {
    let summary = costSummary()
    let own = ["team", "project", "environment"].compactMap { name in
      attribution[name].map { MetricSample.Label(name, $0) }
    }
    func gauge(_ name: String, _ help: String, _ value: Double) -> MetricSample {
      MetricSample(name, .gauge, help: help, labels: own, value: value)
    }
    var samples = [
      gauge(
        "posthog_daily_cost", "Cost of the UTC day so far, in \(currency).",
        summary.dailyCosts.approximate),
      gauge(
        "posthog_monthly_cost", "Cost of the calendar month so far, in \(currency).",
        summary.monthlyCosts.approximate),
      gauge(
        "posthog_governance_active", "Whether governance is on.",
        summary.isGovernanceEnabled ? 1 : 0),
      gauge(
        "posthog_events_today", "Events sent on the UTC day so far.", Double(summary.eventsToday)),
      gauge(
        "posthog_flags_evaluated", "Flag requests of the UTC day so far, as billed.",
        Double(summary.flagsEvaluatedToday)),
    ]
    if let utilization = summary.dailyBudgetUtilization {
      samples.append(
        gauge("posthog_budget_utilization", "Percent of the daily limit.", utilization))
    }
    let snapshot = snapshot()
    for (budget, standing) in zip(account.configuration.plan.budgets, snapshot.budgets) {
      let label = [MetricSample.Label("budget", budget.name)]
      samples.append(
        MetricSample(
          "posthog_budget_spent", .gauge, help: "Spent in the present period, in \(currency).",
          labels: label, value: standing.window.spent.approximate))
      samples.append(
        MetricSample(
          "posthog_budget_limit", .gauge, help: "What a period may cost, in \(currency).",
          labels: label, value: budget.limitForUsage.approximate))
    }
    return samples + delivery() + teams(snapshot) + violations()
  }

  /// What waits to be sent; none where the transport holds nothing back.
  private func delivery() -> [MetricSample] {
    guard let standing = account.transport.standing else { return [] }
    return [
      MetricSample(
        "posthog_delivery_waiting", .gauge,
        help: "Events in memory that PostHog has not taken yet.",
        value: Double(standing.waiting)),
      MetricSample(
        "posthog_delivery_spooled", .gauge,
        help: "Events of this process that wait on disk only.", value: Double(standing.spooled)),
      MetricSample(
        "posthog_delivery_up", .gauge, help: "Whether a server of PostHog's answers.",
        value: standing.isUnreachable ? 0 : 1),
    ]
  }

  /// By team, in the order of their names.
  private func teams(_ snapshot: CoreSnapshot) -> [MetricSample] {
    var teams: [String: UsageClassTally] = [:]
    for (line, tally) in zip(snapshot.registeredClasses, snapshot.usageClasses) {
      teams[line.attribution.team ?? "none", default: UsageClassTally()].add(tally)
    }
    // A counter never goes back.
    for (team, tally) in snapshot.retired {
      teams[team ?? "none", default: UsageClassTally()].add(tally)
    }
    return teams.sorted { $0.key < $1.key }.flatMap { team, tally in
      let label = MetricSample.Label("team", team)
      let counts: [(String, Int64)] = [
        ("sent", tally.sent), ("refused", tally.refused), ("sampled", tally.sampled),
        ("not_billable", tally.notBillable),
      ]
      return [
        MetricSample(
          "genops_ai_cost_total", .counter,
          help: "Cost of all usage since the process began, in \(currency).",
          labels: [label], value: Money(nanos: tally.cost).approximate)
      ]
        + counts.map { outcome, count in
          MetricSample(
            "posthog_events_total", .counter, help: "Items decided on since the process began.",
            labels: [label, MetricSample.Label("outcome", outcome)], value: Double(count))
        }
    }
  }

  private func violations() -> [MetricSample] {
    let counts = account.state.withLock { $0.refusals }
    return RefusalReason.allCases.compactMap { reason in
      let count = counts[Int(reason.rawValue)]
      if count == 0 { return nil }
      return MetricSample(
        "genops_policy_violations_total", .counter,
        help: "Items refused since the process began, by the rule that did.",
        labels: [MetricSample.Label("policy_name", reason.id)], value: Double(count))
    }
  }
}
