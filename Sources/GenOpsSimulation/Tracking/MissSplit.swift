package import GenOpsMetering
package import GenOpsUnits

/// Why a month's bill is not what was expected: four parts that sum to the miss, to the nano-unit.
///
/// It is price-volume-mix analysis, done by putting one thing after the other in place of what was
/// forecast and pricing the whole bill each time, so that tiers, minimums and credits count as they are:
///
/// | step | usage | prices | what the step adds |
/// |---|---|---|---|
/// | 0 | the expected cost that was said | | |
/// | 1 | expected units of every meter × k | then | volume |
/// | 2 | the actual units without one-offs | then | mix |
/// | 3 | the actual units | then | one-offs |
/// | 4 | the actual units | now | price |
///
/// k is what the meter of volume did: its actual units without one-offs over those expected. A forecast's
/// expected cost is a mean over futures; under tiers it differs from the bill of the expected units. That
/// difference is ``spread``, a part of ``volume``.
package struct MissSplit: Sendable, Hashable {
  package var volume, mix, oneOffs, price: Money
  /// The part of ``volume`` that is there although every meter used what was expected.
  package var spread: Money
  /// The meter by which volume is measured; nil where nothing was expected of any.
  package var meter: Meter?
  /// How many times the expected volume there was; 1 where nothing was expected.
  package var factor: Double

  /// Actual less forecast.
  package var miss: Money { volume + mix + oneOffs + price }

  /// What a month cost or might have cost.
  package struct Bills {
    /// With the prices of the forecast.
    package var then: (MeterTotals) -> Money
    /// With those in force now.
    package var now: (MeterTotals) -> Money

    package init(
      then: @escaping (MeterTotals) -> Money, now: @escaping (MeterTotals) -> Money
    ) {
      self.then = then
      self.now = now
    }
  }
}

extension MissSplit {
  /// Puts one thing after the other in place of what was forecast, and prices the bill each time.
  ///
  /// - Parameters:
  ///   - forecast: The expected cost that was said.
  ///   - expected: The expected units of the month.
  ///   - usual: The actual units without one-offs.
  ///   - actual: The actual units.
  ///   - chosen: The meter of volume; nil takes ``meterOfVolume(_:_:)``.
  ///   - bills: What usage costs.
  package init(
    forecast: Money, expected: MeterTotals, usual: MeterTotals, actual: MeterTotals,
    volume chosen: Meter? = nil, _ bills: Bills
  ) {
    let meter =
      chosen.flatMap { expected[$0] > 0 ? $0 : nil }
      ?? MissSplit.meterOfVolume(expected, bills.then)
    var scaled = expected
    var factor = 1.0
    if let meter {
      for other in expected.used {
        scaled[other] = MissSplit.scaled(expected[other], by: usual[meter], over: expected[meter])
      }
      factor = Double(usual[meter]) / Double(expected[meter])
    }
    let asExpected = bills.then(expected)
    let atVolume = bills.then(scaled)
    let withoutOneOffs = bills.then(usual)
    let atOldPrices = bills.then(actual)
    self.init(
      volume: atVolume - forecast, mix: withoutOneOffs - atVolume,
      oneOffs: atOldPrices - withoutOneOffs, price: bills.now(actual) - atOldPrices,
      spread: asExpected - forecast, meter: meter, factor: factor)
  }

  /// Events where any were expected, because all else follows what people do; else the meter that was
  /// expected to cost most by itself.
  static func meterOfVolume(_ expected: MeterTotals, _ bill: (MeterTotals) -> Money) -> Meter? {
    if expected[.events] > 0 { return .events }
    let costs = expected.used.filter { expected[$0] > 0 }.map { meter in
      (meter: meter, cost: bill(MeterTotals([meter: expected[meter]])))
    }
    // Of equal ones the first in the table.
    return costs.reduce(nil as (meter: Meter, cost: Money)?) { best, one in
      best.map { one.cost > $0.cost ? one : $0 } ?? one
    }?.meter
  }

  /// `units · part / whole`, rounded to whole units, halves up; held at the end of `Int64`. `whole` is
  /// above 0 and the others are not negative.
  static func scaled(_ units: Int64, by part: Int64, over whole: Int64) -> Int64 {
    let product = units.magnitude.multipliedFullWidth(by: max(0, part).magnitude)
    // A quotient beyond 64 bits is beyond what can be counted.
    guard product.high < whole.magnitude else { return .max }
    let (quotient, rest) = whole.magnitude.dividingFullWidth(product)
    let isUp = rest >= whole.magnitude - rest
    return Int64(clamping: quotient).addingClamped(isUp ? 1 : 0)
  }
}
