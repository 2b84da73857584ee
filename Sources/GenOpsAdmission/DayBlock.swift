import GenOpsGovernance
import GenOpsMetering

/// Columns of items that are offered day by day, laid out for days that are admitted together.
///
/// A column is what is alike: one item with a count for every day. The counts themselves stay with the
/// caller, in one buffer for all columns.
package struct DayBlock: ~Copyable {
  /// What some days bring one column, and what became of it.
  package struct Column: BitwiseCopyable {
    var item: Int32
    var usageClass: Int32
    /// Units of one item on the first of its meters.
    var firstUnits: Int64
    /// Its meters by bit.
    var touched: UInt64
    /// Where its days begin in the caller's buffer: all items, and those that survive sampling.
    package var first: Int
    package var firstKept: Int
    /// Items of the days that were admitted last: all, those that survived sampling, and those that PostHog
    /// did not drop then.
    package internal(set) var count: Int64 = 0
    package internal(set) var kept: Int64 = 0
    package internal(set) var sent: Int64 = 0
    /// Whether PostHog drops all of them.
    package internal(set) var isDropped = false
  }

  /// A column on a meter.
  struct Part: BitwiseCopyable {
    var column: Int
    var units: Int64
  }

  /// A meter with the parts that are on it.
  struct MeterParts: BitwiseCopyable {
    var meter: Int
    var firstPart: Int
    var endPart: Int
    /// Units of the days that are looked at, by the columns that are not dropped.
    var live = 0
  }

  package var columns: FlatBuffer<Column>
  var parts: FlatBuffer<Part>
  var meters: FlatBuffer<MeterParts>
  /// The budgets that look at the meters, and of those the ones that refuse.
  var budgets: FlatBuffer<Int>
  /// By meter of ``meters`` then day: units and nano-units in the billing period up to the day's beginning.
  var usage: FlatBuffer<Int64>
  var cost: FlatBuffer<Int64>
  /// Nano-units of a budget by day.
  var spent: FlatBuffer<Int64>
  /// The columns of a day in slices.
  var sliced: FlatBuffer<SlicedColumn>
  /// Whether days can be admitted together at all: nothing is refused for good, and each budget looks at all
  /// or none of a meter's columns.
  package let isPlain: Bool

  /// The most days that are admitted together: no billing period has more.
  static let mostDays = 31
  /// Numbers by meter: one for the beginning of each day and one for the end.
  static let stride = mostDays + 1
}

extension AdapterCore {
  /// Lays out columns of items. Each says where its counts begin in the caller's buffer, and where those of the
  /// survivors of sampling do: the same where all survive.
  package mutating func layOut(_ offered: [(item: ItemID, first: Int, firstKept: Int)]) -> DayBlock
  {
    var columns: [DayBlock.Column] = []
    var byMeter: [Int: [DayBlock.Part]] = [:]
    var isPlain = rules.plan.mode != .strict && rules.plan.scopedModes.isEmpty
    for (index, (id, firstCount, firstKept)) in offered.enumerated() {
      let item = items[Int(id.number)]
      let first = Int(item.firstTouch)
      let isKept = id.number > 0 && first < Int(item.endTouch)
      if !isKept
        || usageClasses[Int(item.usageClass)].standingRefusal != UsageClassState.admitted
      {
        isPlain = false
      }
      columns.append(
        DayBlock.Column(
          item: id.number, usageClass: item.usageClass,
          firstUnits: isKept ? itemTouches[first].units : 0, touched: item.touched,
          first: firstCount, firstKept: firstKept))
      for position in first..<max(first, Int(item.endTouch)) {
        let touch = itemTouches[position]
        byMeter[touch.meter, default: []].append(
          DayBlock.Part(column: index, units: touch.units))
      }
    }
    var parts: [DayBlock.Part] = []
    var meters: [DayBlock.MeterParts] = []
    for meter in byMeter.keys.sorted() {
      let first = parts.count
      parts += byMeter[meter] ?? []
      meters.append(DayBlock.MeterParts(meter: meter, firstPart: first, endPart: parts.count))
    }
    var seen: [Int] = []
    for budget in budgets.indices {
      let inside = columns.filter { column in
        let usageClass = usageClasses[Int(column.usageClass)]
        return (Int(usageClass.firstBudget)..<Int(usageClass.endBudget)).contains {
          Int(lineBudgets[$0]) == budget
        }
      }
      let looked = columns.filter { $0.touched & budgets[budget].meters != 0 }
      let both = inside.filter { $0.touched & budgets[budget].meters != 0 }
      if both.isEmpty { continue }
      if both.count != looked.count { isPlain = false }
      seen.append(budget)
    }
    let numbers = [Int64](repeating: 0, count: max(1, meters.count) * DayBlock.stride)
    return DayBlock(
      columns: FlatBuffer(columns), parts: FlatBuffer(parts), meters: FlatBuffer(meters),
      budgets: FlatBuffer(seen), usage: FlatBuffer(numbers), cost: FlatBuffer(numbers),
      spent: FlatBuffer([Int64](repeating: 0, count: DayBlock.stride)),
      sliced: FlatBuffer(
        columns.map { _ in
          SlicedColumn(column: 0, usageClass: 0, units: 0, slices: DaySlices(of: 0, kept: 0))
        }), isPlain: isPlain)
  }
}
