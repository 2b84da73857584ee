import GenOpsScenario

/// The busiest day of each stream in each month of one future: so much no day of the month passes.
struct DayPeaks {
  /// Units by stream then month: all, the identified ones, the others.
  private(set) var units: [Int64]
  private(set) var identified: [Int64]
  private(set) var anonymous: [Int64]
  let monthCount: Int
  private let monthDays: [Int]

  /// Without any unit; `monthDays` are the days of each month of the period.
  init(streams: Int, monthDays: [Int]) {
    self.monthDays = monthDays
    monthCount = monthDays.count
    units = [Int64](repeating: 0, count: streams * monthDays.count)
    identified = units
    anonymous = units
  }

  /// Takes the peaks of a future's units and identified units, by stream then day.
  mutating func take(_ units: [Int64], _ identified: [Int64]) {
    var day = 0
    for place in self.units.indices {
      var (all, known, unknown): (Int64, Int64, Int64) = (0, 0, 0)
      for _ in 0..<monthDays[place % monthCount] {
        all = max(all, units[day])
        known = max(known, identified[day])
        unknown = max(unknown, units[day] &- identified[day])
        day += 1
      }
      self.units[place] = all
      self.identified[place] = known
      self.anonymous[place] = unknown
    }
  }
}
