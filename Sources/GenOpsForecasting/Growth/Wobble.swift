import Foundation
public import GenOpsNumerics
import GenOpsUnits

/// What changes from day to day around a growth: a geometric Brownian motion with mean 1.
public struct Wobble: Sendable, Hashable {
  /// Standard deviation of the change of the logarithm over one year.
  public var volatility: UncertainValue

  /// `volatility` is σ of the logarithm over one year.
  public init(volatility: UncertainValue) { self.volatility = volatility }

  /// None at all.
  public static let none = Wobble(volatility: .constant(0))

  /// The value of `wobble` in a growth, such as `20% per year`.
  static func take(from keys: inout MappingReader, _ findings: inout Findings) -> Wobble {
    guard let node = keys.take("wobble"),
      let volatility = RateText.read(node, key: "wobble", as: .volatility, &findings)
    else { return .none }
    return Wobble(volatility: volatility)
  }

  var isNone: Bool { volatility == .constant(0) }

  var parameters: [GrowthParameter] { [GrowthParameter("wobble", volatility)] }

  /// The volatility of one path, the last of a model's parameters.
  func drawn(_ stream: inout RandomStream) -> Double { max(0, volatility.value(&stream)) }

  /// Writes a path of multipliers with mean 1 each day; draws nothing when there is no wobble.
  func path(into days: UnsafeMutableBufferPointer<Double>, stream: inout RandomStream) {
    path(into: days, volatility: drawn(&stream), stream: &stream)
  }

  /// The same for a volatility that is drawn already. It takes its numbers for all days at once, so
  /// it comes after whatever else a model draws.
  func path(
    into days: UnsafeMutableBufferPointer<Double>, volatility: Double, stream: inout RandomStream
  ) {
    if isNone {
      days.update(repeating: 1)
    } else {
      Wobble.brownian(into: days, growthPerDay: 0, volatility: volatility, stream: &stream)
    }
  }

  /// S₀ = 1, S_d = exp((g − s²/2)·d + s·W_d) with s the volatility per √day: E[S_d] = exp(g·d).
  static func brownian(
    into days: UnsafeMutableBufferPointer<Double>, growthPerDay g: Double, volatility: Double,
    stream: inout RandomStream
  ) {
    guard days.count > 0 else { return }
    days[0] = 1
    let later = UnsafeMutableBufferPointer(rebasing: days[1...])
    stream.fillNormals(later)
    let s = volatility / 365.25.squareRoot()
    let drift = g - s * s / 2
    var level = 0.0
    for index in later.indices {
      level += drift + s * later[index]
      later[index] = level
    }
    Exponential.apply(later)
  }

  /// A walk taken one day at a time, for models that draw something else on each day.
  struct Walk {
    private let s: Double
    private var level = 0.0

    init(volatility: Double) { s = volatility / 365.25.squareRoot() }

    /// The next day's multiplier; draws nothing without volatility.
    mutating func next(_ stream: inout RandomStream) -> Double {
      if s == 0 { return 1 }
      level += s * stream.normal() - s * s / 2
      return exp(level)
    }
  }
}
