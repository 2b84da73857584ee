package import GenOpsMetering

/// Data that governance kept from PostHog, as means over paths, in items: events, or recordings,
/// requests and the like where those are what a stream offers.
package struct LostData: Sendable, Hashable {
  package var refused: Double
  package var sampled: Double
  /// Refused or sampled units of critical classes; a part of the two above.
  package var critical: Double
  /// Everything offered in the period, whatever is lost of it; of one month what was offered of the kinds that
  /// are lost.
  package var offered: Double
  /// What was lost by event class, largest first.
  package var byClass: [(name: String, lost: Double)]
  /// What was lost by what an item is counted on, in the order of meters; only what was lost. Empty
  /// where it is not told apart, as for one month.
  package var byMeter: [(meter: Meter, lost: Double)]
  /// The same of everything offered, lost or not. Empty where it is not told apart.
  package var offeredByMeter: [(meter: Meter, offered: Double)] = []

  package init(
    refused: Double, sampled: Double, critical: Double, offered: Double,
    byClass: [(name: String, lost: Double)], byMeter: [(meter: Meter, lost: Double)] = []
  ) {
    self.refused = refused
    self.sampled = sampled
    self.critical = critical
    self.offered = offered
    self.byClass = byClass
    self.byMeter = byMeter
  }

  package var total: Double { refused + sampled }

  /// The part of what was offered that is lost, of the meter that loses the largest part: things that are not
  /// alike have no common part, and rows would drown events, and events recordings.
  package var share: Double {
    guard !offeredByMeter.isEmpty else { return offered > 0 ? total / offered : 0 }
    return byMeter.map { share(of: $0.meter) }.max() ?? 0
  }

  /// The part of what was offered on `meter` that is lost.
  package func share(of meter: Meter) -> Double {
    let lost = byMeter.first { $0.meter == meter }?.lost ?? 0
    let offered = offeredByMeter.first { $0.meter == meter }?.offered ?? 0
    return offered > 0 ? lost / offered : 0
  }

  /// Whether more is lost than in `other`, or more that is critical.
  package func isMore(than other: LostData) -> Bool {
    total > other.total || critical > other.critical
  }

  package static func == (a: LostData, b: LostData) -> Bool {
    a.refused == b.refused && a.sampled == b.sampled && a.critical == b.critical
      && a.offered == b.offered && a.byClass.elementsEqual(b.byClass, by: ==)
      && a.byMeter.elementsEqual(b.byMeter, by: ==)
      && a.offeredByMeter.elementsEqual(b.offeredByMeter, by: ==)
  }
  package func hash(into hasher: inout Hasher) {
    hasher.combine(refused)
    hasher.combine(sampled)
  }
}
