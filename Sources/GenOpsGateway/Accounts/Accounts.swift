import GenOpsLedger
import GenOpsPostHog
import GenOpsUnits
import Logging

/// The billing accounts of a gateway, and whose a key is.
struct Accounts: Sendable {
  /// The default one first.
  let all: [BillingAccount]
  private let byKey: [String: BillingAccount]
  let ledger: Ledger

  init(
    _ configuration: GatewayConfiguration, exchange: any HTTPExchange, logger: Logger,
    clock: any WallClock
  ) throws {
    let ledger = try Ledger(
      path: configuration.ledger + "/genops.ledger", options: .init(acceptance: .onDiskSynced))
    self.ledger = ledger
    all = try configuration.accounts.map {
      try BillingAccount(
        $0, of: configuration, in: ledger, exchange: exchange, logger: logger, clock: clock)
    }
    var byKey: [String: BillingAccount] = [:]
    for (settings, account) in zip(configuration.accounts, all) {
      for key in settings.keys { byKey[key] = account }
    }
    self.byKey = byKey
  }

  /// The account of a key: the default one where no account names it.
  func account(of key: String?) -> BillingAccount? { key.flatMap { byKey[$0] } ?? all.first }
}
