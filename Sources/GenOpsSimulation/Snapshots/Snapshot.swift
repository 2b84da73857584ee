import GenOpsNumerics
package import GenOpsScenario
package import GenOpsUnits

/// What a scenario said when it was last looked at, with everything that is needed to say why it
/// says something else now: its text, the prices in use, the digests of its data.
package struct Snapshot: Sendable {
  /// A number of the run.
  package struct Figure: Sendable, Hashable {
    package enum Unit: String, Sendable, Hashable {
      case money, probability, count
    }
    /// The option, "as is" first.
    package var option: String
    /// As `expect:` writes it: `cost.p90`, `cost.mean(2027-02)`, `breach.probability(year)`.
    package var metric: String
    package var unit: Unit
    package var value: Double

    package init(option: String, metric: String, unit: Unit, value: Double) {
      self.option = option
      self.metric = metric
      self.unit = unit
      self.value = value
    }

    /// Two figures of the same name are the same figure at two times.
    package var name: String { option == "as is" ? metric : "\(option): \(metric)" }
  }

  /// What a book charges at one of its edges.
  package struct Quote: Sendable, Hashable {
    package var book: String
    /// The meter's id.
    package var meter: String
    package var units: Int64
    /// Nil where the price is unknown.
    package var cost: Money?

    package var name: String { "\(book) \(meter) \(groupedDigits(String(units)))" }
  }

  /// How far figures may move without failing. Quotes may not move at all.
  package struct Tolerance: Sendable, Hashable {
    /// A part of the old amount.
    package var cost = 0.001
    /// Of a probability, in itself.
    package var probability = 0.01
    /// A part of the old number of items.
    package var count = 0.001

    package init() {}

    /// Whether `new` is as good as `old`.
    package func allows(_ old: Double, _ new: Double, _ unit: Figure.Unit) -> Bool {
      let most =
        switch unit {
        case .money: max(cost * abs(old), 0.005)
        case .probability: probability
        case .count: max(count * abs(old), 0.5)
        }
      return abs(new - old) <= most * (1 + 1e-9)
    }
  }

  package var paths: Int
  package var tolerance: Tolerance
  package var version: String
  package var mathFingerprint: String
  package var currency: String
  /// Files that the scenario names, with their digests, in the order in which they are named.
  package var data: [(file: String, sha256: String)]
  /// The scenario, line by line.
  package var text: [String]
  /// The rates in use, and from when.
  package var prices: PriceSchedule
  package var quotes: [Quote]
  package var figures: [Figure]

  /// Fewer futures than a run: a snapshot is looked at often, and the same futures are drawn again.
  package static let defaultPaths = 100
}
