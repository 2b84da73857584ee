// A server whose analytics are governed, whole. Its settings are variables of the environment:
// POSTHOG_API_KEY, GENOPS_TEAM, GENOPS_PROJECT, GENOPS_DAILY_BUDGET_LIMIT, OTEL_EXPORTER_OTLP_ENDPOINT, …
import Foundation
import GenOpsHummingbird
import GenOpsLedger
import GenOpsPostHog
import GenOpsPostHogHTTP
import GenOpsTelemetry
import Hummingbird

@main
struct Shop {
  static func main() async {
    do {
      try await serve()
    } catch {
      // A line for each finding about the settings. Thrown out of `main` they would come with a crash report.
      FileHandle.standardError.write(Data("\(error)\n".utf8))
      exit(1)
    }
  }

  static func serve() async throws {
    let environment = Environment()
    let settings = AdapterSettings.read()
    let exchange = HTTPClientExchange()

    // Budgets of all processes of this host, and the events that PostHog has not taken yet.
    let ledger = try Ledger(
      path: environment.get("LEDGER") ?? "shop.ledger", options: .init(acceptance: .onDisk))
    let account = try ledger.account("production")

    let delivery = try EventDelivery(
      DeliveryConfiguration(settings), exchange: exchange, spool: account)
    let exporters = try TelemetryExporters(settings, exchange: exchange)
    let adapter = try GenOps.bootstrap(settings, transport: delivery) { configuration in
      configuration.use(account)
      exporters.connect(&configuration)
    }
    let flags = FeatureFlags(try FlagConfiguration(settings), adapter: adapter, exchange: exchange)
    GenOps.install(flags: flags)
    let batcher = EventBatcher(adapter)

    let router = Router()
    router.add(middleware: AnalyticsMiddleware(adapter))
    router.get("signup/:user") { _, context in
      let user = try context.parameters.require("user")
      GenOps.capture("signed up", ["plan": "pro"], distinctID: user)
      let isNew = await GenOps.isFeatureEnabled("new-welcome", distinctID: user)
      return isNew ? "hello" : "welcome"
    }
    router.get("search/:user") { _, context in
      batcher.add("searched", distinctID: try context.parameters.require("user"))
      return "nothing found"
    }
    router.get("metrics") { _, _ in exporters.prometheusText(adapter) ?? "" }

    let analytics = PostHogService(
      delivery, flags: flags,
      running: [batcher, LedgerUpkeep(account, of: adapter), exporters.watching(adapter)],
      exchange: exchange)
    let port = environment.get("PORT", as: Int.self) ?? 8080
    // SIGTERM ends the server, then the analytics, each part in its turn.
    try await Application(
      router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)),
      services: [analytics]
    ).runService()
  }
}
