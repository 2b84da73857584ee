import GenOpsAdmission
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits

/// An experiment with its cost by variant, AI events, recordings and groups, each on its own meter.
func advancedFeatures(_ adapter: PostHogAdapter) -> String {
  var lines: [String] = []
  let variants = ["control", "test_a", "test_b"]
  for variant in variants {
    let session = adapter.withSession(
      "experiment", attribution: Attribution(feature: "checkout_\(variant)")
    ) { session in
      for number in 0..<30 {
        session.capture(
          "$pageview", distinctID: "user-\(variant)-\(number)",
          properties: ["$feature/checkout": .string(variant)], isIdentified: false)
        if number % (variant == "control" ? 10 : 5) == 0 {
          session.recordConversion(distinctID: "user-\(variant)-\(number)")
        }
      }
      return session
    }
    let totals = session.summary
    lines.append(
      "\(variant): \(totals.eventsCaptured) events, \(totals.conversions) conversions, "
        + "\(totals.costPerConversion ?? .zero) USD each")
  }
  adapter.capture(
    AIGeneration(
      model: "gpt-4-turbo", provider: "openai", inputTokens: 900, outputTokens: 120, latency: 1.2),
    distinctID: "user-1", isIdentified: false)
  adapter.startRecording("session-1", distinctID: "user-1")
  adapter.startRecording("session-1", distinctID: "user-1")
  adapter.group("company", "acme", set: ["plan": "enterprise"])
  for (meter, total) in zip(Meter.allCases, adapter.snapshot().totals) where total.units > 0 {
    lines.append("\(meter.id): \(total.units), \(Money(nanos: total.cost)) USD")
  }
  return lines.joined(separator: "\n") + "\n"
}
