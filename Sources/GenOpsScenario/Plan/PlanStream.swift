package import GenOpsForecasting
package import GenOpsMetering
import GenOpsNumerics
import GenOpsUnits

/// Usage of one kind and one owner, day by day.
package struct PlanStream: Sendable {
  package enum Weight: Sendable, Hashable {
    case one
    /// This draw, as a share.
    case share(DrawID)
    /// What that share leaves.
    case rest(DrawID)
  }

  /// Shows in `plan`.
  package var name: String
  package var meter: Meter
  package var attribution: Attribution
  /// Level, season, growth, the errors of its history, count noise: a forecast day's mean and how
  /// it scatters, before ``factors``, ``weight`` and changes.
  package var model: StreamModel
  /// Draws that every day is multiplied by: users, what each of them does, servers.
  package var factors: [DrawID] = []
  package var weight = Weight.one
  /// What moves it; nil follows the history, or stays.
  package var growth: GrowthID?
  /// Units of the days that are actual.
  package var actual: [Int64]
  /// Identified units of those days, for event streams.
  package var identifiedActual: [Int64] = []
  /// The draw of the identified share of forecast days; nil for other meters.
  package var identifiedShare: DrawID?
  /// Parts of an event stream: names with the draws of their shares; the rest is "other".
  package var mix: [(event: String, share: DrawID)] = []
  /// The draw of the number of equal users who would scatter as this stream's do when sampled; nil
  /// where nothing is said of its people.
  package var effectiveUsers: DrawID?
  /// Of events with groups: the stream of the events they are; nil where no history or traffic has it.
  package var eventsStream: StreamID?
  package var isPoll = false
  /// The fault that makes this stream; nil for normal usage.
  package var fault: FaultID?
  /// The days of history it rests on, from its first usage on; nil where no history shows it.
  package var historyDays: Int?
  /// The calendar effects that act on it; nil where no date changes anything.
  package var calendar: CalendarGroupID?
  /// Seconds between two polls of a server, where this is a poll stream.
  package var pollInterval = FlagPollers.defaultInterval

  /// Whether its ``actual`` days are those of another stream too, of which it is a part: added up, they
  /// would count twice.
  package var sharesActual: Bool { if case .share = weight { true } else { false } }

  /// Expected units of a day before growth, season and changes.
  package func level(_ draws: [PlanDraw]) -> Double {
    let share =
      switch weight {
      case .one: 1.0
      case .share(let draw): draws[draw].distribution.mean
      case .rest(let draw): 1 - draws[draw].distribution.mean
      }
    return factors.reduce(model.level * share) { $0 * draws[$1].distribution.mean }
  }
}
