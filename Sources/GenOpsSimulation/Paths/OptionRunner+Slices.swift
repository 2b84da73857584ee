import GenOpsAdmission
import GenOpsGovernance
import GenOpsMetering
import GenOpsScenario
import GenOpsUnits

/// Days on which a price tier, a budget or a limit is passed. There the order of the usage classes decides who
/// pays the dear tier and who is refused, so no class comes with its whole day before another: each slice of the
/// day takes its part of every class.
///
/// Slices in which nothing is passed are taken together, and so are whole days and runs of days: the core says
/// how far the order does not matter. What comes out is what all the slices of all days would.
extension OptionRunner {
  /// What a walk of days keeps from day to day.
  struct DayScratch {
    /// The first day on which the order may matter again.
    var freeUntil = 0
    /// The meters, by bit, whose classes have to do with a bound of the day.
    var meters = UInt64.max
    var watches: [TierWatch] = []
    /// A day of which all is sent.
    var batch: [Offer] = []
    /// The instant of a day in slices; its usage classes in order, what they offer and what became of it.
    var instant = Timestamp(microseconds: 0)
    var bound: [Int] = []
    var counts: [Int64] = []
    var offers: [RoundOffer] = []
    var outcomes: [GenOpsAdmission.Outcome] = []
    /// What is offered in some slices.
    var parts: [RoundOffer] = []
  }

  /// The meters, by bit, at whose tiers the order of the classes matters: it says how the cost of the meter is
  /// split, and that is told of the streams of "as is" and of the budgets of a part.
  func sharedMeters(_ classes: [PlannedUsageClass]) -> UInt64 {
    let governance = option.governance
    if governance.mode == .strict || !governance.scopedModes.isEmpty { return .max }
    guard
      option.name == plan.options[0].name
        || governance.budgets.contains(where: { $0.scope != .none })
    else { return 0 }
    return Meter.allCases.reduce(0) { bits, meter in
      let streams = Set(classes.filter { $0.usage[meter] > 0 }.map(\.stream))
      return streams.count > 1 ? bits | 1 << UInt64(meter.index) : bits
    }
  }

  /// Begins to watch the meters whose tiers matter.
  func watch(
    _ meters: UInt64, _ classes: [PlannedUsageClass], _ shares: [UsageClassShare], from day: Int,
    _ scratch: inout DayScratch
  ) {
    scratch.watches.removeAll(keepingCapacity: true)
    for meter in Meter.allCases where meters & (1 << UInt64(meter.index)) != 0 {
      var watch = TierWatch(meter, shares, units: classes.map { $0.usage[meter] })
      watch.freeUntil = day
      scratch.watches.append(watch)
    }
  }

  /// Whether all that is not sampled is sent.
  var sendsAll: Bool {
    !refuses && option.governance.mode != .strict && option.governance.scopedModes.isEmpty
  }

  /// Whether anything can be refused for being over a limit or a budget.
  var refuses: Bool {
    !option.governance.postHogLimits.isEmpty
      || option.governance.budgets.contains(where: option.governance.refuses)
  }

  /// The first day behind `day` on which the order of the usage classes may matter; `day` itself where it may
  /// today.
  func freeDays(
    _ core: inout AdapterCore, _ shares: [UsageClassShare], from day: Int, _ peaks: DayPeaks,
    _ scratch: inout DayScratch
  ) -> Int {
    let date = plan.period.start.advanced(by: day)
    let month = monthOfDay[day]
    scratch.offers.removeAll(keepingCapacity: true)
    for share in shares {
      let most = share.most(peaks, month: month)
      // Items of other days may belong to another billing period from one day to the next.
      if most > 0, share.shift != 0 { return day }
      scratch.offers.append(RoundOffer(share.item, kept: most, eventDay: date))
    }
    let rounds = core.roundsInAnyOrder(scratch.offers, parts: 1, at: Timestamp(startOf: date))
    let end = min(
      firstDayOfMonth[month + 1], plan.period.start.distance(to: core.dayOfNewBounds))
    // Less than the days of a month.
    return rounds < Int64(end - day) ? day + Int(rounds) : end
  }

  /// The first day from `day` on on which streams come to the next price of a meter that they share, where
  /// nothing is refused; notes the meters that do so on `day`.
  func tierDay(
    _ core: inout AdapterCore, from day: Int, to end: Int, _ units: [Int64],
    _ identified: [Int64], _ scratch: inout DayScratch
  ) -> Int {
    let start = plan.period.start
    let instant = Timestamp(startOf: start.advanced(by: day))
    var next = end
    scratch.meters = 0
    for index in scratch.watches.indices {
      if scratch.watches[index].freeUntil <= day {
        let room = core.unitsOfOnePrice(scratch.watches[index].meter, at: instant)
        // Behind the day, as the core has come to it.
        let last = min(end, start.distance(to: core.dayOfNewBounds))
        scratch.watches[index].look(room, from: day, to: last, units, identified)
      }
      let free = scratch.watches[index].freeUntil
      if free == day { scratch.meters |= 1 << UInt64(scratch.watches[index].meter.index) }
      next = min(next, free)
    }
    return next
  }

  /// Admits those usage classes of a day in slices that have to do with a bound; which those are, and what
  /// became of them, is in the scratch. The others are left.
  func admitInSlices(
    _ core: inout AdapterCore, _ shares: [UsageClassShare], day: Int, _ units: [Int64],
    _ identified: [Int64], _ scratch: inout DayScratch
  ) {
    let date = plan.period.start.advanced(by: day)
    scratch.clear(at: Timestamp(startOf: date))
    for index in shares.indices where shares[index].meters & scratch.meters != 0 {
      let share = shares[index]
      let count = share.count(
        units[share.first + day], identified[share.first + day], on: day)
      guard count > 0 else { continue }
      scratch.bound.append(index)
      scratch.counts.append(count)
      scratch.offers.append(
        RoundOffer(
          share.item, kept: share.survivors(of: count, on: day),
          eventDay: date.advanced(by: share.shift)))
      scratch.outcomes.append(GenOpsAdmission.Outcome())
    }
    var slice = 0
    while slice < DaySlices.count {
      let end = slice + max(1, freeSlices(&core, from: slice, &scratch))
      for place in scratch.bound.indices { admit(&core, place, slice..<end, &scratch) }
      slice = end
    }
  }

  /// Admits a usage class's part of some slices.
  private func admit(
    _ core: inout AdapterCore, _ place: Int, _ slices: Range<Int>, _ scratch: inout DayScratch
  ) {
    let part = scratch.part(place, slices)
    guard !part.items.isEmpty else { return }
    let offer = scratch.offers[place]
    if walksSingly(core.isHistory) {
      scratch.outcomes[place] += admitSingly(
        &core, scratch.bound[place], offer.item, part.items, of: scratch.counts[place],
        on: offer.eventDay, at: scratch.instant)
    } else {
      scratch.outcomes[place] += core.admit(
        offer.item, count: part.items.upperBound - part.items.lowerBound, kept: part.kept,
        eventDay: offer.eventDay, at: scratch.instant)
    }
  }

  /// How many slices from `slice` on pass no bound; 0 where that one does.
  private func freeSlices(
    _ core: inout AdapterCore, from slice: Int, _ scratch: inout DayScratch
  ) -> Int {
    let left = DaySlices.count - slice
    let sure = core.roundsInAnyOrder(
      scratch.offers, parts: Int64(DaySlices.count), at: scratch.instant)
    if sure >= Int64(left) { return left }
    if sure > 0 { return Int(sure) }
    // Near a bound it is a matter of single items, so the slices are asked themselves: the first, two, four.
    var (free, step) = (0, 1)
    while step > 0 {
      let end = free + step
      if end <= left, scratch.isFree(&core, slice..<slice + end) {
        free = end
        step *= 2
      } else {
        // Once it is too far, half the way.
        step /= 2
        while step > 0 {
          if free + step <= left, scratch.isFree(&core, slice..<slice + free + step) {
            free += step
          }
          step /= 2
        }
      }
    }
    return free
  }
}

extension OptionRunner.DayScratch {
  /// Empty, for a day that is decided at `instant`.
  mutating func clear(at instant: Timestamp) {
    self.instant = instant
    bound.removeAll(keepingCapacity: true)
    counts.removeAll(keepingCapacity: true)
    offers.removeAll(keepingCapacity: true)
    outcomes.removeAll(keepingCapacity: true)
  }

  /// The items of a usage class in some slices, and how many of them survive sampling.
  func part(_ place: Int, _ slices: Range<Int>) -> (items: Range<Int64>, kept: Int64) {
    let (count, kept) = (counts[place], offers[place].kept)
    // A later slice has as many items before it, or more.
    let first = DaySlices.items(of: count, before: slices.lowerBound)
    let last = max(first, DaySlices.items(of: count, before: slices.upperBound))
    return (
      first..<last,
      DaySlices.survivors(kept, of: count, among: last)
        - DaySlices.survivors(kept, of: count, among: first)
    )
  }

  /// Whether some slices together pass no bound.
  mutating func isFree(_ core: inout AdapterCore, _ slices: Range<Int>) -> Bool {
    parts.removeAll(keepingCapacity: true)
    for place in offers.indices {
      var offer = offers[place]
      offer.kept = part(place, slices).kept
      parts.append(offer)
    }
    return core.roundsInAnyOrder(parts, parts: 1, at: instant) > 0
  }
}

extension GenOpsAdmission.Outcome {
  /// Adds the counts and costs of another admission of the same items. Each is at most what a day offers or
  /// what the core has counted, so the sums fit.
  static func += (sum: inout GenOpsAdmission.Outcome, other: GenOpsAdmission.Outcome) {
    sum.sent += other.sent
    sum.refused += other.refused
    sum.sampled += other.sampled
    sum.notBillable += other.notBillable
    sum.costNanos += other.costNanos
  }
}
