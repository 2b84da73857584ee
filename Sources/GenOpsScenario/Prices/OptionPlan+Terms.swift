package import GenOpsCosting
package import GenOpsUnits

extension OptionPlan {
  /// The terms that settle what ends on `day`: those of the account hold whatever the book is.
  package func terms(on day: CalendarDay) -> BillingTerms { SettledPeriod.agreed(self, on: day).0 }

  /// What bills before a plan have used of those terms, of "as is": it wrote them.
  package func standing(on day: CalendarDay, after earlier: [EarlierUsage]) -> AccountStanding {
    let (terms, account) = SettledPeriod.agreed(self, on: day)
    return SettledPeriod.standings(self, earlier, billedAs: self)[account] ?? AccountStanding(terms)
  }
}
