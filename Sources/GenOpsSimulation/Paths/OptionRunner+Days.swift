import GenOpsAdmission
import GenOpsGovernance
import GenOpsMetering
import GenOpsScenario
import GenOpsUnits

/// The days of a future, one after the other.
extension OptionRunner {
  /// Admits days together where nothing is refused; else one by one, in slices where the order of the usage
  /// classes matters. Sums what becomes of them.
  func walk(
    _ core: inout AdapterCore, _ outcome: inout PathOutcome, _ totals: inout [MeterTotal],
    _ scratch: inout DayScratch, _ columns: DayColumns?, _ shares: [UsageClassShare],
    _ days: Range<Int>,
    _ units: [Int64], _ identified: [Int64], _ peaks: DayPeaks
  ) {
    let isExact = walksSingly(core.isHistory)
    let isPrompt = shares.allSatisfy { $0.shift == 0 }
    let sends = core.isHistory || sendsAll
    let isPlain = !isExact && sends && isPrompt && shares.allSatisfy { $0.kept == 1 }
    // Where nothing is refused, only tiers matter, and of those only what several streams share.
    let watchesTiers = sends && isPrompt
    scratch.freeUntil =
      core.sharedMeters == 0 && sends ? days.upperBound : days.lowerBound
    scratch.meters = .max
    var isWatching = false
    let start = plan.period.start
    var day = days.lowerBound
    while day < days.upperBound {
      let end = admitDays(&core, &outcome, columns, from: day, to: days.upperBound)
      if end > day {
        day = end
        close(day - 1, &core, &outcome, &totals)
        continue
      }
      defer { day += 1 }
      if watchesTiers, !isWatching, scratch.freeUntil < days.upperBound {
        let classes = core.isHistory ? plan.options[0].usageClasses : option.usageClasses
        watch(core.sharedMeters, classes, shares, from: day, &scratch)
        isWatching = true
      }
      let date = start.advanced(by: day)
      let instant = Timestamp(startOf: date)
      let month = monthOfDay[day]
      var spent: Int64 = 0
      var loss = PathOutcome.MonthLoss()
      var othersLost: Int64 = 0
      // Of the usage classes of which something is refused: what was offered.
      var darkened: Int64 = 0
      if day >= scratch.freeUntil {
        scratch.freeUntil =
          watchesTiers
          ? tierDay(&core, from: day, to: days.upperBound, units, identified, &scratch)
          : freeDays(&core, shares, from: day, peaks, &scratch)
      }
      let isSliced = day >= scratch.freeUntil
      if isSliced { admitInSlices(&core, shares, day: day, units, identified, &scratch) }
      var place = 0
      if isPlain, !isSliced {
        spent = admitAll(&core, shares, day: day, units, identified, &scratch, &loss, &outcome)
      } else {
        for index in shares.indices {
          let share = shares[index]
          let count = share.count(
            units[share.first + day], identified[share.first + day], on: day)
          guard count > 0 else { continue }
          let eventDay = share.shift == 0 ? date : date.advanced(by: share.shift)
          let result: GenOpsAdmission.Outcome
          if isSliced, place < scratch.bound.count, scratch.bound[place] == index {
            result = scratch.outcomes[place]
            place += 1
          } else if isExact {
            result = admitSingly(
              &core, index, share.item, 0..<count, of: count, on: eventDay, at: instant)
          } else {
            result = core.admit(
              share.item, count: count, kept: share.survivors(of: count, on: day),
              eventDay: eventDay,
              at: instant)
          }
          spent += result.costNanos
          if share.isEvent { loss.offered = loss.offered.addingClamped(count) }
          if result.refused | result.sampled != 0, !share.isCountedAsEvents {
            // Neither is more than the count of a day.
            let lost = result.refused + result.sampled
            loss.refused = loss.refused.addingClamped(result.refused)
            if result.refused > 0 { darkened = darkened.addingClamped(count) }
            loss.sampled = loss.sampled.addingClamped(result.sampled)
            if !share.isFault { othersLost = othersLost.addingClamped(lost) }
            if share.isCritical { loss.critical = loss.critical.addingClamped(lost) }
          }
          if share.wasIdentified {
            outcome.anonymised = outcome.anonymised.addingClamped(result.sent)
          }
        }
      }
      outcome.days[day] = spent
      outcome.othersLost[day] = othersLost
      outcome.months[month] += spent
      outcome.lost[month] += loss
      outcome.darkDays += PathOutcome.darkPart(loss.refused, of: darkened)
      close(day, &core, &outcome, &totals)
    }
  }

  /// Reads what the meters came to where a day is the last of its month.
  private func close(
    _ day: Int, _ core: inout AdapterCore, _ outcome: inout PathOutcome,
    _ totals: inout [MeterTotal]
  ) {
    let month = monthOfDay[day]
    guard day + 1 == firstDayOfMonth[month + 1] else { return }
    for (slot, meter) in meters.enumerated() {
      let total = core.total(of: meter)
      outcome.meterUnits[month * meters.count + slot] = total.units - totals[slot].units
      outcome.meterCosts[month * meters.count + slot] = total.cost - totals[slot].cost
      totals[slot] = total
    }
  }

  /// Admits a day of which all is sent, and returns what it costs.
  private func admitAll(
    _ core: inout AdapterCore, _ shares: [UsageClassShare], day: Int, _ units: [Int64],
    _ identified: [Int64], _ scratch: inout DayScratch, _ loss: inout PathOutcome.MonthLoss,
    _ outcome: inout PathOutcome
  ) -> Int64 {
    let date = plan.period.start.advanced(by: day)
    scratch.batch.removeAll(keepingCapacity: true)
    for index in shares.indices {
      let share = shares[index]
      let count = share.count(
        units[share.first + day], identified[share.first + day], on: day)
      guard count > 0 else { continue }
      scratch.batch.append(Offer(share.item, count: count))
      if share.isEvent { loss.offered = loss.offered.addingClamped(count) }
      if share.wasIdentified { outcome.anonymised = outcome.anonymised.addingClamped(count) }
    }
    if scratch.batch.isEmpty { return 0 }
    return scratch.batch.withUnsafeBufferPointer {
      core.admit($0, eventDay: date, at: Timestamp(startOf: date))
    }
  }

  /// Whether items are walked one by one. What has passed never is.
  func walksSingly(_ isHistory: Bool) -> Bool { plan.scenario.grain == .exact && !isHistory }

  /// Some of the `count` items of a day one by one, in order: what production does. Item `i` belongs to
  /// user `i mod users`, and sampling hashes that user as the adapter does.
  func admitSingly(
    _ core: inout AdapterCore, _ index: Int, _ id: ItemID, _ items: Range<Int64>, of count: Int64,
    on date: CalendarDay, at instant: Timestamp
  ) -> GenOpsAdmission.Outcome {
    var sum = GenOpsAdmission.Outcome()
    let users = max(1, count / 2)
    let owner = plan.streams[people(option.usageClasses[index])].name
    for item in items {
      let survives =
        keepRates[index] >= 1
        || SamplingHash.survives(distinctID: "\(owner)/\(item % users)", rate: keepRates[index])
      let one = core.admit(id, count: 1, kept: survives ? 1 : 0, eventDay: date, at: instant)
      sum += one
    }
    return sum
  }
}
