import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits
import Synchronization

/// A spike through an enforced budget: sampling begins, alerts go to people, critical events pass,
/// and no call fails.
func productionPatterns(
  _ make: (GovernancePlan, @escaping @Sendable (AlertNotice) -> Void) throws -> PostHogAdapter
) async throws -> String {
  var plan = GovernancePlan(
    mode: .enforced,
    budgets: [Budget(name: "daily", limit: Money(nanos: 145_000_000), period: .day)])
  plan.trafficSampling = TrafficSampling(highPerMinute: 2000)
  plan.alerting = AlertRules(
    thresholds: [.day: [80, 95]], escalation: ["team_lead", "manager", "finance"])
  let notices = Mutex<[String]>([])
  let adapter = try make(plan) { notice in
    notices.withLock { $0.append("\(notice.recipient ?? "-"): \(notice.message)") }
  }
  let events = (0..<9000).map { number in
    UsageEvent(
      name: number % 50 == 0 ? "purchase" : "$pageview", distinctID: "user-\(number % 3000)",
      uuid: EventUUID(high: 7, low: UInt64(number)),
      timestamp: Timestamp(microseconds: 1_799_582_400_000_000), processPersonProfile: false)
  }
  // One task at a time: which events come first decides which are sampled, and this is an example.
  let result = await HighVolumeProcessor(adapter, maxConcurrency: 1).process(events)
  var counts: [String: Int] = [:]
  for outcome in result.outcomes { counts[outcome.id, default: 0] += 1 }
  let lost = zip(events, result.outcomes).count { $0.name == "purchase" && !$1.wasSent }
  return """
    strategy: \(result.strategy.rawValue)
    \(counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
    cost: \(result.totals.cost) USD, purchases lost: \(lost)
    \(notices.withLock { $0 }.joined(separator: "\n"))

    """
}
