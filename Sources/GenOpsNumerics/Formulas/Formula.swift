import Foundation

/// Arithmetic on the variables of a file: `mau * (rate + 2)`.
public indirect enum Formula: Sendable, Hashable {
  case constant(Double)
  /// The variable at this place among the drawn ones.
  case variable(Int)
  case sum(Formula, Formula)
  case difference(Formula, Formula)
  case product(Formula, Formula)
  case quotient(Formula, Formula)
  /// A change of unit.
  case scaled(Formula, UnitChange)

  /// The value when the variables have these values; what has no value (a division by 0) is 0.
  func value(_ variables: [Double]) -> Double {
    switch self {
    case .constant(let value): value
    case .variable(let index): variables.indices.contains(index) ? variables[index] : 0
    case .sum(let a, let b): a.value(variables) + b.value(variables)
    case .difference(let a, let b): a.value(variables) - b.value(variables)
    case .product(let a, let b): a.value(variables) * b.value(variables)
    case .quotient(let a, let b):
      Formula.finite(a.value(variables) / b.value(variables))
    case .scaled(let a, let change): Formula.finite(change.apply(a.value(variables)))
    }
  }

  private static func finite(_ value: Double) -> Double { value.isFinite ? value : 0 }
}

/// How a number in one unit becomes a number in another.
public enum UnitChange: Sendable, Hashable {
  /// factor·x + offset.
  case affine(factor: Double, offset: Double)
  /// Compound growth over `months` months as growth per month: (1 + x)^(1/months) − 1.
  case compound(months: Double)
  /// A part that leaves in `months` months as the part per month: 1 − (1 − x)^(1/months).
  case loss(months: Double)

  /// Times `factor`.
  public static func times(_ factor: Double) -> UnitChange { .affine(factor: factor, offset: 0) }

  func apply(_ x: Double) -> Double {
    switch self {
    case .affine(let factor, let offset): factor * x + offset
    // What falls by everything has no rate; it falls by 99 %.
    case .compound(let months): expm1(log1p(max(-0.99, x)) / months)
    case .loss(let months): -expm1(log1p(-min(0.99, max(0, x))) / months)
    }
  }
}
