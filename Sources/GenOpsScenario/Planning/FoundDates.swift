import GenOpsForecasting
import GenOpsNumerics
import GenOpsUnits

/// What the histories of a scenario's streams show of dates of the year that come again while it runs.
struct FoundDates {
  private var found: [(effect: DateEffect, stream: String, more: Int)] = []

  /// The least that a day of a date differs by to be worth a word.
  private static let smallest = 0.05

  /// Takes those of one stream whose days lie in the days that are forecast.
  mutating func take(_ effects: [DateEffect], of stream: String, _ window: PlanWindow) {
    for effect in effects where abs(effect.largest) >= FoundDates.smallest {
      guard let first = effect.days.first?.day, first < window.end, first >= window.forecastStart
      else { continue }
      guard let place = found.firstIndex(where: { $0.effect.name == effect.name }) else {
        found.append((effect, stream, 0))
        continue
      }
      found[place].more += 1
      // The stream that differs most stands for all.
      if abs(effect.largest) > abs(found[place].effect.largest) {
        (found[place].effect, found[place].stream) = (effect, stream)
      }
    }
  }

  /// One finding for each date, whichever streams it moves.
  func tell(at location: SourceLocation?, _ findings: inout Findings) {
    for (effect, stream, more) in found {
      guard let first = effect.days.first, let last = effect.days.last,
        let most = effect.days.max(by: { abs($0.change) < abs($1.change) })
      else { continue }
      let days = first.day == last.day ? "\(first.day)" : "\(first.day) to \(last.day)"
      let times = effect.times == 1 ? "once" : "\(effect.times) times"
      // A factor of exp(±2.5) at most, so the conversion cannot fail.
      let percent = Int((100 * most.change).rounded())
      findings.note(
        "dates-found",
        "\(effect.name), seen \(times), moves \(stream)\(more > 0 ? " and \(more) more" : ""): "
          + "the forecast has it on \(days), with \(percent > 0 ? "+" : "")\(percent) % on "
          + "\(most.day) at most",
        help: "where it will not come again, write: special_dates: none", at: location)
    }
  }
}
