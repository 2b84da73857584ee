public import GenOpsMetering
public import GenOpsUnits

/// The usage of one meter in one billing period: a line of units of which each is priced once.
public struct MeterAxis: Sendable, Hashable {
  public var meter: Meter
  /// The first day of the billing period.
  public var period: CalendarDay

  /// `period` is the first day of the billing period.
  public init(_ meter: Meter, period: CalendarDay) {
    self.meter = meter
    self.period = period
  }
}
