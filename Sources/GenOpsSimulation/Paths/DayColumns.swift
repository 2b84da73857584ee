import GenOpsAdmission
import GenOpsGovernance
import GenOpsMetering
import GenOpsScenario

/// The usage classes of an option as columns of a count for each day, for days that are admitted together.
///
/// Where nothing is sampled or refused and the cost is not told apart, the parts of a stream that use the same
/// are one column: nothing could treat them differently.
final class DayColumns {
  let counts: DayCounts
  var block: DayBlock
  /// What holds for all classes of a column.
  struct Facts {
    var isEvent: Bool
    var isCritical: Bool
    var isFault: Bool
    var isCountedAsEvents: Bool
    var wasIdentified: Bool
  }

  let facts: [Facts]
  /// Whether the last future can be admitted in these columns: all items are of the day they come on.
  private(set) var isPrompt = false
  /// The first usage class of each column, and the last: parts of a stream, one behind the other.
  private let classes: [ClosedRange<Int>]
  /// The columns whose counts are filled in here, and those of which a part is sampled.
  private let filled: [Bool]
  private let isSampled: [Bool]
  private let losses: FlatBuffer<Loss>

  /// Columns of usage classes that follow `rules`; each of `alike` is one. `counts` may be other options' too,
  /// which walk the same future before this one.
  init(
    _ rules: [ShareRule], alike: [[Int]], isSampled: (Int) -> Bool, isPast: Bool,
    _ counts: DayCounts, _ core: inout AdapterCore
  ) {
    self.counts = counts
    // Each has one class at least, in order.
    classes = alike.map { $0[0]...($0.last ?? $0[0]) }
    self.isSampled = alike.map { isSampled($0[0]) }
    var filled: [Bool] = []
    var columns: [DayBlock.Offered] = []
    for (place, classes) in classes.enumerated() {
      let rule = rules[classes.lowerBound]
      // A class comes with those of the parts behind it; a stream that is not split has one part.
      let part = rule.part ?? 0
      let key = DayCounts.Key(
        stream: rule.share.stream, half: rule.share.half, scale: rule.share.scale,
        weight: rule.weight, isPast: isPast)
      let source = counts.source(
        key, parts: part...max(part, rules[classes.upperBound].part ?? part))
      let (first, isNew) = counts.place(for: source)
      filled.append(isNew)
      columns.append(
        self.isSampled[place]
          ? DayBlock.Offered(rule.share.item, first: first, firstKept: counts.place())
          : DayBlock.Offered(rule.share.item, first: first, firstKept: first, source: source))
    }
    self.filled = filled
    block = core.layOut(columns, shared: counts.meterDays)
    facts = classes.map {
      let share = rules[$0.lowerBound].share
      return Facts(
        isEvent: share.isEvent, isCritical: share.isCritical, isFault: share.isFault,
        isCountedAsEvents: share.isCountedAsEvents,
        wasIdentified: share.wasIdentified)
    }
    losses = FlatBuffer([Loss](repeating: Loss(), count: counts.dayCount))
  }

  /// Fills in the counts of a future.
  func fill(_ shares: [UsageClassShare], _ units: [Int64], _ identified: [Int64], days: Range<Int>)
  {
    isPrompt = block.isPlain
    counts.begin()
    for (column, classes) in classes.enumerated() {
      var share = shares[classes.lowerBound]
      share.high = shares[classes.upperBound].high
      let (first, firstKept) = (block.columns[column].first, block.columns[column].firstKept)
      if filled[column] { counts.fill(first, share, units, identified, days: days) }
      if isSampled[column] { counts.keep(firstKept, of: first, share, days: days) }
      if share.shift != 0, counts.hasItems(first) { isPrompt = false }
    }
  }

  /// Books what is lost day by day. A day on which a part is dropped comes alone.
  func bookLosses(_ days: Range<Int>, _ outcome: inout PathOutcome) {
    for place in 0..<days.count { losses[place] = Loss() }
    counts.counts.withUnsafeBufferPointer { counts in
      for index in block.columns.indices {
        let column = block.columns[index]
        if column.sent == column.count || facts[index].isCountedAsEvents { continue }
        let isFault = facts[index].isFault
        let first = column.first + days.lowerBound
        let firstKept = column.firstKept + days.lowerBound
        for place in 0..<days.count {
          let count = counts[first + place]
          let kept = counts[firstKept + place]
          let sent = days.count == 1 ? column.sent : column.isDropped ? 0 : kept
          losses[place].refused &+= kept &- sent
          if kept > sent { losses[place].darkened &+= count }
          if !isFault { losses[place].others &+= count &- sent }
        }
      }
    }
    for place in 0..<days.count {
      let loss = losses[place]
      outcome.othersLost[days.lowerBound + place] = loss.others
      outcome.darkDays += PathOutcome.darkPart(loss.refused, of: loss.darkened)
    }
  }

  /// What is lost of a day: refused items, what was offered of the columns of which some are refused, and what
  /// is lost of those that no fault makes.
  private struct Loss: BitwiseCopyable {
    var refused: Int64 = 0
    var darkened: Int64 = 0
    var others: Int64 = 0
  }
}
