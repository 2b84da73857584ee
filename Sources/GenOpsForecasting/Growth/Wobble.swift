import Foundation
import GenOpsUnits

/// What changes from day to day around a growth: a geometric Brownian motion with mean 1.
public struct Wobble: Sendable, Hashable {
  /// Standard deviation of the change of the logarithm over one year.
  public var volatility: UncertainValue

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

  /// Writes a path of multipliers with mean 1 each day; draws nothing when there is no wobble.
  func path(into days: UnsafeMutableBufferPointer<Double>, stream: inout RandomStream) {
    if isNone {
      days.update(repeating: 1)
    } else {
      Wobble.brownian(
        into: days, growthPerDay: 0, volatility: max(0, volatility.value(&stream)),
        stream: &stream)
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
}
