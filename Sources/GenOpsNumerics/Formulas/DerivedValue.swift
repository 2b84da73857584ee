import Foundation
import GenOpsUnits
import Synchronization

/// An uncertain number that is computed from variables: it draws nothing itself, so that a variable
/// is one draw per path however often it is used.
public struct DerivedValue: Sendable, Hashable {
  public let formula: Formula
  fileprivate let samples: Samples

  /// The variable at a place among the drawn ones, with its values at evenly spread points.
  init(variable index: Int, at points: [Double]) {
    self.init(.variable(index), points)
  }

  /// Two numbers put together, at least one of which is derived.
  init(_ operation: Formula.Operation, _ a: UncertainValue, _ b: UncertainValue) {
    let (left, right) = (a.samples, b.samples)
    let values = (0..<max(left.count, right.count)).map { point in
      // A constant has one value for all points.
      operation(left[min(point, left.count - 1)], right[min(point, right.count - 1)])
    }
    self.init(Formula(operation, a.formula, b.formula), values)
  }

  private init(_ formula: Formula, _ values: [Double]) {
    self.formula = formula
    samples = Samples(values)
  }

  /// Its values at evenly spread points of the variables, as if none were correlated: for means and
  /// quantiles that are shown or checked before anything is drawn.
  var preview: EmpiricalDistribution { samples.distribution }

  /// The value for these values of the variables; the median where none have been drawn on this path.
  func value(_ variables: [Double]) -> Double {
    variables.isEmpty ? preview.quantile(0.5) : formula.value(variables)
  }

  /// The same in another unit.
  func scaled(_ change: UnitChange) -> DerivedValue {
    DerivedValue(formula.scaled(change), samples.values.map { Formula.finite(change.apply($0)) })
  }

  /// Values by point. They are sorted only when more than the values is needed: a long formula has hundreds
  /// of parts whose distribution is never read.
  fileprivate final class Samples: Sendable, Hashable {
    let values: [Double]
    private let sorted = Mutex<EmpiricalDistribution?>(nil)

    init(_ values: [Double]) { self.values = values }

    var distribution: EmpiricalDistribution {
      sorted.withLock { known in
        if let known { return known }
        let made = EmpiricalDistribution(values: values)
        known = made
        return made
      }
    }

    static func == (a: Samples, b: Samples) -> Bool { a === b || a.values == b.values }
    func hash(into hasher: inout Hasher) { hasher.combine(values.first) }
  }
}

extension UncertainValue {
  /// Two numbers put together; known ones at once.
  init(_ operation: Formula.Operation, _ a: UncertainValue, _ b: UncertainValue) {
    if case .constant(let left) = a, case .constant(let right) = b {
      self = .constant(operation(left, right))
    } else {
      self = .derived(DerivedValue(operation, a, b))
    }
  }

  fileprivate var formula: Formula {
    switch self {
    case .constant(let number): .constant(number)
    case .derived(let derived): derived.formula
    // Distributions without a name do not get into formulas.
    case .distribution, .truncated: .constant(mean)
    }
  }

  /// One value for all points, or one for each.
  fileprivate var samples: [Double] {
    switch self {
    case .constant(let number): [number]
    case .derived(let derived): derived.samples.values
    case .distribution, .truncated: [mean, mean]
    }
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
