import GenOpsPostHog
import GenOpsTestSupport
import GenOpsUnits
import Synchronization
import Testing

@testable import GenOpsTelemetry

@Suite("What exporters do with odd clocks and intervals")
struct BoundTests {
  struct Fixed: WallClock {
    let microseconds: Int64
    func now() -> Timestamp { Timestamp(microseconds: microseconds) }
  }

  @Test(
    "Metrics of a clock beyond the year 2554, whose nanoseconds fit no field, go out all the same",
    arguments: [Int64.max, .min, 32_503_680_000_000_000])
  func clock(_ microseconds: Int64) async throws {
    let exchange = ScriptedExchange()
    let exporter = OTLPExporter(
      endpoint: "http://x", exchange: exchange, clock: Fixed(microseconds: microseconds))
    #expect(await exporter.export(try sampleAdapter().metrics()))
    #expect(exchange.requests.count == 1)
  }

  @Test("An interval of nothing is a hundredth of a second, one without end a hundred years")
  func intervals() async throws {
    for (interval, expected) in [
      (Duration.zero, Duration.milliseconds(10)), (.seconds(-1), .milliseconds(10)),
      (.seconds(Int64.max), .longest),
    ] {
      let log = PauseLog()
      let pause: @Sendable (Duration) async throws -> Void = {
        log.pause($0)
        throw CancellationError()
      }
      await OTLPExporter(endpoint: "http://x", exchange: ScriptedExchange(), pause: pause)
        .run(every: interval)
      await AlertWebhook(url: "http://x", exchange: ScriptedExchange(), pause: pause)
        .run(every: interval)
      #expect(log.all == [expected, expected])
    }
  }
}
