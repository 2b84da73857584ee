import GenOpsUnits

/// Works out what a notation comes to when its names are the variables of a table.
struct FormulaEvaluator {
  let table: VariableTable

  /// The measure of the whole text. An interval stands only where `mayRange`: it would be a draw
  /// without a name.
  func measure(_ notation: Notation, mayRange: Bool) throws(FormulaFailure) -> Measure {
    let low = try side(notation.low)
    guard let part = notation.high else { return low }
    guard mayRange else {
      throw FormulaFailure(
        code: "interval-in-formula", message: "an interval inside a formula has no name",
        help: "give it one under variables:, and use that here")
    }
    return try interval(low, try side(part))
  }

  private func interval(_ low: Measure, _ high: Measure) throws(FormulaFailure) -> Measure {
    guard case .constant(let a) = low.value, case .constant(let b) = high.value else {
      throw FormulaFailure(
        code: "interval-in-formula", message: "an interval runs between two known numbers",
        help: "add what is uncertain: base + spread")
    }
    // A unit, a period or a sign that is written once covers both.
    func agree(_ a: [String], _ b: [String]) -> Bool {
      a.isEmpty || b.isEmpty || a.map(Measure.singular) == b.map(Measure.singular)
    }
    guard agree(low.units, high.units), agree(low.per, high.per),
      low.sign == .none || high.sign == .none || low.sign == high.sign
    else {
      throw FormulaFailure(
        code: "unit-mismatch", message: "\(low.unitText) to \(high.unitText) is not an interval",
        help: "write both in one unit")
    }
    do {
      var measure = high
      measure.value = try UncertainValue.between(a, b)
      measure.sign = low.sign == .none ? high.sign : low.sign
      if high.units.isEmpty { measure.units = low.units }
      if high.per.isEmpty { measure.per = low.per }
      return measure
    } catch {
      throw FormulaFailure(
        code: "reversed-range", message: "the interval runs from the larger to the smaller number",
        help: "write the smaller one first")
    }
  }

  /// All there is, or one end of an interval: a sign in front of everything marks a change, as in
  /// `+15%`.
  private func side(_ part: Notation.Part) throws(FormulaFailure) -> Measure {
    var measure = try value(part)
    if case .signed = part.form, measure.sign == .none { measure.sign = .change }
    return measure
  }

  private func value(_ part: Notation.Part) throws(FormulaFailure) -> Measure {
    var measure: Measure
    switch part.form {
    case .number(let number, let isFactor):
      measure = Measure(
        .constant(number.approximate), sign: isFactor ? .factor : .none, isFigures: true)
    case .name(let name):
      guard let variable = try table.measure(name) else { throw table.unknown(name) }
      measure = variable
    case .group(let inner): measure = try value(inner)
    case .signed(let isNegative, let inner):
      measure = try value(inner)
      if isNegative { measure.value = measure.value.scaled(.times(-1)) }
    case .sum(let terms): measure = try sum(terms)
    case .product(let terms): measure = try product(terms)
    }
    if let unit = part.units.first {
      // `hours` of a variable in hours would be its unit twice.
      guard measure.units.isEmpty, measure.per.isEmpty, part.units.count == 1 else {
        let excess = part.units.last ?? unit
        throw FormulaFailure(.unexpected(excess, at: part.offset), table)
      }
      measure.units = [unit]
    }
    measure.per += part.per
    return measure
  }

  private func sum(_ terms: [Notation.Term]) throws(FormulaFailure) -> Measure {
    try folded(terms) { left, term throws(FormulaFailure) in
      let right = try value(term.part)
      do throws(Measure.Mismatch) {
        return try Measure.sum(left, right) { a, b in
          UncertainValue(term.isInverse ? .difference : .sum, a.value, b.value)
        }
      } catch { throw FormulaFailure(error) }
    }
  }

  private func product(_ terms: [Notation.Term]) throws(FormulaFailure) -> Measure {
    try folded(terms) { left, term throws(FormulaFailure) in
      if let period = period(term) {
        var rate = left
        rate.per += period
        return rate
      }
      let right = try value(term.part)
      if term.isInverse, case .constant(0) = right.value {
        throw FormulaFailure(
          code: "division-by-zero", message: "a division by 0 has no value", help: nil)
      }
      do throws(Measure.Mismatch) {
        return try Measure.product(left, right, isQuotient: term.isInverse) { a, b in
          UncertainValue(term.isInverse ? .quotient : .product, a.value, b.value)
        }
      } catch { throw FormulaFailure(error) }
    }
  }

  /// `/month` is "per month", unless a variable is called so.
  private func period(_ term: Notation.Term) -> [String]? {
    guard term.isInverse, case .name(let word) = term.part.form, TimeUnit(word) != nil,
      !table.has(word), term.part.units.isEmpty
    else { return nil }
    return [word] + term.part.per
  }

  private func folded(
    _ terms: [Notation.Term],
    _ combine: (Measure, Notation.Term) throws(FormulaFailure) -> Measure
  ) throws(FormulaFailure) -> Measure {
    var left = try value(terms[0].part)
    for term in terms.dropFirst() {
      left = try combine(left, term)
      if case .derived(let derived) = left.value, derived.formula.stepCount > Formula.maximumSteps {
        throw FormulaFailure(
          code: "too-large",
          message: "this formula, with those of its variables, has more than "
            + "\(Formula.maximumSteps) operations", help: "use fewer variables in it")
      }
    }
    return left
  }
}
