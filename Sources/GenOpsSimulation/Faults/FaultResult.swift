/// What one fault comes to: its cost, when somebody would notice, what would stop it.
package struct FaultResult: Sendable {
  package var name: String
  /// The kind: "bot-storm".
  package var kind: String
  /// The part of futures in which it does anything within the period.
  package var probability: Double
  /// "as is" with it minus without it, over those futures. Negative where it hides usage from the
  /// bill.
  package var cost: ForecastDistribution
  /// Mean units that it adds to meters, or moves to other days.
  package var units: Double
  /// Mean copies that PostHog knows by their uuid and drops.
  package var duplicates: Double
  /// Nil when no budget has an alert.
  package var notice: Notice?
  /// Every option but "as is", in their order.
  package var options: [Answer]

  /// The first alert that the fault raises or brings forward.
  package struct Notice: Sendable {
    /// The part of the futures with the fault in which there is one.
    package var probability: Double
    /// Whole days from its first day; nil when there never is.
    package var days: (p10: Double, p50: Double, p90: Double)?

    package init(probability: Double, days: (p10: Double, p50: Double, p90: Double)?) {
      self.probability = probability
      self.days = days
    }
  }

  /// What an option makes of it.
  package struct Answer: Sendable {
    package var option: String
    /// What the fault still costs under it, mean.
    package var cost: Double
    /// Items that are not the fault's and are lost because of it under this option, mean.
    package var othersLost: Double
    /// Whether it leaves no more than a tenth of the cost.
    package var stops: Bool

    package init(option: String, cost: Double, othersLost: Double, stops: Bool) {
      self.option = option
      self.cost = cost
      self.othersLost = othersLost
      self.stops = stops
    }
  }

  package init(
    name: String, kind: String, probability: Double, cost: ForecastDistribution, units: Double,
    duplicates: Double, notice: Notice?, options: [Answer]
  ) {
    self.name = name
    self.kind = kind
    self.probability = probability
    self.cost = cost
    self.units = units
    self.duplicates = duplicates
    self.notice = notice
    self.options = options
  }

  /// The options that stop it, the one that loses least of everything else first.
  package var stoppedBy: [Answer] {
    options.enumerated().filter(\.element.stops)
      .sorted { ($0.element.othersLost, $0.offset) < ($1.element.othersLost, $1.offset) }
      .map(\.element)
  }

  /// A fault is stopped when no more than this part of its cost is left.
  package static let stoppedPart = 0.1
}
