import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits

extension JournalWriter {
  /// What refusals are counted by: a used-up budget refuses far too many to list.
  struct RefusalKey: Hashable, Sendable {
    var reason: RefusalReason
    var attribution: Attribution
    var day: CalendarDay
  }

  /// How many refusals of one key there were, and when the last was.
  struct Refusals: Sendable {
    var count: Int64 = 0
    var last = Timestamp(microseconds: .min)

    static func + (a: Refusals, b: Refusals) -> Refusals {
      Refusals(count: a.count + b.count, last: max(a.last, b.last))
    }
  }
}
