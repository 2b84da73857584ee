public import GenOpsNumerics
public import GenOpsUnits

/// Calendar effects together, as one multiplier for each day of UTC.
///
/// ```swift
/// let calendar = CalendarProfile(effects: [("holidays", holidays), ("spring", campaign)], day:
/// berlin) let inputs = calendar.inputs                       // register these with an
/// InputSampler let profile = calendar.profile(from: day, count: 365, values: sampler.values(path:
/// path))
/// ```
public struct CalendarProfile: Sendable {
  public let effects: [(name: String, effect: any CalendarEffect)]
  public let day: BusinessDay

  /// The effects have different names.
  public init(effects: [(name: String, effect: any CalendarEffect)], day: BusinessDay = .utc) {
    self.effects = effects
    self.day = day
  }

  /// What may be uncertain in all of them, in order, constants included: `spring.by`.
  public var inputs: [UncertainInput] {
    effects.flatMap { name, effect in
      effect.parameters.map { UncertainInput("\(name).\($0.name)", $0.distribution) }
    }
  }

  /// The multipliers of `count` days from `first` on. `values` has a number for each of ``inputs``.
  public func profile(from first: CalendarDay, count: Int, values: [Double]) -> [Double] {
    // A day more at each end: a day of UTC holds a part of a neighbour.
    var local = [Double](repeating: 1, count: max(0, count) + 2)
    var next = 0
    local.withUnsafeMutableBufferPointer { local in
      for (_, effect) in effects {
        let size = effect.parameters.count
        effect.multiply(
          local, from: first.advanced(by: -1), values: Array(values[next..<next + size]))
        next += size
      }
    }
    return day == .utc
      ? Array(local[1..<local.count - 1]) : day.days(fromLocal: local, first: first)
  }

  /// ``profile(from:count:values:)`` with everything at its median.
  public func medianProfile(from first: CalendarDay, count: Int) -> [Double] {
    profile(from: first, count: count, values: inputs.map { $0.distribution.quantile(0.5) })
  }
}
