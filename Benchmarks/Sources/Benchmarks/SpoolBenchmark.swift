import Foundation
import GenOpsGovernance
import GenOpsLedger
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits
import Synchronization

/// Delivery with the ledger as the spool (`.soon`) beside delivery without: a steady stream of events
/// to a server in this process that answers after a millisecond. Each round is one run of either, in
/// turn; printed are events accepted per second of the stream and the median and p99 of `capture`.
func benchmarkSpool(perSecond: Int, seconds: Int, rounds: Int) async throws {
  let folder = FileManager.default.temporaryDirectory.appending(
    path: "genops-spool-\(ProcessInfo.processInfo.processIdentifier)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  print("spool: \(perSecond) events/s for \(seconds) s, beside a run without, \(rounds) rounds")
  var ratios: [(delivered: Double, p99: Double)] = []
  for round in 1...max(1, rounds) {
    let without = try await SpoolRun.measure(nil, perSecond: perSecond, seconds: seconds)
    let file = folder.appending(path: "\(round).ledger").path
    let with = try await SpoolRun.measure(file, perSecond: perSecond, seconds: seconds)
    print("round \(round): without \(without)")
    print("round \(round): .soon   \(with)")
    ratios.append((with.delivered / without.delivered, with.p99 / without.p99))
  }
  let delivered = ratios.map(\.delivered).sorted()[ratios.count / 2]
  let p99 = ratios.map(\.p99).sorted()[ratios.count / 2]
  print(String(format: "median: delivered/s %.2f times, p99 of capture %.2f times", delivered, p99))
}

/// One run of a stream.
struct SpoolRun: CustomStringConvertible {
  /// Events per second, from the first capture to the last acceptance.
  var delivered: Double
  /// Of `capture`, in microseconds.
  var median: Double
  var p99: Double
  /// Median of the first of each hundred: the thread has slept, and its caches hold other work.
  var first: Double
  var lost: Int
  var copies: Int

  var description: String {
    String(
      format: "%.0f delivered/s, capture median %.1f us p99 %.1f us (first of a hundred %.1f us), "
        + "lost %d, copies %d",
      delivered, median, p99, first, lost, copies)
  }

  /// PostHog, which answers after a millisecond.
  private final class Server: HTTPExchange {
    func send(_ request: WireRequest) async throws -> WireReply {
      try await Task.sleep(for: .milliseconds(1))
      return WireReply(status: 200)
    }
  }

  static func measure(_ file: String?, perSecond: Int, seconds: Int) async throws -> SpoolRun {
    let account = try file.map { path in
      try Ledger(path: path, options: .init(acceptance: .soon, keepsDelivered: false))
        .account("main")
    }
    var limits = DeliveryLimits()
    limits.capacity = 50_000
    limits.concurrentRequests = 2
    let delivery = try EventDelivery(
      DeliveryConfiguration(
        endpoints: [DeliveryEndpoint(host: .us, key: Secret("phc_benchmark"))], limits: limits),
      exchange: Server(), spool: account)
    var configuration = AdapterConfiguration(
      attribution: Attribution(team: "growth"), opening: .nothing)
    if let account { configuration.use(account) }
    let adapter = try PostHogAdapter(configuration, transport: delivery)
    let sending = Task { await delivery.run() }
    let start = ContinuousClock.now
    var times: [Int64] = []
    times.reserveCapacity(perSecond * seconds)
    // A hundred a tick: what a server's requests look like, and the pace is kept.
    let tick = Duration.seconds(1) * 100 / perSecond
    for number in 0..<(perSecond * seconds / 100) {
      try await Task.sleep(until: start + tick * number, clock: .continuous)
      for place in 0..<100 {
        let id = UInt64(number * 100 + place)
        let event = UsageEvent(
          name: "search", distinctID: "user-\(id % 5000)", uuid: EventUUID(high: 1, low: id),
          timestamp: SystemClock().now(),
          properties: ["plan": "pro", "results": .integer(place), "query": "swift on linux"])
        let before = ContinuousClock.now
        adapter.capture(event, session: nil)
        let parts = (ContinuousClock.now - before).components
        times.append(parts.seconds * 1_000_000_000 + parts.attoseconds / 1_000_000_000)
      }
    }
    await delivery.flush(timeout: nil)
    let took = (ContinuousClock.now - start).components
    delivery.shutDown()
    await sending.value
    try adapter.releaseLeases()
    try account?.close(at: SystemClock().now())
    let firsts = stride(from: 0, to: times.count, by: 100).map { times[$0] }.sorted()
    times.sort()
    let counts = delivery.counts
    return SpoolRun(
      delivered: Double(counts.accepted) / (Double(took.seconds) + Double(took.attoseconds) / 1e18),
      median: Double(times[times.count / 2]) / 1000,
      p99: Double(times[times.count * 99 / 100]) / 1000,
      first: Double(firsts[firsts.count / 2]) / 1000, lost: counts.lost, copies: counts.copies)
  }
}
