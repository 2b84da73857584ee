import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits

/// `PostHogAdapter.capture`: the whole way of an event through metering with deduplication, sampling,
/// budgets, prices and the account's lock into a transport that counts. The loop that makes the events
/// is measured alone too and taken off.
func benchmarkCapture() throws {
  let count = 1_000_000
  let traffic = Traffic()
  let budgets = [
    Budget(name: "month", limit: Money(units: 50_000), period: .month),
    Budget(
      name: "growth", limit: Money(units: 5_000), period: .day, scope: Attribution(team: "growth")),
  ]
  print("capture: \(count) events, 20,000 people, 6 names, uuids, 2 budgets, one thread")
  for (label, sampling) in [
    ("everything kept ", SamplingRates.everything),
    ("views at 10 %   ", SamplingRates(byClass: ["page_view": 0.1])),
  ] {
    var times: [Double] = []
    var sent = 0
    for _ in 0..<5 {
      let transport = CountingTransport()
      let adapter = try PostHogAdapter(
        AdapterConfiguration(
          attribution: Attribution(team: "growth", project: "shop", environment: "production"),
          plan: GovernancePlan(mode: .enforced, budgets: budgets, sampling: sampling),
          opening: .nothing),
        transport: transport)
      let start = cpuSeconds()
      traffic.each(count) { adapter.capture($0, session: nil) }
      times.append(cpuSeconds() - start)
      sent = transport.count
    }
    let bare = medianCPU { traffic.each(count) { touch($0) } }
    let seconds = times.sorted()[2] - bare
    print(
      "  \(label): \(text(Double(count) / seconds / 1e6, 2)) M events/s, "
        + "\(text(seconds / Double(count) * 1e9)) ns each, \(sent) sent "
        + "(and \(text(bare / Double(count) * 1e9)) ns to make one)")
  }
}

/// Takes an event as a call does, so that the compiler makes it whole.
@inline(never)
private func touch(_ event: UsageEvent) {
  keep(Int64(event.distinctID.utf8.first ?? 0))
}

/// Random events, made one at a time in place, as a client makes them. People come and go: 64 are
/// active at a time, a new one every 50 events. The texts of people at random would be cold memory
/// that no client has, and its misses would be half of what is measured.
private struct Traffic {
  let names = ["$pageview", "$autocapture", "$identify", "order_completed", "$exception", "search"]
  let people = (0..<20_000).map { "01932a4c-0000-7000-8000-\(100_000_000_000 + $0)" }
  let properties: JSONValue = ["$current_url": "https://example.com/a", "plan": "free"]
  let start = SystemClock().now()

  @inline(__always)
  func each(_ count: Int, _ body: (UsageEvent) -> Void) {
    var event = UsageEvent(name: "", distinctID: "", timestamp: start, properties: properties)
    var state: UInt64 = 7
    for number in 0..<count {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      event.name = names[Int(state >> 33) % names.count]
      event.distinctID = people[(number / 50 + Int(state >> 40) % 64) % 20_000]
      event.uuid = EventUUID(high: state, low: UInt64(number))
      event.timestamp.microseconds += 10
      event.processPersonProfile = state & 1024 == 0 ? false : nil
      body(event)
    }
  }
}
