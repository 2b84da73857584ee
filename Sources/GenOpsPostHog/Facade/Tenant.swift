public import GenOpsGovernance
public import GenOpsMetering
public import GenOpsUnits

import GenOpsCosting

/// A tenant as the integration guide describes one: who it is, what it may cost, by which rules.
public struct Tenant: Sendable, Hashable {
  public var id: String
  /// `enterprise`, `professional`, …; names the cost center `tenant_<tier>`.
  public var tier: String
  /// Zero blocks everything billable; nil is not a limit of its own.
  public var dailyBudget: Money?
  public var monthlyBudget: Money?
  public var mode: GovernanceMode
  /// Labels that go out with its events.
  public var tags: [String: String]

  /// A budget of nil is not a limit of its own; one of zero blocks everything billable.
  public init(
    id: String, tier: String = "standard", dailyBudget: Money? = nil, monthlyBudget: Money? = nil,
    mode: GovernanceMode = .enforced, tags: [String: String] = [:]
  ) {
    self.id = id
    self.tier = tier
    self.dailyBudget = dailyBudget
    self.monthlyBudget = monthlyBudget
    self.mode = mode
    self.tags = tags
  }

  /// What its events are attributed to, by the guide's names.
  public var attribution: Attribution {
    Attribution(
      team: "tenant_\(id)", project: "multi_tenant_analytics", customer: id,
      costCenter: "tenant_\(tier)")
  }

  /// Its tags and the guide's `tenant_tier`.
  var labels: [String: String] { tags.merging(["tenant_tier": tier]) { own, _ in own } }

  /// What the tags ask of the account must hold there: rules on data and the host are the
  /// account's, so that a tenant's wish for them would otherwise come to nothing without a word.
  func check(_ configuration: inout AdapterConfiguration, _ findings: inout Findings) {
    var own = Findings()
    let effects = TagMeaning.effects(tags.filter { $0.key != "compliance_level" }, &own)
    findings.merge(own)
    for framework in effects.frameworks where !configuration.plan.compliance.contains(framework) {
      findings.error(
        "compliance-missing",
        "the tenant '\(id)' asks for \(framework.rawValue) and the account does not have its rules",
        help: "add \(framework.rawValue) to the account's rules; they hold for all its tenants")
    }
    guard let region = effects.residency.flatMap({ Residency.Region(rawValue: $0) }),
      let host = configuration.host, !Residency(region).allows(host: host.description),
      configuration.plan.privacy.residency?.region != region
    else { return }
    let place = host.region.map { "is in '\($0)'" } ?? "is not known to lie there"
    let message =
      "the data of the tenant '\(id)' must stay in '\(region.rawValue)' and \(host) \(place)"
    let help = "give it an account with the host https://\(region.rawValue).posthog.com"
    if mode == .strict || host.region != nil {
      findings.error("data-residency", message, help: help)
    } else {
      configuration.remarks.warning("data-residency", message, help: help)
    }
  }

  /// Budgets that look at its usage only.
  func budgets(currency: String) -> [Budget] {
    [("daily", dailyBudget, BudgetPeriod.day), ("monthly", monthlyBudget, .month)].compactMap {
      name, limit, period in
      limit.map {
        Budget(
          name: "\(id) \(name)", limit: $0, currency: currency, period: period,
          scope: Attribution(customer: id))
      }
    }
  }

  /// Reads one of a list of tenants:
  ///
  /// ```yaml
  /// - {tenant_id: enterprise_corp, tier: enterprise, daily_budget: 500.0, compliance_level:
  /// strict}
  /// ```
  ///
  /// `sla`, `region` and `compliance` are short for the tags `sla_level`, `data_residency` and
  /// `compliance_requirements`.
  public init?(_ node: Node, _ findings: inout Findings) {
    var own = Findings()
    defer { findings.merge(own) }
    var keys = MappingReader(node, "a tenant", &own)
    let id = keys.required("tenant_id", example: "tenant_id: enterprise_corp", &own)
      .flatMap { SettingText.text($0, "tenant_id", &own) }
    let tier = keys.take("tier").flatMap { SettingText.text($0, "tier", &own) }
    let daily = keys.take("daily_budget").flatMap { SettingText.money($0, "daily_budget", &own) }
    let monthly = keys.take("monthly_budget").flatMap {
      SettingText.money($0, "monthly_budget", &own)
    }
    let mode = keys.take("compliance_level").flatMap {
      GovernanceMode(word: $0.text ?? "", at: $0.location, &own)
    }
    var tags = keys.take("tags").flatMap { SettingText.tags($0, "tags", &own) } ?? [:]
    // The guide's dictionaries have the short names, its tags the long ones.
    for (name, short) in [
      ("sla_level", "sla"), ("data_residency", "region"),
      ("compliance_requirements", "compliance"),
    ] {
      if let value = keys.take(name) ?? keys.take(short) {
        let words = (value.sequence ?? [value]).compactMap(\.text)
        tags[name] = words.joined(separator: ",")
      }
    }
    keys.finish(&own)
    guard !own.hasErrors, let id else { return nil }
    self.init(
      id: id, tier: tier ?? "standard", dailyBudget: daily, monthlyBudget: monthly,
      mode: mode ?? .enforced, tags: tags)
  }
}

/// The tenants of one billing account: each has its view, its budgets and its mode, and all share
/// the account's tiers and free allotments, because PostHog bills the organization.
public final class TenantDirectory: Sendable {
  /// The account itself.
  public let account: PostHogAdapter
  private let views: [String: PostHogAdapter]

  /// - Throws: Every error of the tenants and the configuration at once, such as a tenant twice.
  public init(
    _ tenants: [Tenant], in configuration: AdapterConfiguration, transport: any Transport,
    clock: any WallClock = SystemClock()
  ) throws(FindingsError) {
    var findings = Findings()
    var configuration = configuration
    var seen: Set<String> = []
    for tenant in tenants {
      if !seen.insert(tenant.id).inserted {
        findings.error(
          "duplicate-tenant", "two tenants are called '\(tenant.id)'", help: "rename one of them")
      }
      tenant.check(&configuration, &findings)
      configuration.plan.budgets += tenant.budgets(
        currency: configuration.calculator.book.currency)
      configuration.plan.scopedModes.append(
        ScopedMode(scope: Attribution(customer: tenant.id), mode: tenant.mode))
    }
    try findings.throwIfErrors()
    account = try PostHogAdapter(configuration, transport: transport, clock: clock)
    var views: [String: PostHogAdapter] = [:]
    for tenant in tenants {
      views[tenant.id] = account.view(tenant.attribution, tags: tenant.labels)
    }
    self.views = views
  }

  /// The adapter of a tenant.
  /// - Throws: `unknown-tenant`, with the nearest name.
  public func adapter(for id: String) throws(FindingsError) -> PostHogAdapter {
    if let view = views[id] { return view }
    throw FindingsError(
      "unknown-tenant", "there is no tenant '\(id)'",
      help: nearestName(to: id, among: ids).map { "did you mean '\($0)'?" })
  }

  /// The tenants' ids, sorted.
  public var ids: [String] { views.keys.sorted() }

  /// What each tenant has cost and may, in the order of ``ids``.
  public var summaries: [CostSummary] { ids.compactMap { views[$0]?.costSummary() } }
}
