import GenOpsNumerics
public import GenOpsUnits

/// A ``CalendarProfile`` over a fixed range of days, for many paths: what is certain is computed
/// once, the rest anew for each path. One belongs to one worker.
public struct CalendarWalk {
  /// The multipliers of the last path; those of the certain effects before the first.
  public private(set) var days: [Double]

  private let first: CalendarDay
  /// Business days, one more at each end: the product of the certain effects.
  private let certain: [Double]
  private let uncertain: [Part]
  /// Nil where the business day is UTC.
  private let parts: [Double]?
  private var local: [Double]

  private struct Part {
    var effect: any CalendarEffect
    /// Where its values lie among the profile's inputs.
    var values: Range<Int>
  }

  /// The factors of `count` days, the first of them `first`.
  public init(_ profile: CalendarProfile, from first: CalendarDay, count: Int) {
    self.first = first
    days = [Double](repeating: 1, count: count)
    var certain = [Double](repeating: 1, count: count + 2)
    var uncertain: [Part] = []
    var next = 0
    for (_, effect) in profile.effects {
      let distributions = effect.parameters.map(\.distribution)
      if distributions.allSatisfy(\.isConstant) {
        certain.withUnsafeMutableBufferPointer {
          effect.multiply(
            $0, from: first.advanced(by: -1), values: distributions.map { $0.quantile(0.5) })
        }
      } else {
        uncertain.append(Part(effect: effect, values: next..<next + distributions.count))
      }
      next += distributions.count
    }
    self.certain = certain
    self.uncertain = uncertain
    parts = profile.day == .utc ? nil : profile.day.parts(from: first, count: count)
    local = certain
    toUTC()
  }

  /// Whether every path is the same.
  public var isCertain: Bool { uncertain.isEmpty }

  /// The multipliers of a path: ``CalendarProfile/profile(from:count:values:)`` into ``days``.
  /// `values` has a number for each of the profile's inputs.
  public mutating func walk(_ values: [Double]) {
    if uncertain.isEmpty { return }
    local.withUnsafeMutableBufferPointer { local in
      for day in local.indices { local[day] = certain[day] }
      for part in uncertain {
        part.effect.multiply(
          local, from: first.advanced(by: -1), values: Array(values[part.values]))
      }
    }
    toUTC()
  }

  private mutating func toUTC() {
    if let parts {
      for day in days.indices { days[day] = BusinessDay.mixed(local, at: day, part: parts[day]) }
    } else {
      for day in days.indices { days[day] = local[day + 1] }
    }
  }
}
