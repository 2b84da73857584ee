import Foundation
import GenOpsHistory
import GenOpsNumerics
package import GenOpsScenario
import GenOpsUnits

/// The uncertain inputs of a plan by the names that correlations use, the same for the terminal and
/// the page.
package enum InputText {
  /// What stands above the rows.
  package static let titles = ["Uncertain input", "5 %", "mean", "95 %"]
  /// What a reader has to know of the numbers.
  package static let note =
    "Each is drawn once per future. Growth is per month, usage per day, a span in days."

  /// A name and its three values for each input that is uncertain.
  package static func rows(_ plan: Plan) -> [[String]] {
    plan.inputs.sampler.inputs.filter { !$0.distribution.isConstant }.map { input in
      let values = [
        input.distribution.quantile(0.05), input.distribution.mean,
        input.distribution.quantile(0.95),
      ]
      return [input.name] + values.map { isDate(input.name) ? date($0) : number($0) }
    }
  }

  /// The first days of faults and calendar effects, and the peak of a season, are days since 1970.
  static func isDate(_ name: String) -> Bool {
    (name.hasPrefix("fault.") || name.hasPrefix("calendar."))
      && (name.hasSuffix(".from") || name.hasSuffix(".peak"))
  }

  static func date(_ day: Double) -> String {
    Int32(exactly: day.rounded(.down)).map { "\(CalendarDay(number: $0))" } ?? number(day)
  }

  /// Three digits below a thousand; no negative zero.
  private static func number(_ value: Double) -> String {
    guard value.isFinite else { return "?" }
    if abs(value) >= 1000 { return shortCount(value) }
    if value == 0 { return "0" }
    // Of a number that is not 0 the logarithm lies between -324 and 3.
    let digits = max(0, 2 - Int(log10(abs(value)).rounded(.down)))
    let scale = pow(10, Double(min(digits, 6)))
    let rounded = (value * scale).rounded() / scale
    return rounded == 0 ? "0" : Int64(exactly: rounded).map(String.init) ?? "\(rounded)"
  }
}
