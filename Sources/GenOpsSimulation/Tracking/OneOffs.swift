package import GenOpsMetering
package import GenOpsUnits

/// What a forecast says of the days of one month on one meter: the part of the month's units that falls
/// on each day.
package struct DayShape: Sendable, Equatable {
  /// One for each day of the month.
  package var mean, p10, p50, p90: [Double]

  package init(mean: [Double], p10: [Double], p50: [Double], p90: [Double]) {
    self.mean = mean
    self.p10 = p10
    self.p50 = p50
    self.p90 = p90
  }
}

/// A day that is not of the month's usual run.
package struct OneOff: Sendable, Hashable {
  package var meter: Meter
  package var day: CalendarDay
  /// Units above (or, negative, below) what the day would have had in this month's usual run.
  package var units: Int64
  /// The change or calendar effect of the scenario that the day is named by; nil where the day lies far
  /// from all that the forecast allows.
  package var name: String?

  package init(meter: Meter, day: CalendarDay, units: Int64, name: String?) {
    self.meter = meter
    self.day = day
    self.units = units
    self.name = name
  }
}

/// Finds the days of a month that are not of its usual run.
///
/// The month's own level is the median over its known days of actual units over the expected part; so a
/// month that is larger throughout is volume, and has no one-offs. A day is a one-off
/// - when the scenario names it: a change or a dated calendar effect of at most ``longestName`` days;
/// - when it lies more than ``reach`` times as far from the forecast's middle, at that level, as the range of
///   8 in 10 futures does (on the ratio scale), and is at least half as much again or a third less.
///
/// What it would have had is the level times its expected part. The difference is the one-off. Where more
/// than one day in ``mostOfDays`` lies so far, the days have another shape than was expected, which is mix or
/// volume: then only the named ones are one-offs.
package enum OneOffs {
  /// A range of 8 in 10 ends 1.28 standard deviations from the middle of a normal, so this is 3.8 of
  /// them: about one day in 7,000 where nothing happened.
  static let reach = 3.0
  /// However narrow the range is.
  static let least = 1.5
  /// Days. What lasts longer is a change of volume.
  package static let longestName = 14
  /// With fewer known days a month has no usual run.
  static let fewestDays = 7
  /// One day in so many may lie far from all others.
  static let mostOfDays = 10

  /// The one-offs of one meter in one month.
  ///
  /// - Parameters:
  ///   - actual: Units by day of the month from its first; nil for a day that is not known.
  ///   - shape: What the forecast says of the days.
  ///   - meter: The meter.
  ///   - names: Of the days that the scenario names, by day of the month from 0.
  ///   - first: The first day of the month.
  /// - Returns: In the order of the days.
  package static func find(
    _ actual: [Int64?], _ shape: DayShape, meter: Meter, names: [Int: String],
    from first: CalendarDay
  ) -> [OneOff] {
    guard let level = level(actual, shape) else { return [] }
    let found = actual.indices.compactMap { day -> OneOff? in
      guard let units = actual[day], shape.mean.indices.contains(day) else { return nil }
      let usual = Int64(rounding: level * shape.mean[day])
      guard units != usual else { return nil }
      let name = names[day]
      guard name != nil || isFar(Double(units), level, shape, day) else { return nil }
      return OneOff(
        meter: meter, day: first.advanced(by: day), units: units.subtractingClamped(usual),
        name: name)
    }
    let far = found.count { $0.name == nil }
    let isOtherShape = far * mostOfDays > actual.count { $0 != nil }
    return isOtherShape ? found.filter { $0.name != nil } : found
  }

  /// What the month would use if each of its days had its expected part of it.
  static func level(_ actual: [Int64?], _ shape: DayShape) -> Double? {
    let ratios = actual.indices.compactMap { day -> Double? in
      guard let units = actual[day], shape.mean.indices.contains(day), shape.mean[day] > 0 else {
        return nil
      }
      return Double(units) / shape.mean[day]
    }.sorted()
    guard ratios.count >= fewestDays else { return nil }
    let middle = ratios.count / 2
    return ratios.count % 2 == 1 ? ratios[middle] : (ratios[middle - 1] + ratios[middle]) / 2
  }

  private static func isFar(_ units: Double, _ level: Double, _ shape: DayShape, _ day: Int) -> Bool
  {
    let (low, middle, high) = (shape.p10[day], shape.p50[day], shape.p90[day])
    // A day on which the middle of all futures has nothing.
    guard middle > 0 else { return units > level * max(high, shape.mean[day]) * reach + reach }
    func cube(_ ratio: Double) -> Double { ratio * ratio * ratio }
    let most = level * middle * max(cube(high / middle), least)
    let fewest = level * middle * min(cube(low / middle), 1 / least)
    return units > most || units < fewest
  }
}
