package import GenOpsCosting
import GenOpsHistory
package import GenOpsMetering
import GenOpsScenario
package import GenOpsUnits

/// What the model says of months that were billed, against the bills.
package struct BillCheck: Sendable, Hashable {
  package struct Month: Sendable, Hashable {
    package var month: CalendarMonth
    package var modelled: Money
    package var billed: Money

    package init(month: CalendarMonth, modelled: Money, billed: Money) {
      self.month = month
      self.modelled = modelled
      self.billed = billed
    }
  }
  /// How far the model is above a bill, as a part of it; nil of a bill of nothing.
  package static func difference(_ modelled: Money, _ billed: Money) -> Double? {
    billed == .zero
      ? nil : (modelled.approximate - billed.approximate) / billed.approximate
  }

  package var months: [Month]
  package var modelled: Money
  package var billed: Money
  /// Within 2 %.
  package var passes: Bool
  /// What was billed and is on neither side, because the history does not have its usage.
  package var leftOut: [Meter]
  /// The account's, where the bills are what remains after it: both sides are then.
  package var discount: Percent?

  package init(
    months: [Month], modelled: Money, billed: Money, passes: Bool, leftOut: [Meter] = [],
    discount: Percent? = nil
  ) {
    self.months = months
    self.modelled = modelled
    self.billed = billed
    self.passes = passes
    self.leftOut = leftOut
    self.discount = discount
  }
}
