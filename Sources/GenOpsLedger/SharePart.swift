import GenOpsAdmission
import GenOpsUnits

/// How large a part of what is left of a budget one process gets.
///
/// - The first of a window: all for a single process but a sixteenth for one that comes, an equal share
///   for each of several. Who comes when others have theirs already gets an equal share of the rest, of
///   which one part stays.
/// - Later ones: all but a sixteenth for a single process; of several as much as it would use going on
///   as it did, up to half of what is left.
/// - The last sixty-fourth is not divided, and no part is smaller than a thousandth of the whole or the
///   cost of the item that was refused.
struct SharePart {
  private let asked: LeaseRequest.Share
  private let living: Int64
  private let holding: Int64
  private let isFirst: Bool

  /// `living` processes share the budget; `holding` of the others have something unspent.
  init(_ asked: LeaseRequest.Share, living: Int, holding: Int, isFirst: Bool) {
    self.asked = asked
    self.living = Int64(clamping: max(1, living))
    self.holding = Int64(clamping: max(0, holding))
    self.isFirst = isFirst
  }

  /// A part of `left`, in nano-units, of a budget of `whole`.
  func size(of whole: Int64, left: Int64) -> Int64 {
    let left = max(0, left)
    let part = living == 1 ? single(whole, left) : isFirst ? first(left) : further(left)
    return min(left, max(part, whole / 1000, asked.least.nanos, 1))
  }

  private func single(_ whole: Int64, _ left: Int64) -> Int64 {
    left > whole / 64 ? left - left / 16 : left
  }

  private func first(_ left: Int64) -> Int64 {
    // One that has ended may hold something still, so more may hold than live.
    let without = max(1, living - holding)
    let part = holding == 0 ? (left - left / 16) / without : left / (without + 1)
    return asked.isIdle ? min(part, left / (8 * living)) : part
  }

  private func further(_ left: Int64) -> Int64 {
    min(left / 2, max(left / (2 * living), asked.wanted.nanos))
  }
}
