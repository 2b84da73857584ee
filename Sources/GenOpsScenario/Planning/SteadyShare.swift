import GenOpsHistory
import GenOpsNumerics
import GenOpsUnits

/// The part of a daily series that is the same on every day of the week: what servers do, where the
/// rest follows people.
///
/// People's week is read from another series, such as events. With f and e the two series as
/// multiples of their own seven days around each day, and their means by weekday, f − 1 = (1 − p)(e − 1):
/// a least squares slope of 1 − p. The means are taken first, because the scatter of single days would
/// flatten the slope. Its error comes from whole weeks, as days of one week are not independent. Days
/// cannot show nights; only weekends and the like are seen.
struct SteadyShare {
  /// The estimate of p and its standard error.
  let share: Double
  let standardError: Double

  /// The last weeks that are looked at: servers come and go.
  private static let weeks = 26
  /// With fewer weeks an error cannot be told.
  private static let leastWeeks = 8
  /// A wider 90 % interval than this to either side tells nothing that a guess would not.
  private static let widest = 0.15
  /// The least spread of people's week, as a standard deviation: below it the days scatter and show no week.
  private static let leastSpread = 0.03

  /// Nil where the week of people is too weak, or the history too short, to tell.
  init?(of series: UsageSeries, beside people: UsageSeries?) {
    guard let people else { return nil }
    let end = min(series.end, people.end)
    // Whole weeks, the latest first; each day by its weekday, less 1.
    var weeks: [[(f: Double, e: Double)]] = []
    for week in 0..<SteadyShare.weeks {
      let days = (0..<7).compactMap { day -> (f: Double, e: Double)? in
        let date = end.advanced(by: -7 * week - day - 4)
        guard let f = SteadyShare.relative(series, date),
          let e = SteadyShare.relative(people, date)
        else { return nil }
        return (f - 1, e - 1)
      }
      if days.count == 7 { weeks.append(days) }
    }
    let count = Double(weeks.count)
    guard weeks.count >= SteadyShare.leastWeeks else { return nil }
    let profile = (0..<7).map { day in
      (
        f: weeks.reduce(0) { $0 + $1[day].f } / count, e: weeks.reduce(0) { $0 + $1[day].e } / count
      )
    }
    let squares = profile.reduce(0) { $0 + $1.e * $1.e }
    guard (squares / 7).squareRoot() >= SteadyShare.leastSpread else { return nil }
    let slope = profile.reduce(0) { $0 + $1.e * $1.f } / squares
    let residuals = weeks.reduce(0) { sum, week in
      let residual = zip(profile, week).reduce(0) { $0 + $1.0.e * ($1.1.f - slope * $1.1.e) }
      return sum + residual * residual
    }
    share = 1 - slope
    standardError = (residuals * count / (count - 1)).squareRoot() / (count * squares)
    guard SteadyShare.z * standardError <= SteadyShare.widest else { return nil }
  }

  /// The 95 % point of the standard normal distribution.
  private static let z = 1.6448536269514722

  /// 90 % sure that the share lies between, within 0 and 1.
  var interval: (low: Double, high: Double) {
    let half = SteadyShare.z * standardError
    return (min(1, max(0, share - half)), min(1, max(0, share + half)))
  }

  /// `40-55 %`.
  var percent: String {
    let (low, high) = interval
    // Each lies within 0 and 1.
    return "\(Int((low * 100).rounded()))-\(Int((high * 100).rounded())) %"
  }

  var distribution: UncertainValue {
    // A share lies within 0 and 1. Where the interval would reach beyond an end, the normal is replaced by
    // a uniform one over the part that is possible, so that no draw is negative.
    let (low, high) = interval
    if high < 0.005 { return .constant(0) }
    if low > 0.995 { return .constant(1) }
    if standardError > 0, low > 0, high < 1 { return .normal(mean: share, sd: standardError) }
    return low < high ? .uniform(low: low, high: high) : .constant(low)
  }

  /// A day as a multiple of the mean of the seven days around it; nil where one of them is unknown.
  private static func relative(_ series: UsageSeries, _ day: CalendarDay) -> Double? {
    var sum = 0.0
    for offset in -3...3 {
      guard let value = series[day.advanced(by: offset)] else { return nil }
      sum += value
    }
    return sum > 0 ? (series[day] ?? 0) * 7 / sum : nil
  }
}
