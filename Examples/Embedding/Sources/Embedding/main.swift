// An application that sends governed events: `Embedding HOST KEY`. Without arguments it only counts.
import AsyncHTTPClient
import GenOpsCosting
import GenOpsGovernance
import GenOpsIngestion
import GenOpsMetering
import GenOpsPostHog
import GenOpsPostHogHTTP
import GenOpsUnits

let arguments = CommandLine.arguments
let clock = SystemClock()

/// A thousand page views under a budget of five cents a day, after a million that are free.
func capture(with transport: any Transport) throws -> CostSummary {
  var opening = OpeningBalance.nothing
  opening.current[.events] = 1_000_000
  let adapter = try PostHogAdapter(
    AdapterConfiguration(
      attribution: Attribution(team: "growth", project: "shop"),
      plan: GovernancePlan(
        mode: .enforced,
        budgets: [Budget(name: "day", limit: Money(nanos: 50_000_000), period: .day)]),
      opening: opening),
    transport: transport)
  for number in 0..<1500 {
    adapter.capture(
      UsageEvent(
        name: "$pageview", distinctID: "user-\(number % 100)", timestamp: clock.now(),
        processPersonProfile: false))
  }
  return adapter.costSummary()
}

/// What a client sent, as it came over the wire, read as events.
func recorded() throws -> [UsageEvent] {
  let body = #"""
    {"api_key":"phc_example","batch":[{"event":"$pageview","distinct_id":"user-1",
    "properties":{},"timestamp":"2027-02-01T10:00:00Z"}]}
    """#
  return try EventReader(Array(body.utf8), name: "body").rest().map(\.event)
}

if arguments.count == 3 {
  let client = HTTPClientExchange.makeClient()
  let delivery = try EventDelivery(
    DeliveryConfiguration(
      endpoints: [
        DeliveryEndpoint(host: try PostHogHost(arguments[1]), key: Secret(arguments[2]))
      ]),
    exchange: HTTPClientExchange(client: client))
  let sending = Task { await delivery.run() }
  let summary = try capture(with: delivery)
  delivery.shutDown()
  await sending.value
  try await client.shutdown()
  print("spent \(summary.dailyCosts) USD today, delivered \(delivery.counts.accepted) events")
} else {
  let transport = CountingTransport()
  let summary = try capture(with: transport)
  print("spent \(summary.dailyCosts) USD today, sent \(transport.count) of 1500 events")
  print("read \(try recorded().count) recorded event")
}
