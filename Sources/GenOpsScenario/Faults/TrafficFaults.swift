import GenOpsMetering
import GenOpsNumerics
package import GenOpsUnits

/// The faults a scenario can name. A new one is a file in `Faults/` and a line here.
package enum TrafficFaults {
  package static let registry = Registry<any TrafficFault.Type>(
    "fault",
    [
      entry(BotStorm.self),
      entry(RetryStorm.self),
      entry(LeakedKey.self),
      entry(PollBug.self),
      entry(ClockSkew.self),
      entry(DoubleSend.self),
    ])

  private static func entry(_ kind: any TrafficFault.Type) -> Registry<any TrafficFault.Type>.Entry
  {
    Registry.Entry(name: kind.name, summary: kind.summary, kind: kind)
  }
}
