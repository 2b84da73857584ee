import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHog
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import Synchronization

/// A PostHog that accepts everything and keeps the requests.
final class AcceptingExchange: HTTPExchange {
  private let kept = Mutex<[WireRequest]>([])

  func send(_ request: WireRequest) async throws -> WireReply {
    kept.withLock { $0.append(request) }
    return WireReply(status: 200, body: Array(#"{"status":"Ok"}"#.utf8))
  }

  var requests: [WireRequest] { kept.withLock { $0 } }
}

/// A PostHog that takes requests and never answers.
final class SilentExchange: HTTPExchange {
  let asked: AsyncStream<Void>
  private let tell: AsyncStream<Void>.Continuation

  init() { (asked, tell) = AsyncStream.makeStream() }

  func send(_ request: WireRequest) async throws -> WireReply {
    tell.yield()
    let (never, _) = AsyncStream<Void>.makeStream()
    for await _ in never {}
    throw WireFailure.timeout
  }
}

/// The sessions that have ended.
final class SessionLog: Sendable {
  private let kept = Mutex<[AnalyticsSession]>([])
  func add(_ session: AnalyticsSession) { kept.withLock { $0.append(session) } }
  var all: [AnalyticsSession] { kept.withLock { $0 } }
}

/// Lets nobody through before `count` are there.
actor Gate {
  private let count: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(_ count: Int) { self.count = count }

  func arrive() async {
    await withCheckedContinuation { arrived in
      waiting.append(arrived)
      if waiting.count == count {
        for one in waiting { one.resume() }
        waiting = []
      }
    }
  }
}

/// A shop at prices where an anonymous event costs 50,000 nano-dollars from the first on.
func shopConfiguration(_ plan: GovernancePlan = .open) -> AdapterConfiguration {
  AdapterFixture.configuration(plan, attribution: Attribution(team: "web-team", project: "shop"))
}

/// Enforced, and room for one event a day.
let oneEventPlan = GovernancePlan(
  mode: .enforced, budgets: [Budget(name: "day", limit: Money(nanos: 50_000), period: .day)])

func shopAdapter(
  _ plan: GovernancePlan = .open, transport: any Transport = CountingTransport(),
  tracing: AdapterTracing? = nil
) throws -> PostHogAdapter {
  var configuration = shopConfiguration(plan)
  configuration.tracing = tracing
  return try PostHogAdapter(
    configuration, transport: transport, clock: ManualClock("2027-01-10T12:00:00Z"))
}
