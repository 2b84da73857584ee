package import GenOpsUnits

/// How often what was said of a month held.
package struct ForecastScore: Sendable, Hashable {
  /// A month that has ended, with what was said of it and what it came to.
  package struct Outcome: Sendable, Hashable {
    package var statement: ForecastStatement
    package var actual: Money
    /// Whether the actual cost lies in the range of 8 in 10 futures, its ends included.
    package var held: Bool {
      statement.cost.p10 <= actual && actual <= statement.cost.p90
    }
    /// Whether it was worked out after the month, from what was known before it.
    package var isLater: Bool { statement.said.day > statement.month.lastDay }

    package init(_ statement: ForecastStatement, actual: Money) {
      self.statement = statement
      self.actual = actual
    }
  }

  /// In the order in which they were said, of each (month, what was known) the last.
  package var outcomes: [Outcome]

  /// `actual` are the months that are known whole. What was said of a month that had begun is not
  /// counted, because a part of it was known.
  package init(_ statements: [ForecastStatement], actual: [CalendarMonth: Money]) {
    struct Key: Hashable {
      var month: CalendarMonth
      var asOf: CalendarDay
    }
    var places: [Key: Int] = [:]
    outcomes = []
    for statement in statements where statement.isAhead {
      guard let cost = actual[statement.month] else { continue }
      let outcome = Outcome(statement, actual: cost)
      let key = Key(month: statement.month, asOf: statement.asOf)
      if let place = places[key] {
        outcomes[place] = outcome
      } else {
        places[key] = outcomes.count
        outcomes.append(outcome)
      }
    }
  }

  package var count: Int { outcomes.count }
  package var held: Int { outcomes.count(where: \.held) }
  /// Nil before any month has ended.
  package var coverage: Double? { count == 0 ? nil : Double(held) / Double(count) }
  /// Those that were worked out after their month.
  package var later: Int { outcomes.count(where: \.isLater) }

  /// The mean of (actual − expected) / expected; above 0 where months cost more than was said. Nil where
  /// no month was expected to cost anything.
  package var bias: Double? { mean { $0 } }
  /// The mean of |actual − expected| / expected.
  package var meanAbsoluteError: Double? { mean { abs($0) } }

  private func mean(_ measure: (Double) -> Double) -> Double? {
    let errors = outcomes.compactMap { outcome -> Double? in
      let expected = outcome.statement.cost.mean.approximate
      return expected > 0 ? measure((outcome.actual.approximate - expected) / expected) : nil
    }
    return errors.isEmpty ? nil : errors.reduce(0, +) / Double(errors.count)
  }

  /// The same by how many months ahead it was said, the nearest first.
  package var byHorizon: [(monthsAhead: Int, held: Int, count: Int)] {
    let horizons = Set(outcomes.map(\.statement.monthsAhead)).sorted()
    return horizons.map { horizon in
      let some = outcomes.filter { $0.statement.monthsAhead == horizon }
      return (horizon, some.count(where: \.held), some.count)
    }
  }
}
