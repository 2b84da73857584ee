import GenOpsCosting
import GenOpsMetering
import GenOpsPostHog
import GenOpsSimulation
import GenOpsUnits

/// Why items of a replay have no price. The adapter counts them and knows two causes: a month whose usage
/// so far is not known, and a book that lacks the price. Only one of them holds for a replay.
enum UnpricedItems {
  /// The findings of a replay, with the meters that the book has no price for, and what would have one.
  static func told(_ replay: EventReplay, _ configuration: AdapterConfiguration) -> Findings {
    let calculator = configuration.calculator
    let missing = replay.meters.filter { calculator.table(for: $0.meter) == nil }.map { $0.meter }
    if missing.isEmpty { return replay.findings }
    let names = missing.map(\.id).joined(separator: ", ")
    return Findings(
      replay.findings.all.map { finding in
        guard finding.code == "price-unknown" else { return finding }
        var told = finding
        told.message += ": \(calculator.book.id) has none for \(names)"
        told.help =
          book(of: missing).map { "take a book that has it: --book \($0)" }
          ?? "add their rates to a book of your own, and name it with --book"
        return told
      })
  }

  /// The newest book that comes with the program and has a price for every one of `meters`.
  private static func book(of meters: [Meter]) -> String? {
    PriceBooks.builtIn.entries.first { entry in
      meters.allSatisfy { entry.kind.rate(of: $0) != nil }
    }?.name
  }
}
