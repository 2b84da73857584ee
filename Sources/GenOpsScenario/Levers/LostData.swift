/// Data that governance kept from PostHog, as means over paths, in events (or other units).
package struct LostData: Sendable, Hashable {
  package var refused: Double
  package var sampled: Double
  /// Refused or sampled units of critical classes; a part of the two above.
  package var critical: Double
  /// Everything offered, the base of the percentage.
  package var offered: Double
  /// What was lost by event class, largest first.
  package var byClass: [(name: String, lost: Double)]

  package init(
    refused: Double, sampled: Double, critical: Double, offered: Double,
    byClass: [(name: String, lost: Double)]
  ) {
    self.refused = refused
    self.sampled = sampled
    self.critical = critical
    self.offered = offered
    self.byClass = byClass
  }

  package var total: Double { refused + sampled }
  package var share: Double { offered > 0 ? total / offered : 0 }

  package static func == (a: LostData, b: LostData) -> Bool {
    a.refused == b.refused && a.sampled == b.sampled && a.critical == b.critical
      && a.offered == b.offered && a.byClass.elementsEqual(b.byClass, by: ==)
  }
  package func hash(into hasher: inout Hasher) {
    hasher.combine(refused)
    hasher.combine(sampled)
  }
}
