package import GenOpsNumerics

/// One uncertain scalar: drawn once per path however often it is used.
package struct PlanDraw: Sendable {
  /// Names its random numbers; the same name is the same draw.
  package var name: String
  package var distribution: UncertainValue
  /// Where it follows from the draws before it, how; the distribution is then its value at their
  /// means.
  package var formula: DrawFormula?
  /// What is assumed, in a few words, where neither data nor the user says it; nil elsewhere.
  package var assumption: String?

  package init(name: String, distribution: UncertainValue, formula: DrawFormula? = nil) {
    self.name = name
    self.distribution = distribution
    self.formula = formula
  }
}

extension Array<PlanDraw> {
  /// The draw called `name`, added when it is new. One name with another distribution is another
  /// number, as where two streams have their own mix.
  mutating func draw(_ name: String, _ distribution: UncertainValue) -> DrawID {
    var name = name
    while let index = firstIndex(where: { $0.name == name }) {
      if self[index].distribution == distribution { return DrawID(index) }
      name += "'"
    }
    return add(PlanDraw(name: name, distribution: distribution))
  }

  /// The draw of a number that follows from other draws of the same path.
  mutating func compute(_ name: String, _ formula: DrawFormula) -> DrawID {
    // At the means of what it follows from: for lists of streams, never for a path.
    let mean = formula.value(map(\.distribution.mean))
    return add(PlanDraw(name: name, distribution: .constant(mean), formula: formula))
  }
}
