package import GenOpsMetering

/// Data that governance kept from PostHog, as means over paths, in items: events, or recordings,
/// requests and the like where those are what a stream offers.
package struct LostData: Sendable, Hashable {
  package var refused: Double
  package var sampled: Double
  /// Refused or sampled units of critical classes; a part of the two above.
  package var critical: Double
  /// Everything offered, the base of the percentage.
  package var offered: Double
  /// What was lost by event class, largest first.
  package var byClass: [(name: String, lost: Double)]
  /// What was lost by what an item is counted on, in the order of meters; only what was lost. Empty
  /// where it is not told apart, as for one month.
  package var byMeter: [(meter: Meter, lost: Double)]

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
  package var share: Double { offered > 0 ? total / offered : 0 }

  /// Whether more is lost than in `other`, or more that is critical.
  package func isMore(than other: LostData) -> Bool {
    total > other.total || critical > other.critical
  }

  package static func == (a: LostData, b: LostData) -> Bool {
    a.refused == b.refused && a.sampled == b.sampled && a.critical == b.critical
      && a.offered == b.offered && a.byClass.elementsEqual(b.byClass, by: ==)
      && a.byMeter.elementsEqual(b.byMeter, by: ==)
  }
  package func hash(into hasher: inout Hasher) {
    hasher.combine(refused)
    hasher.combine(sampled)
  }
}
