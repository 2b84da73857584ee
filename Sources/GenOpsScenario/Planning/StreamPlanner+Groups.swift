import GenOpsMetering
import GenOpsNumerics
import GenOpsUnits

/// Events with groups, which PostHog counts on a meter of their own beside that of events.
extension StreamPlanner {
  /// Joins each stream of them with the stream of the events that they are, and splits it into the kinds of
  /// those: an event that sampling drops or a lever sends anonymous is on neither meter
  /// (``GenOpsMetering/EventMeter``).
  mutating func joinGroups() {
    for id in planned.streams.ids where planned.streams[id].meter == .groupEvents {
      let name = planned.streams[id].name.split(separator: Meter.groupEvents.id, maxSplits: 1)
      let partner = (name.first.map(String.init) ?? "") + Meter.events.id
      guard let events = planned.streams.ids.first(where: { planned.streams[$0].name == partner })
      else { continue }
      let (groups, all) = (
        planned.streams[id].level(planned.draws), planned.streams[events].level(planned.draws)
      )
      if groups > all * 1.01 {
        findings.warning(
          "groups-exceed-events",
          "\(planned.streams[id].name) comes to \(shortCount(groups)) a day, and events with groups are a part of the "
            + "\(shortCount(all)) events",
          help: "check both numbers", at: scenario.historyLocation ?? scenario.location)
      }
      planned.streams[id].eventsStream = events
      planned.streams[id].effectiveUsers = planned.streams[events].effectiveUsers
      let classes = EventClassifier.standard
      planned.streams[id].mix = planned.streams[events].mix.map { event, share in
        let names = [event, classes.name(of: classes.classify(event))]
        guard names.contains(where: needs.eventNames.contains) else { return (event, share) }
        let assumption = Assumption.groupShare(
          event, mean: planned.draws[share].distribution.mean, at: scenario.historyLocation)
        return (event, planned.draws.draw(assumption, &findings))
      }
    }
  }
}
