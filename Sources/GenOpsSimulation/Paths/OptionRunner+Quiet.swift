import GenOpsAdmission
import GenOpsScenario
import GenOpsUnits

/// Runs of days on which nothing happens but counting: no tier, budget, limit or threshold is passed. They are
/// counted in one step; what they cost by day follows from prices that stay.
extension OptionRunner {
  /// Counts as many days from `first` on as are quiet, before `end`, which is no later than the end of their
  /// month; returns the first day that is not.
  func admitQuietDays(
    _ core: inout AdapterCore, _ outcome: inout PathOutcome, _ scratch: inout DayScratch,
    _ shares: [UsageClassShare], from first: Int, to end: Int, _ sums: UnsafeBufferPointer<Int64>
  ) -> Int {
    var day = first
    while day < end {
      let start = Timestamp(startOf: plan.period.start.advanced(by: day))
      var count = end - day
      while count > 0 {
        guard offer(shares, day, count, sums, &scratch) else {
          count = count > 1 ? 1 : 0
          continue
        }
        // The days of a month, so the instant lies in the period.
        let last = Timestamp(startOf: plan.period.start.advanced(by: day + count - 1))
        let part = scratch.batch.withUnsafeBufferPointer {
          core.admitQuietly($0, from: start, through: last)
        }
        if part >= 1 { break }
        // `part` lies in 0..<1 and `count` is a number of days, so the conversion cannot fail.
        count = count > 1 ? max(1, min(count - 1, Int(Double(count) * part))) : 0
      }
      if count == 0 { return day }
      price(&core, &outcome, shares, day..<(day + count), sums)
      day += count
    }
    return day
  }

  /// Writes what `count` days bring together; false when some of it is dated on other days.
  private func offer(
    _ shares: [UsageClassShare], _ day: Int, _ count: Int, _ sums: UnsafeBufferPointer<Int64>,
    _ scratch: inout DayScratch
  ) -> Bool {
    scratch.batch.removeAll(keepingCapacity: true)
    for share in shares {
      let items = sums[share.offeredSums + day + count] - sums[share.offeredSums + day]
      if items == 0 { continue }
      if share.shift != 0 { return false }
      scratch.batch.append(
        Offer(
          share.item, count: items,
          kept: sums[share.keptSums + day + count] - sums[share.keptSums + day]))
    }
    return true
  }

  /// Sums what became of `days` that were counted.
  private func price(
    _ core: inout AdapterCore, _ outcome: inout PathOutcome, _ shares: [UsageClassShare],
    _ days: Range<Int>, _ sums: UnsafeBufferPointer<Int64>
  ) {
    var loss = PathOutcome.MonthLoss()
    var spent: Int64 = 0
    outcome.days.withUnsafeMutableBufferPointer { costs in
      for day in days { costs[day] = 0 }
      for share in shares {
        let items =
          sums[share.offeredSums + days.upperBound] - sums[share.offeredSums + days.lowerBound]
        if items == 0 { continue }
        let kept = sums[share.keptSums + days.upperBound] - sums[share.keptSums + days.lowerBound]
        if share.isEvent { loss.offered = loss.offered.addingClamped(items) }
        if share.wasIdentified { outcome.anonymised = outcome.anonymised.addingClamped(kept) }
        if kept < items {
          loss.sampled = loss.sampled.addingClamped(items - kept)
          if share.isCritical { loss.critical = loss.critical.addingClamped(items - kept) }
        }
        let cost = core.quietCost(of: share.item)
        if cost == 0 { continue }
        // The core has counted the products, so none overflows.
        spent &+= kept &* cost
        for day in days {
          costs[day] &+= (sums[share.keptSums + day + 1] &- sums[share.keptSums + day]) &* cost
        }
      }
    }
    for day in days { outcome.othersLost[day] = 0 }
    for share in shares where share.keptSums != share.offeredSums && !share.isFault {
      for day in days {
        let items = sums[share.offeredSums + day + 1] - sums[share.offeredSums + day]
        let kept = sums[share.keptSums + day + 1] - sums[share.keptSums + day]
        outcome.othersLost[day] = outcome.othersLost[day].addingClamped(items - kept)
      }
    }
    let month = monthOfDay[days.lowerBound]
    outcome.months[month] += spent
    outcome.lost[month] += loss
  }
}
