import Foundation
public import GenOpsNumerics
import GenOpsUnits

/// What changes from day to day around a growth: a geometric Brownian motion with mean 1.
public struct Volatility: Sendable, Hashable {
  /// Standard deviation of the change of the logarithm over one year.
  public var perYear: UncertainValue
  /// Whether somebody said so: 0 % is a statement too.
  public let isGiven: Bool

  /// `perYear` is σ of the logarithm over one year.
  public init(perYear: UncertainValue) { self.init(perYear: perYear, isGiven: true) }

  private init(perYear: UncertainValue, isGiven: Bool) {
    self.perYear = perYear
    self.isGiven = isGiven
  }

  /// Nothing is said of it: a path has none of its own.
  public static let none = Volatility(perYear: .constant(0), isGiven: false)

  /// The value of `volatility` in a growth, such as `20% per year`; older files write `wobble`.
  static func take(from keys: inout MappingReader, _ findings: inout Findings) -> Volatility {
    guard let node = keys.take("volatility", or: "wobble"),
      let value = RateText.read(node, key: "volatility", as: .volatility, &findings)
    else { return .none }
    return Volatility(perYear: value)
  }

  var isNone: Bool { perYear == .constant(0) }

  /// Named as the key was in the first files: the name seeds the parameter's random numbers and
  /// stands in `correlations:`, so another one would change every result that is kept.
  var parameters: [GrowthParameter] { [GrowthParameter("wobble", perYear)] }

  /// The volatility of one path, the last of a model's parameters.
  func drawn(_ generator: inout RandomGenerator) -> Double { max(0, perYear.value(&generator)) }

  /// Writes a path of multipliers with mean 1 each day; draws nothing without volatility.
  func path(into days: UnsafeMutableBufferPointer<Double>, generator: inout RandomGenerator) {
    path(into: days, volatility: drawn(&generator), generator: &generator)
  }

  /// The same for a volatility that is drawn already. It takes its numbers for all days at once, so
  /// it comes after whatever else a model draws.
  func path(
    into days: UnsafeMutableBufferPointer<Double>, volatility: Double,
    generator: inout RandomGenerator
  ) {
    if isNone {
      days.update(repeating: 1)
    } else {
      Volatility.brownian(
        into: days, growthPerDay: 0, volatility: volatility, generator: &generator)
    }
  }

  /// S₀ = 1, S_d = exp((g − s²/2)·d + s·W_d) with s the volatility per √day: E[S_d] = exp(g·d).
  static func brownian(
    into days: UnsafeMutableBufferPointer<Double>, growthPerDay g: Double, volatility: Double,
    generator: inout RandomGenerator
  ) {
    guard days.count > 0 else { return }
    days[0] = 1
    let later = UnsafeMutableBufferPointer(rebasing: days[1...])
    generator.fillNormals(later)
    let s = volatility / 365.25.squareRoot()
    Vector.accumulate(later, drift: g - s * s / 2, spread: s)
    Exponential.apply(later)
  }

  /// A walk taken one day at a time, for models that draw something else on each day.
  struct Walk {
    private let s: Double
    private var level = 0.0

    init(volatility: Double) { s = volatility / 365.25.squareRoot() }

    /// The next day's multiplier; draws nothing without volatility.
    mutating func next(_ generator: inout RandomGenerator) -> Double {
      if s == 0 { return 1 }
      level += s * generator.normal() - s * s / 2
      return Exponential.value(level)
    }
  }
}
