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
  /// What holds for all classes of a column, from the last future.
  private(set) var lead: [UsageClassShare] = []
  /// Whether the last future can be admitted in these columns: all items are of the day they come on.
  private(set) var isPrompt = false
  /// The first usage class of each column, and the last: parts of a stream, one behind the other.
  private let classes: [ClosedRange<Int>]
  /// The columns whose counts are filled in here, and those of which a part is sampled.
  private let filled: [Bool]
  private let isSampled: [Bool]

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
    var columns: [(item: ItemID, first: Int, firstKept: Int)] = []
    for (place, classes) in classes.enumerated() {
      let rule = rules[classes.lowerBound]
      // A class comes with one of the same stream's parts behind it.
      let parts = rule.part.map { $0...(rules[classes.upperBound].part ?? $0) }
      let key = DayCounts.Key(
        stream: rule.share.stream, half: rule.share.half, scale: rule.share.scale, parts: parts,
        weight: rule.weight, isPast: isPast)
      let (first, isNew) = counts.place(for: key)
      filled.append(isNew)
      columns.append(
        (rule.share.item, first, self.isSampled[place] ? counts.place() : first))
    }
    self.filled = filled
    block = core.layOut(columns)
  }

  /// Fills in the counts of a future.
  func fill(_ shares: [UsageClassShare], _ units: [Int64], _ identified: [Int64], days: Range<Int>)
  {
    isPrompt = block.isPlain
    lead.removeAll(keepingCapacity: true)
    counts.begin()
    for (column, classes) in classes.enumerated() {
      var share = shares[classes.lowerBound]
      share.high = shares[classes.upperBound].high
      lead.append(share)
      let (first, firstKept) = (block.columns[column].first, block.columns[column].firstKept)
      if filled[column] { counts.fill(first, share, units, identified, days: days) }
      if isSampled[column] { counts.keep(firstKept, of: first, share, days: days) }
      if share.shift != 0, counts.hasItems(first) { isPrompt = false }
    }
  }

  /// Books what is lost day by day. A day on which a part is dropped comes alone.
  func bookLosses(_ days: Range<Int>, _ outcome: inout PathOutcome) {
    // Refused items by day, and of the columns of which some are refused what was offered.
    var refused = [Int64](repeating: 0, count: days.count)
    var darkened = refused
    var others = refused
    counts.counts.withUnsafeBufferPointer { counts in
      for index in block.columns.indices {
        let column = block.columns[index]
        let isFault = lead[index].isFault
        // What another column counts as events is lost there.
        if column.sent == column.count || lead[index].isCountedAsEvents { continue }
        for place in refused.indices {
          let count = counts[column.first + days.lowerBound + place]
          let kept = counts[column.firstKept + days.lowerBound + place]
          let sent = days.count == 1 ? column.sent : column.isDropped ? 0 : kept
          refused[place] &+= kept &- sent
          if kept > sent { darkened[place] &+= count }
          if !isFault { others[place] &+= count &- sent }
        }
      }
    }
    for place in refused.indices {
      outcome.othersLost[days.lowerBound + place] = others[place]
      outcome.darkDays += PathOutcome.darkPart(refused[place], of: darkened[place])
    }
  }
}
