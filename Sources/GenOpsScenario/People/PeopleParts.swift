import GenOpsMetering
import GenOpsNumerics
package import GenOpsUnits

/// What people may do. A new one is a file in `People/` and a line here.
package enum PeopleParts {
  package static let registry = Registry<any PeoplePart.Type>(
    "people part",
    [
      entry(SessionEvents.self),
      entry(EventsPreset.self),
      entry(VisitorArrivals.self),
      entry(SampledRecordings.self),
      entry(SessionFlags.self),
      entry(AIUse.self),
    ])

  private static func entry(_ kind: any PeoplePart.Type) -> Registry<any PeoplePart.Type>.Entry {
    Registry.Entry(name: kind.name, summary: kind.summary, kind: kind)
  }
}
