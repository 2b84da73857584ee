// A web server whose budget lives in a ledger, so that all processes of the host share it: `Server`. It
// serves ten requests to itself, more than the budget allows events, and prints what became of them.
import Foundation
import GenOpsCosting
import GenOpsGovernance
import GenOpsHummingbird
import GenOpsLedger
import GenOpsPostHog
import GenOpsTelemetry
import GenOpsUnits
import Hummingbird
import HummingbirdTesting

@main
struct Server {
  static func main() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "genops-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let ledger = try Ledger(path: folder.appending(path: "ledger.sqlite").path)
    let account = try ledger.account("production")

    // The first million of events is free and used up; each more costs 0.00005 USD, so the budget is for
    // five. The ledger hands it out in parts: events that come before the next part are refused too.
    var opening = OpeningBalance.nothing
    opening.current[.events] = 1_000_000
    var configuration = AdapterConfiguration(
      plan: GovernancePlan(
        mode: .enforced,
        budgets: [Budget(name: "day", limit: Money(nanos: 250_000), period: .day)]),
      opening: opening)
    configuration.use(account)
    let transport = CountingTransport()
    let adapter = try PostHogAdapter(configuration, transport: transport)

    let router = Router()
    router.add(middleware: AnalyticsMiddleware(adapter))
    router.get("signup/:user") { _, context in
      GenOps.capture("signed up", distinctID: try context.parameters.require("user"))
      return "welcome"
    }
    router.get("metrics") { _, _ in PrometheusText.render(adapter.metrics()) }

    try await Application(router: router).test(.router) { client in
      var answered = 0
      for user in 0..<10 {
        let status = try await client.execute(uri: "/signup/\(user)", method: .get) { $0.status }
        if status == .ok { answered += 1 }
      }
      let metrics = try await client.execute(uri: "/metrics", method: .get) {
        String(buffer: $0.body)
      }
      print(
        "answered \(answered) of 10 requests, sent \(transport.count) events,",
        "\(metrics.split(separator: "\n").count) lines of metrics")
    }
    try adapter.releaseLeases()
    try account.close(at: SystemClock().now())
  }
}
