import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits

/// What meters come to day by day on one future, kept for accounts that walk it one after the other: who uses a
/// meter as an account before it did, at the same prices, need not add up and price it again.
package final class MeterDays {
  /// Which columns are on a meter and what it costs.
  struct Key: Hashable {
    var meter: Int
    var parts: [Part]
    var tables: [RateTable?]
    var changes: [CalendarDay]
    var billingAnchorDay: Int
  }

  /// A column on a meter, where its parts of a source stand together with those beside them.
  struct Part: Hashable, Comparable {
    var source: DayBlock.Source
    var units: Int64

    static func < (a: Part, b: Part) -> Bool {
      (a.source.number, a.units, a.source.parts.lowerBound)
        < (b.source.number, b.units, b.source.parts.lowerBound)
    }
  }

  /// Days of a billing period, from its first on, that are filled in.
  struct Filled: BitwiseCopyable {
    var from = 0
    var to = 0
  }

  private var places: [Key: Int] = [:]
  private let periods: Int
  /// By key, billing period and day: units and nano-units in the period up to the day's beginning.
  var usage = FlatBuffer<Int64>([])
  var cost = FlatBuffer<Int64>([])
  /// By key then billing period.
  var filled = FlatBuffer<Filled>([])

  /// For futures of some days.
  package init(days: Int) {
    // A billing period has 28 days at least, and the first and the last may be cut.
    periods = days / 28 + 2
  }

  /// Another future follows.
  package func begin() {
    for place in filled.indices { filled[place] = Filled() }
  }

  /// Where the periods of a key begin.
  func place(for key: Key) -> Int {
    if let place = places[key] { return place }
    let place = filled.count
    places[key] = place
    for _ in 0..<periods {
      filled.append(Filled())
      for _ in 0..<DayBlock.stride {
        usage.append(0)
        cost.append(0)
      }
    }
    return place
  }

  /// The number of a billing period from the first on; nil beyond the last.
  func period(from first: Int32, to current: Int32) -> Int? {
    // Periods are months, so their number is the nearest: less than a few thousand.
    let number = Int((Double(current - first) / 30.436875).rounded())
    return number >= 0 && number < periods ? number : nil
  }
}

extension MeterDays.Key {
  /// The key of a meter's columns; nil where one of them is no other's, or where prices change within a billing
  /// period, so that what was used up to a day has two prices.
  init?(_ meter: Int, _ columns: [(source: DayBlock.Source?, units: Int64)], _ rules: Rules) {
    for change in rules.priceChanges {
      let period = BillingPeriod(containing: change.from, anchorDay: rules.billingAnchorDay)
      if period.start != change.from { return nil }
    }
    var parts: [MeterDays.Part] = []
    for column in columns {
      guard let source = column.source else { return nil }
      parts.append(MeterDays.Part(source: source, units: column.units))
    }
    self.parts = []
    for part in parts.sorted() {
      if let last = self.parts.last, last.source.number == part.source.number,
        last.units == part.units,
        last.source.parts.upperBound + 1 == part.source.parts.lowerBound
      {
        // The two stand beside each other, in order.
        self.parts[self.parts.count - 1].source.parts =
          last.source.parts.lowerBound...part.source.parts.upperBound
      } else {
        self.parts.append(part)
      }
    }
    self.meter = meter
    tables = rules.stages.map { $0[meter] }
    changes = rules.priceChanges.map(\.from)
    billingAnchorDay = rules.billingAnchorDay
  }
}
