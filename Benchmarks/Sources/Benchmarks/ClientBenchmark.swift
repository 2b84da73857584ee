import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits

/// The work of `peers/capture_posthog.py`, which PostHog's Python client does: calls by name with five
/// properties of ordinary types, once up to the call's return, once on to the bodies of the requests, a
/// hundred events each, which a server in this process takes.
func benchmarkClient(count: Int) async throws {
  for round in 1...3 {
    let call = try medianOfCalls(count)
    let whole = try await delivered(count)
    print(
      "genops round \(round): \(count) calls: cpu \(text(call * 1e6, 3)) us a call, "
        + "\(text(whole * 1e6, 3)) us up to the request")
  }
}

private func configuration() -> AdapterConfiguration {
  AdapterConfiguration(attribution: Attribution(team: "growth"), opening: .nothing)
}

private func callAll(_ adapter: PostHogAdapter, _ count: Int) {
  for number in 0..<count {
    adapter.capture(
      "order_completed", distinctID: "user-\(number % 5000)",
      properties: [
        "plan": "pro", "items": number % 7, "price": 19.99, "gift": number % 2 == 0,
        "query": "swift on linux",
      ], session: nil)
  }
}

/// CPU seconds of a call.
private func medianOfCalls(_ count: Int) throws -> Double {
  let adapter = try PostHogAdapter(configuration(), transport: CountingTransport())
  return medianCPU(runs: 3) { callAll(adapter, count) } / Double(count)
}

/// CPU seconds of an event, all threads together, until its request was answered.
private func delivered(_ count: Int) async throws -> Double {
  struct Server: HTTPExchange {
    func send(_ request: WireRequest) async throws -> WireReply {
      keep(Int64(request.body.count))
      return WireReply(status: 200)
    }
  }
  var limits = DeliveryLimits()
  limits.capacity = count
  limits.capacityBytes = 1 << 40
  let delivery = try EventDelivery(
    DeliveryConfiguration(
      endpoints: [DeliveryEndpoint(host: .us, key: Secret("phc_benchmark"))], limits: limits),
    exchange: Server())
  let adapter = try PostHogAdapter(configuration(), transport: delivery)
  let start = cpuSeconds()
  let sending = Task { await delivery.run() }
  callAll(adapter, count)
  await delivery.flush(timeout: nil)
  let seconds = cpuSeconds() - start
  delivery.shutDown()
  await sending.value
  return seconds / Double(count)
}
