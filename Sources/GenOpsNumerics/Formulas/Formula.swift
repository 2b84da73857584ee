import Foundation

/// Arithmetic on the variables of a file: `mau * (rate + 2)`.
///
/// It is a list of steps, each of which works on earlier ones; the last is the value. What is used
/// several times is one step: with a formula inside a formula as a tree, twenty variables that each use
/// the one before twice would be a million operations.
public struct Formula: Sendable, Hashable {
  /// Two numbers to one.
  enum Operation: Sendable, Hashable {
    case sum, difference, product, quotient

    /// What has no value (a division by 0) is 0.
    func callAsFunction(_ a: Double, _ b: Double) -> Double {
      switch self {
      case .sum: a + b
      case .difference: a - b
      case .product: a * b
      case .quotient: Formula.finite(a / b)
      }
    }
  }

  private enum Step: Sendable, Hashable {
    case constant(Double)
    /// The variable at this place among the drawn ones.
    case variable(Int)
    /// Of the steps at these places.
    case operation(Operation, Int, Int)
    /// A change of unit of the step at this place.
    case scaled(Int, UnitChange)

    /// The same where the steps stand at other places.
    func moved(_ places: [Int]) -> Step {
      switch self {
      case .constant, .variable: self
      case .operation(let operation, let a, let b): .operation(operation, places[a], places[b])
      case .scaled(let a, let change): .scaled(places[a], change)
      }
    }
  }

  /// A formula of more steps, with those of the variables in it, is a mistake or an attack.
  static let maximumSteps = 4096

  private var steps: [Step]

  private init(_ step: Step) { steps = [step] }

  static func constant(_ value: Double) -> Formula { Formula(.constant(value)) }
  static func variable(_ index: Int) -> Formula { Formula(.variable(index)) }

  init(_ operation: Operation, _ a: Formula, _ b: Formula) {
    steps = a.steps
    var known = Dictionary(steps.enumerated().map { ($1, $0) }) { first, _ in first }
    var places: [Int] = []
    for step in b.steps {
      let moved = step.moved(places)
      let place = known[moved] ?? steps.count
      if place == steps.count {
        known[moved] = place
        steps.append(moved)
      }
      places.append(place)
    }
    steps.append(.operation(operation, a.steps.count - 1, places[places.count - 1]))
  }

  /// The same in another unit.
  func scaled(_ change: UnitChange) -> Formula {
    var formula = self
    formula.steps.append(.scaled(steps.count - 1, change))
    return formula
  }

  /// How much work it is.
  var stepCount: Int { steps.count }

  /// The value when the variables have these values.
  func value(_ variables: [Double]) -> Double {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: steps.count) { values -> Double in
      for (place, step) in steps.enumerated() {
        let value =
          switch step {
          case .constant(let value): value
          case .variable(let index): variables.indices.contains(index) ? variables[index] : 0
          case .operation(let operation, let a, let b): operation(values[a], values[b])
          case .scaled(let a, let change): Formula.finite(change.apply(values[a]))
          }
        values.initializeElement(at: place, to: value)
      }
      return values[steps.count - 1]
    }
  }

  static func finite(_ value: Double) -> Double { value.isFinite ? value : 0 }
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
