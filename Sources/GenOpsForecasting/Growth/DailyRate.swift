import Foundation
import GenOpsNumerics
import GenOpsUnits

/// Rates as people give them, in the unit in which paths walk.
enum DailyRate {
  /// log(1 + rate) per day of a compound rate per month; a rate below −0.99 counts as −0.99.
  static func log(perMonth rate: Double) -> Double {
    log1p(max(-0.99, rate)) / RateText.daysPerMonth
  }
}
