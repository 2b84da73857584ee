import Foundation
import GenOpsUnits

/// An uncertain number that is computed from variables: it draws nothing itself, so that a variable
/// is one draw per path however often it is used.
public struct DerivedValue: Sendable, Hashable {
  public let formula: Formula
  /// Its values at evenly spread points of the variables, as if none were correlated: for means and
  /// quantiles that are shown or checked before anything is drawn.
  let preview: EmpiricalDistribution
  /// The value in a path in which nobody has drawn the variables.
  private let usual: Double

  /// `points` are values of the variables at evenly spread points, by variable.
  init(_ formula: Formula, points: [[Double]]) {
    let samples = (0..<(points.first?.count ?? 0)).map { point in
      formula.value(points.map { $0[point] })
    }
    self.init(formula, EmpiricalDistribution(values: samples))
  }

  private init(_ formula: Formula, _ preview: EmpiricalDistribution) {
    self.formula = formula
    self.preview = preview
    usual = preview.quantile(0.5)
  }

  /// The value when the variables have these values.
  func value(_ variables: [Double]) -> Double {
    variables.isEmpty ? usual : formula.value(variables)
  }

  /// The same in another unit.
  func scaled(_ change: UnitChange) -> DerivedValue {
    DerivedValue(
      .scaled(formula, change), EmpiricalDistribution(values: preview.values.map(change.apply)))
  }
}

extension UncertainValue {
  /// The same in another unit.
  public func scaled(_ change: UnitChange) -> UncertainValue {
    if change == .times(1) { return self }
    return switch self {
    case .constant(let value): .constant(change.apply(value))
    case .derived(let value): .derived(value.scaled(change))
    case .distribution, .truncated: .distribution(ScaledDistribution(base: self, change: change))
    }
  }

  /// Whether it is computed from variables and draws nothing itself.
  public var isDerived: Bool { if case .derived = self { true } else { false } }
}

/// A distribution in another unit. Not among the kinds that files can name.
struct ScaledDistribution: Distribution {
  static let name = "scaled"
  static let summary = "a distribution in another unit"
  static let example = ""
  static let manual = KindManual("another distribution in another unit", [:])

  var base: UncertainValue
  var change: UnitChange

  static func decode(_ keys: inout DistributionReader) -> ScaledDistribution? { nil }

  private var isFalling: Bool {
    if case .affine(let factor, _) = change { factor < 0 } else { false }
  }

  var mean: Double {
    if case .affine = change { return change.apply(base.mean) }
    return Inversion.moments { quantile($0) }.mean
  }
  var sd: Double {
    if case .affine(let factor, _) = change { return abs(factor) * base.sd }
    return Inversion.moments { quantile($0) }.sd
  }
  func quantile(_ p: Double) -> Double { change.apply(base.quantile(isFalling ? 1 - p : p)) }

  func probability(atMost x: Double) -> Double {
    switch change {
    case .affine(let factor, let offset):
      let p = base.probability(atMost: (x - offset) / factor)
      return factor < 0 ? 1 - p : p
    case .compound(let months): return base.probability(atMost: pow(1 + x, months) - 1)
    case .loss(let months): return base.probability(atMost: 1 - pow(1 - x, months))
    }
  }
}
