public import GenOpsCosting
public import GenOpsGovernance
public import GenOpsUnits

import GenOpsMetering

/// Looks at settings without sending anything.
public enum SetupCheck {
  /// Everything that can be known of `settings` at `now`, with what ``GenOps`` would make of them.
  ///
  /// - Parameters:
  ///   - settings: As the adapter would get them.
  ///   - calculator: The price book.
  ///   - opening: As the adapter would get it; nil is what the settings say.
  ///   - now: When the adapter would begin.
  ///   - verbose: Whether ``SetupReport/steps`` tells what was tried and how long it took.
  ///   - timer: Measures that.
  ///   - configure: As the adapter would get it. A ledger that it gives is neither read nor written.
  /// - Returns: Statements by component.
  public static func report(
    _ settings: AdapterSettings, calculator: CostCalculator = CostCalculator(),
    opening: OpeningBalance? = nil, now: Timestamp, verbose: Bool = false,
    timer: DeliveryTimer = .system, configure: (inout AdapterConfiguration) -> Void = { _ in }
  ) -> SetupReport {
    var report = SetupReport(validatedAt: now)
    report.advice = settings.advice
    let timer = verbose ? timer : nil
    let host = settings.host
    report.step("API key", "looked at the form of the key; PostHog was not asked", timer: timer) {
      checkKey(settings, &$0)
    }
    report.step(
      "Host",
      "read the address: events go to \(host.url("/batch/")), flags are asked at "
        + "\(host.url("/flags/")), by \(SetupReport.client); nothing was sent", timer: timer
    ) { checkHost(settings, &$0) }
    report.step("Attribution", "read who pays, and the tags", timer: timer) {
      checkAttribution(settings, &$0)
    }
    report.step("Budgets", "compared the limits of day, week and month", timer: timer) {
      checkBudgets(settings, &$0)
    }
    report.step("Prices", words(calculator.book), timer: timer) {
      checkPrices(calculator, now, &$0)
    }
    report.step(
      "Settings", "went through what was odd in arguments, environment and file", timer: timer
    ) { for finding in settings.findings.all { add(finding, &$0) } }
    guard !settings.findings.hasErrors else { return report }
    do throws(FindingsError) {
      try report.step("Adapter", trial(settings, now), timer: timer) {
        (report) throws(FindingsError) in
        var configuration = try settings.configuration(
          calculator: calculator, opening: opening, at: now)
        configure(&configuration)
        try SetupTrial(configuration, now).run(&report)
      }
    } catch { for finding in error.findings.all { add(finding, &report) } }
    return report
  }

  private static func words(_ book: PriceBook) -> String {
    "looked at the age of the price book \(book.id) of \(book.retrieved)"
  }

  private static func trial(_ settings: AdapterSettings, _ now: Timestamp) -> String {
    "made the adapter in \(settings.mode.rawValue) mode and captured one event at \(now), into nothing"
  }

  /// What is told of the key is its kind; findings say the rest.
  private static func checkKey(_ settings: AdapterSettings, _ report: inout SetupReport) {
    guard let key = settings.apiKey else {
      if !settings.findings.all.contains(where: { $0.code.hasPrefix("api-key") }) {
        report.add(
          .init(
            .error, "API key", "POSTHOG_API_KEY is not set",
            recommendation: "take the project's key from PostHog > Settings > Project",
            fixCommand: "export POSTHOG_API_KEY=phc_…"))
      }
      return
    }
    if key.revealed.hasPrefix("phc_") {
      report.add(.init(.success, "API key", "a project key (\(key)) is set"))
    }
  }

  private static func checkHost(_ settings: AdapterSettings, _ report: inout SetupReport) {
    let host = settings.host
    guard !settings.findings.all.contains(where: { $0.code == "posthog-host" }) else { return }
    let what =
      host.region.map { "PostHog's cloud in the \($0.uppercased())" } ?? "a host of your own"
    report.add(
      .init(host.region == nil ? .info : .success, "Host", "events go to \(host), \(what)"))
    if host.scheme == "http", host.region == nil {
      report.add(
        .init(
          .warning, "Host", "\(host) is not encrypted",
          recommendation: "use https, unless it is on this machine"))
    }
  }

  private static func checkAttribution(_ settings: AdapterSettings, _ report: inout SetupReport) {
    let parts = Attribution.dimensions.compactMap { name in
      settings.attribution[name].map { "\(name) \($0)" }
    }
    report.add(.init(.success, "Attribution", "costs go to " + parts.joined(separator: ", ")))
  }

  private static func checkBudgets(_ settings: AdapterSettings, _ report: inout SetupReport) {
    for budget in settings.budgets(currency: "USD") {
      if budget.limit == .zero {
        report.add(
          .init(
            .warning, "Budgets", "the \(budget.name) limit is 0 and blocks everything billable",
            recommendation: "leave it out if that is not meant"))
      } else {
        let alerts = budget.alertPercents.map { "\($0)" }.joined(separator: ", ")
        report.add(
          .init(
            .success, "Budgets",
            "\(budget.name) limit \(budget.limit), alerts at \(alerts) percent"))
      }
    }
    if let month = settings.monthlyBudgetLimit, settings.dailyBudgetLimit > month {
      report.add(
        .init(
          .warning, "Budgets",
          "the daily limit \(settings.dailyBudgetLimit) is more than the monthly \(month)",
          recommendation: "the monthly one will always be reached first",
          fixCommand: "export GENOPS_DAILY_BUDGET_LIMIT=…"))
    }
    let effect =
      !settings.isGovernanceEnabled
      ? "governance is off: everything is sent"
      : settings.mode == .advisory
        ? "advisory: nothing is refused" : "\(settings.mode.rawValue): budgets are enforced"
    report.add(.init(settings.isGovernanceEnabled ? .success : .warning, "Governance", effect))
  }

  /// Prices move; a book that is old may be wrong.
  private static func checkPrices(
    _ calculator: CostCalculator, _ now: Timestamp, _ report: inout SetupReport
  ) {
    let age = calculator.book.retrieved.distance(to: now.day)
    let words = "\(calculator.book.id), prices of \(calculator.book.retrieved)"
    if age > 180 {
      report.add(
        .init(
          .warning, "Prices", "\(words): \(age) days old",
          recommendation: "compare it with PostHog's price page, or take a newer version"))
    } else {
      report.add(.init(.success, "Prices", words))
    }
    if now.day < calculator.book.retrieved {
      report.add(
        .init(
          .error, "Clock", "this machine's clock says \(now.day), before its prices were published",
          recommendation: "set the clock: budgets and billing periods go by it"))
    }
  }

  static func add(_ finding: Finding, _ report: inout SetupReport) {
    let level: SetupReport.Level =
      switch finding.severity {
      case .error: .error
      case .warning: .warning
      case .note: .info
      }
    let isCommand = finding.help?.hasPrefix("export ") == true
    let place = finding.location.map { "\($0): " } ?? ""
    report.add(
      .init(
        level, component(finding.code), place + finding.message,
        recommendation: isCommand ? nil : finding.help,
        fixCommand: isCommand ? finding.help : nil))
  }

  private static func component(_ code: String) -> String {
    switch code {
    case _ where code.hasPrefix("api-key"): "API key"
    case "posthog-host", "data-residency", "host-differs": "Host"
    case _ where code.hasPrefix("opening"), "setting-units", "setting-entries", "unknown-series",
      _ where code.hasPrefix("bill-"):
      "Opening"
    case "team-missing", "project-missing", "attribution-name", "environment-name": "Attribution"
    case _ where code.hasPrefix("budget"), "setting-money", "alert-thresholds": "Budgets"
    case _ where code.hasPrefix("compliance"), "unknown-mode", "audit-without-ledger": "Governance"
    default: "Settings"
    }
  }
}
