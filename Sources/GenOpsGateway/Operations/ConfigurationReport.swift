import Foundation
import GenOpsGovernance
import GenOpsLedger
import GenOpsPostHog
import GenOpsPostHogHTTP
import GenOpsUnits

/// What `genops-gateway check` says of a configuration.
struct ConfigurationReport {
  private(set) var lines: [String] = []
  private(set) var isGood = true

  /// Opens the ledger, makes what each account is made of, and asks PostHog whether it knows their keys.
  /// - Throws: What is wrong with settings, all of it at once.
  init(_ configuration: GatewayConfiguration, clock: any WallClock = SystemClock()) async throws {
    lines.append("listens on http://\(configuration.host):\(configuration.port)")
    lines.append("sends on to \(configuration.upstream)")
    do throws(LedgerError) {
      _ = try Ledger(path: configuration.ledger + "/genops.ledger")
      lines.append("keeps events in \(configuration.ledger)/genops.ledger")
    } catch {
      fail("the ledger in \(configuration.ledger) cannot be used: \(error)")
    }
    let exchange = HTTPClientExchange()
    var findings = Findings()
    for account in configuration.accounts {
      do throws(FindingsError) {
        let made = try account.settings.configuration(classifier: .standard, at: clock.now())
        let budgets = made.plan.budgets.map { "\($0.name) \($0.limit) \($0.currency)" }
        lines.append(
          "account \(account.name): \(made.plan.mode.rawValue), budgets "
            + (budgets.isEmpty ? "none" : budgets.joined(separator: ", ")))
      } catch { findings.merge(error.findings) }
      await ask(account, configuration, exchange)
    }
    if configuration.attribution.isEmpty {
      lines.append("no attribution rules: everything belongs to the account's own team")
    } else {
      lines.append("\(configuration.attribution.count) attribution rules")
    }
    try await exchange.shutdown()
    try findings.throwIfErrors()
  }

  private mutating func ask(
    _ account: AccountConfiguration, _ configuration: GatewayConfiguration,
    _ exchange: HTTPClientExchange
  ) async {
    var keys = account.keys.sorted()
    if let own = account.settings.apiKey?.revealed, !keys.contains(own) { keys.append(own) }
    let check = PostHogConnectionCheck(exchange: exchange)
    // Without a key PostHog can still say that it is there: it does not know this one.
    for key in keys.isEmpty ? ["phc_genops_gateway_check"] : keys {
      let connection = await check.run(
        DeliveryEndpoint(host: configuration.upstream, key: Secret(key)))
      if keys.isEmpty, connection.answer == .keyRefused || connection.answer == .accepted {
        lines.append("\(configuration.upstream) answers; name a key to ask whether it is known")
        continue
      }
      for issue in connection.issues {
        let text = issue.issue + (issue.recommendation.map { "; \($0)" } ?? "")
        if issue.level == .error { fail(text) } else { lines.append(text) }
      }
    }
  }

  private mutating func fail(_ text: String) {
    isGood = false
    lines.append("error: \(text)")
  }
}
