package import GenOpsCosting
package import GenOpsForecasting
package import GenOpsGovernance
package import GenOpsMetering
package import GenOpsNumerics
package import GenOpsUnits

/// A question as the user wrote it: what the file says, checked, before anything is computed.
package struct Scenario: Sendable {
  package var name: String
  /// Where the file lies, for the files it names and for messages.
  package var file: String
  package var sha256: String
  package var location: SourceLocation

  /// The months asked about; nil takes the twelve months from the first forecast month.
  package var period: Period?
  package var historyFiles: [FileReference]
  /// Where the scenario names its history, be it one file or a list; nil without one. What is said of
  /// all files together points here.
  package var historyLocation: SourceLocation?
  /// How the days ahead are read from it.
  package var forecaster: ForecasterKind = Forecasters.standard
  /// Dates of the year whose effect is read from it.
  package var specialDates = DailySeries.usualDates
  package var billFiles: [FileReference]
  /// Which prices hold when.
  package var prices: PriceSchedule
  package var addOns: Set<String>
  /// Discount, credits and what else the account has agreed, whatever the book; nil where nothing is
  /// said.
  package var terms: BillingTerms?
  /// What of the account the file says itself: bills do not stand over it.
  package var stated = StatedAccount()
  /// Whether a bill shows that the account's tiers count once a year, where the prices here are a month's.
  package var hasYearlyTiers = false

  /// Named numbers that others are computed from; the uncertain ones are drawn once per path.
  package var variables: VariableTable
  /// What moves together, as written; what there is to name is known once there is a plan.
  package var correlations: Node?
  package var points: InputSampler.Points

  package var growth: [GrowthEntry]
  package var changes: [Change]
  /// Shares of the events by name; what is not named is "other".
  package var mix: [EventShare]
  /// Local-evaluation pollers contained in the history's flag requests.
  package var pollers: FlagPollers?
  package var traffic: [TrafficStream]
  package var attribution: Attribution

  package var governance: GovernancePlan
  package var options: [OptionEntry]
  package var value: ValueCase?
  package var expectations: [ExpectEntry]

  package var seed: UInt64
  package var paths: Int
  package var grain: Grain
  package var billingDay: Int?
  package var openingUsage: MeterTotals?
  package var calendar = ScenarioCalendar()
  /// What is said of the people of a stream, by its name.
  package var people: [String: ScenarioPeople] = [:]
  package var faults: [ScenarioFault] = []
  /// What 'genops optimize' decides; nil where the scenario does not say it.
  package var optimize: OptimizeRequest? = nil
  /// Who answers for its numbers.
  package var stewardship = Stewardship()

  /// The book that holds first.
  package var book: PriceBook { prices.first }

  /// How finely usage goes through the adapter.
  package enum Grain: String, Sendable, CaseIterable {
    /// All alike items of a day at once.
    case binned
    /// Every event by itself, in the plan's order.
    case exact
  }

  /// Whole months, both inclusive.
  package struct Period: Sendable {
    package var first: CalendarMonth
    package var last: CalendarMonth
    package var location: SourceLocation

    package var months: [CalendarMonth] { Array(first...last) }
    package var start: CalendarDay { first.firstDay }
    package var end: CalendarDay { last.advanced(by: 1).firstDay }
    package var dayCount: Int { start.distance(to: end) }
  }

  /// Which facts of the account the scenario says, be it that there is nothing.
  package struct StatedAccount: Sendable, Hashable {
    package var hasAddOns = false
    /// Meters whose limit is set or lifted.
    package var limits: Set<Meter> = []
    /// Where the budgets stand, by name.
    package var budgets: [String: SourceLocation] = [:]
  }

  /// A file a scenario names, relative to the scenario's folder.
  package struct FileReference: Sendable {
    package var path: String
    package var location: SourceLocation

    package init(path: String, location: SourceLocation) {
      self.path = path
      self.location = location
    }
  }

  /// How one meter or stream grows.
  package struct GrowthEntry: Sendable {
    package var target: Target
    package var model: any GrowthModel
    /// Where the history decides the parameters; ``model`` then stands in for it.
    package var fit: GrowthFitRequest?
    /// As written, for reports.
    package var text: String
    package var location: SourceLocation
  }

  /// What a growth or change entry acts on.
  package enum Target: Sendable, Hashable {
    case meter(Meter)
    case flagServers
    /// A stream of `traffic:` or a project of the history by name, or one meter of it: `Web shop/events`.
    case stream(String)
  }

  /// Something known to happen, with an uncertain effect.
  package struct Change: Sendable {
    package var name: String
    package var from: CalendarDay
    /// The last day; nil for ever.
    package var to: CalendarDay?
    package var effects: [Effect]
    package var location: SourceLocation

    package struct Effect: Sendable {
      package enum Kind: Sendable {
        case factor(UncertainValue)
        /// Units (or servers) per day.
        case add(UncertainValue)
      }
      package var target: Target
      package var kind: Kind
      /// Where the target is named.
      package var location: SourceLocation? = nil
    }
  }

  package struct OptionEntry: Sendable {
    package var name: String
    package var levers: [any Lever]
    package var location: SourceLocation
    /// The levers with their values, as written.
    package var written: Node? = nil
    /// The name under which its levers draw, where several options draw the same; nil for its own.
    package var drawsAs: String? = nil
  }

  package struct ExpectEntry: Sendable {
    /// Nil for "as is".
    package var option: String?
    package var expression: Expectation
    package var location: SourceLocation
  }
}
