import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits

/// The careful path: every case, step by step.
///
/// Everything here is `mutating`, reading too: a borrowing call copies the whole core first
/// (measured: a fifth of the time).
extension AdapterCore {
  @inline(never)
  mutating func admitCarefully(
    _ id: Int, count offeredCount: Int64, kept keptCount: Int64, eventDay: Int32
  ) -> Outcome {
    let usageClass = Int(items[id].usageClass)
    let count = max(0, offeredCount)
    let kept = min(max(0, keptCount), count)
    var outcome = Outcome()
    if count == 0 { return outcome }
    let isLate = eventDay < clock.previousStart
    let slot = eventDay < clock.currentStart ? meterCount : 0
    let touches = layOut(id, slot: slot)
    guard reserveRange(count: count, kept: kept, touches: touches, isLate: isLate) else {
      // The counters themselves are at their end, so nothing is tallied but the flag.
      overflowed = true
      outcome.refused = count
      outcome.reason = .overflow
      return outcome
    }
    if eventDay >= clock.currentEnd { futureDated += count }

    if !isHistory,
      let reason = standingRefusal(usageClass: usageClass, touches: touches, isLate: isLate)
    {
      return refuse(count, usageClass: usageClass, reason, &outcome)
    }
    outcome.sampled = count - kept
    usageClasses[usageClass].tally.sampled += outcome.sampled
    if touches == 0 {
      outcome.notBillable = kept
      usageClasses[usageClass].tally.notBillable += kept
      return outcome
    }
    if isLate {
      outcome.sent = kept
      outcome.isCostKnown = false
      usageClasses[usageClass].tally.sent += kept
      usageClasses[usageClass].tally.late += kept
      return outcome
    }
    let alertsBefore = alerts.count
    let hadDiverged = touchesHave(.diverged, touches)
    // What was refused before already walks apart: so does all of this, from where it stands now.
    if hadDiverged { diverge(touches) }
    let stop = send(
      kept, usageClass: usageClass, touches: touches, hadDiverged: hadDiverged, &outcome)
    var withheld: Int64 = 0
    switch stop {
    case .nothing: break
    case .limit:
      _ = refuse(kept - outcome.sent, usageClass: usageClass, .postHogLimit, &outcome)
    case .allowance:
      _ = refuse(kept - outcome.sent, usageClass: usageClass, .budget, &outcome)
    case .unknownPrice:
      _ = refuse(kept - outcome.sent, usageClass: usageClass, .priceUnknown, &outcome)
    case .lease:
      _ = refuse(kept - outcome.sent, usageClass: usageClass, .leaseExhausted, &outcome)
    case .budget(let position):
      withheld = kept - outcome.sent
      diverge(touches)
      noteRefusal(by: position, count: withheld)
      outcome.budget = Int32(position)
      _ = refuse(withheld, usageClass: usageClass, .budget, &outcome)
    }
    let walkedApart = hadDiverged ? outcome.sent + withheld : withheld
    offer(walkedApart, usageClass: usageClass, touches: touches)
    finish(usageClass: usageClass, touches: touches, &outcome)
    outcome.alerts = Int32(clamping: alerts.count - alertsBefore)
    return outcome
  }

  /// Fills the scratch; returns how many meters are touched.
  mutating func layOut(_ id: Int, slot: Int) -> Int {
    let first = Int(items[id].firstTouch)
    let touches = Int(items[id].endTouch) - first
    for touch in 0..<touches {
      let known = itemTouches[first + touch]
      scratch[touch] = Touch(meter: known.meter, state: slot + known.meter, units: known.units)
    }
    return touches
  }

  /// Whether everything this admission could add stays in range; counts it if so. The money is
  /// counted as it moves.
  private mutating func reserveRange(count: Int64, kept: Int64, touches: Int, isLate: Bool) -> Bool
  {
    var (sum, overflow) = counted.addingReportingOverflow(count)
    var path = moved
    for touch in 0..<touches where !isLate {
      let (units, a) = kept.multipliedReportingOverflow(by: scratch[touch].units)
      let (next, b) = sum.addingReportingOverflow(units)
      if a || b || next > AdapterCore.ceiling { return false }
      sum = next
      let state = meters[scratch[touch].state]
      let shadow = offered[scratch[touch].state]
      let diverged = state.flags.contains(.diverged)
      // Until something was refused, an item moves either what is sent or what is only offered.
      guard let own = pathLength(from: state.usage, segment: Int(state.segment), adding: units),
        let other = diverged
          ? pathLength(from: shadow.usage, segment: Int(shadow.segment), adding: units) : 0
      else { return false }
      let (sent, c) = path.addingReportingOverflow(own)
      let (walked, d) = sent.addingReportingOverflow(other)
      if c || d || walked > AdapterCore.ceiling { return false }
      path = walked
    }
    overflow = overflow || sum > AdapterCore.ceiling
    if overflow { return false }
    counted = sum
    return true
  }

  /// Why strict mode refuses these items whatever the instant.
  private mutating func standingRefusal(usageClass: Int, touches: Int, isLate: Bool)
    -> RefusalReason?
  {
    if let reason = RefusalReason(rawValue: usageClasses[usageClass].standingRefusal) {
      return reason
    }
    guard usageClasses[usageClass].isStrict, touches > 0 else { return nil }
    if isLate { return .lateBeyondPeriod }
    if touchesHave(.unpriced, touches) { return .priceUnknown }
    return touchesHave(.unknownOpening, touches) ? .monthToDateUnknown : nil
  }

  mutating func touchesHave(_ flag: MeterFlags, _ touches: Int) -> Bool {
    for touch in 0..<touches where meters[scratch[touch].state].flags.contains(flag) { return true }
    return false
  }

  private mutating func refuse(
    _ count: Int64, usageClass: Int, _ reason: RefusalReason, _ outcome: inout Outcome
  ) -> Outcome {
    outcome.refused = count
    outcome.reason = reason
    usageClasses[usageClass].tally.refused += count
    if reason == .postHogLimit { usageClasses[usageClass].tally.dropped += count }
    return outcome
  }

  /// From here on what is offered is walked apart from what is sent, for the touched meters.
  private mutating func diverge(_ touches: Int) {
    for touch in 0..<touches {
      let position = scratch[touch].state
      if meters[position].flags.contains(.diverged) { continue }
      meters[position].flags.insert(.diverged)
      offered[position] = OfferedState(
        usage: meters[position].usage, segment: meters[position].segment)
    }
  }

  /// Tallies what was sent and works out how far the quiet path may go next.
  private mutating func finish(usageClass: Int, touches: Int, _ outcome: inout Outcome) {
    let isUnknown =
      touchesHave(.unpriced, touches) || touchesHave(.unknownOpening, touches)
    outcome.isCostKnown = !isUnknown && !self.isUnknown(touches)
    usageClasses[usageClass].tally.sent += outcome.sent
    usageClasses[usageClass].tally.units += outcome.sent * scratch[0].units
    usageClasses[usageClass].tally.cost += outcome.costNanos
    if isUnknown { usageClasses[usageClass].tally.unpriced += outcome.sent }
    for touch in 0..<touches { settleMeter(scratch[touch].state) }
    for position in Int(
      usageClasses[usageClass].firstBudget)..<Int(usageClasses[usageClass].endBudget)
    {
      settleBudget(Int(lineBudgets[position]))
    }
  }
}
