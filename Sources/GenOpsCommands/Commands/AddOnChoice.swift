import GenOpsCosting
import GenOpsMetering
import GenOpsUnits

/// The add-ons that a usage is billed with where no scenario says which an account has.
enum AddOnChoice {
  /// Those of `names` that `book` has to have chosen. What it bills without being chosen needs no choice;
  /// what it does not have is not in its cost, which is a warning where `other` has it and else an error.
  static func chosen(
    _ names: [String], in book: PriceBook, beside other: PriceBook, _ findings: inout Findings
  ) -> Set<String> {
    Set(
      names.filter { name in
        var own = Findings()
        var others = Findings()
        if book.addOn(named: name, &own) != nil { return true }
        if other.addOn(named: name, &others) == nil {
          findings.merge(own)
        } else if Meter(named: name).flatMap({ book.rate(of: $0) }) == nil {
          findings.warning(
            "unknown-add-on", "\(book.id) has no add-on called '\(name)': it is not in its cost",
            help: "compare without it too")
        }
        return false
      })
  }

  /// A warning for each meter of `totals` that `book` bills only with an add-on that is not chosen.
  static func missing(_ totals: MeterTotals, _ calculator: CostCalculator) -> Findings {
    calculator.notChosen(totals.used)
  }
}
