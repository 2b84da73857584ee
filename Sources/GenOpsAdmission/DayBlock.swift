import GenOpsCosting
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
    /// Whether some of its prices are of packages.
    var isPackaged: Bool
    /// Where its days are shared, by billing period; -1 for nowhere.
    var shared = -1
    /// How many columns are not dropped.
    var live = 0
    /// Units and nano-units in the billing period up to the beginning of each day that is looked at, and up to
    /// the end of the last.
    var usage: UnsafeMutablePointer<Int64>
    var cost: UnsafeMutablePointer<Int64>
  }

  /// Of which items a column is a part.
  package struct Source: Hashable {
    /// Columns of one number and of parts that stand beside each other sum to the column of all these parts.
    package var number: Int
    package var parts: ClosedRange<Int>

    package init(number: Int, parts: ClosedRange<Int>) {
      self.number = number
      self.parts = parts
    }
  }

  /// A column that is to be laid out.
  package struct Offered {
    var item: ItemID
    var first: Int
    var firstKept: Int
    var source: Source?

    /// Items whose counts begin at `first` in the caller's buffer, those of the survivors of sampling at
    /// `firstKept`: the same where all survive. `source` is nil where no other account has the same counts.
    package init(_ item: ItemID, first: Int, firstKept: Int, source: Source? = nil) {
      (self.item, self.first, self.firstKept, self.source) = (item, first, firstKept, source)
    }
  }

  package var columns: FlatBuffer<Column>
  var parts: FlatBuffer<Part>
  var meters: FlatBuffer<MeterParts>
  /// The budgets that look at the meters, and of those the ones that refuse.
  var budgets: FlatBuffer<Int>
  /// By meter of ``meters`` then day: what is not shared.
  let usage: FlatBuffer<Int64>
  let cost: FlatBuffer<Int64>
  /// The days of meters that other accounts come to too.
  let shared: MeterDays?
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
  /// Lays out columns of items. `shared` has the days of accounts that walk each future before this one; nil
  /// for none.
  package mutating func layOut(_ offered: [DayBlock.Offered], shared: MeterDays? = nil) -> DayBlock
  {
    var columns: [DayBlock.Column] = []
    var byMeter: [Int: [DayBlock.Part]] = [:]
    var isPlain = rules.plan.mode != .strict && rules.plan.scopedModes.isEmpty
    for (index, column) in offered.enumerated() {
      let id = column.item
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
          first: column.first, firstKept: column.firstKept))
      for position in first..<max(first, Int(item.endTouch)) {
        let touch = itemTouches[position]
        byMeter[touch.meter, default: []].append(
          DayBlock.Part(column: index, units: touch.units))
      }
    }
    var parts: [DayBlock.Part] = []
    var meters: [DayBlock.MeterParts] = []
    let numbers = [Int64](repeating: 0, count: max(1, byMeter.count) * DayBlock.stride)
    let usage = FlatBuffer(numbers)
    let cost = FlatBuffer(numbers)
    for (place, meter) in byMeter.keys.sorted().enumerated() {
      let first = parts.count
      let own = byMeter[meter] ?? []
      parts += own
      let key = MeterDays.Key(
        meter, own.map { (offered[$0.column].source, $0.units) }, rules)
      meters.append(
        DayBlock.MeterParts(
          meter: meter, firstPart: first, endPart: parts.count,
          isPackaged: rules.stages.contains { $0[meter]?.step.contains { $0 != 1 } == true },
          shared: key.flatMap { key in shared.map { $0.place(for: key) } } ?? -1,
          usage: usage.base + place * DayBlock.stride, cost: cost.base + place * DayBlock.stride))
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
    return DayBlock(
      columns: FlatBuffer(columns), parts: FlatBuffer(parts), meters: FlatBuffer(meters),
      budgets: FlatBuffer(seen), usage: usage, cost: cost, shared: shared,
      spent: FlatBuffer([Int64](repeating: 0, count: DayBlock.stride)),
      sliced: FlatBuffer(
        columns.map { _ in
          SlicedColumn(column: 0, usageClass: 0, units: 0, slices: DaySlices(of: 0, kept: 0))
        }), isPlain: isPlain)
  }
}
