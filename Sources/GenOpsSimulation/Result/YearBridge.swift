package import GenOpsMetering
package import GenOpsUnits

/// From what the same months cost a year ago to what they are expected to cost, one thing after the other.
///
/// It is price-volume-mix analysis as ``MissSplit`` does it: after each step the whole bill is priced anew, so that
/// tiers, minimums and credits count as they are, and the steps sum to the whole change.
///
/// | step | usage | prices |
/// |---|---|---|
/// | last year | of the same months a year ago | then |
/// | prices and fees | the same | of the period, without credits |
/// | credits | the same | of the period: what they pay more than a year ago |
/// | volume | of each month times what the meter of volume grows by | of the period |
/// | mix | what is expected without known changes, of the meters that the year before knows | of the period |
/// | a meter's name | the same, with that meter, of which the year before is not known whole | of the period |
/// | a change's name | what is expected with the change, in the mean of the futures | of the period |
/// | uncertainty | what a year of uncertain usage costs more than its mean | of the period |
package struct YearBridge: Sendable {
  package struct Step: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
      case prices, credits, volume, mix, unknown, change, uncertainty
    }
    package var kind: Kind
    package var label: String
    /// In currency units.
    package var amount: Double

    package init(kind: Kind, label: String, amount: Double) {
      self.kind = kind
      self.label = label
      self.amount = amount
    }
  }

  /// What each month of the period cost a year before, with the meters that are known.
  package var lastYear: [Money]
  package var steps: [Step]
  /// By what volume is measured.
  package var volumeMeter: Meter?
  /// What is expected of the period.
  package var expected: Double

  package init(
    lastYear: [Money], steps: [Step], volumeMeter: Meter?, expected: Double
  ) {
    self.lastYear = lastYear
    self.steps = steps
    self.volumeMeter = volumeMeter
    self.expected = expected
  }

  /// How far `now` is above what was paid before, as a part of it; nil where nothing was paid.
  package static func change(_ before: Money, _ now: Double) -> Double? {
    before > .zero ? now / before.approximate - 1 : nil
  }

  /// A step as a part of what all months cost a year before; nil where they cost nothing.
  package func part(_ step: Step) -> Double? {
    start > .zero ? step.amount / start.approximate : nil
  }

  /// What all months cost a year before.
  package var start: Money {
    lastYear.reduce(.zero) { Money(nanos: $0.nanos.addingClamped($1.nanos)) }
  }
}
