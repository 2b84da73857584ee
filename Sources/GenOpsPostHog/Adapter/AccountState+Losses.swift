import GenOpsAdmission
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits
import Synchronization

extension Account {
  /// Takes events that were sent and have certainly not arrived out of the budgets.
  func takeBack(_ events: [OutgoingEvent]) {
    let lost = events.compactMap { LostEvent($0) }
    log?.lost(Int64(events.count), at: clock.now())
    if lost.isEmpty { return }
    state.withLock { state in for one in lost { state.takeBack(one) } }
  }
}

extension AccountState {
  /// Takes back one that this account sent. It remembers the event: offered again it is a duplicate.
  mutating func takeBack(_ lost: LostEvent) {
    // Several accounts may share a transport, and only the one that sent it knows it.
    guard meter.meter(lost.event).isDuplicate else { return }
    var again = lost.event
    again.uuid = nil
    let metered = meter.meter(again)
    let number = owner(lost.attribution)
    let usageClass = usageClass(
      metered.eventClass, owner: number, consent: true, isForbidden: false)
    // A person that became known since makes an event identified that was not.
    let isCertain =
      metered.usage[.identifiedEvents] == 0 || lost.event.processPersonProfile != false
    let amount = core.takeBack(
      metered.usage, usageClass: usageClass, cost: lost.cost.nanos, isUsageCertain: isCertain,
      eventDay: lost.event.timestamp.day, decided: lost.decided)
    defer { release(owner: number) }
    takenBack = takenBack.addingClamped(1)
    takeOff(amount, owner: number)
    if let session = lost.sessionID { sessions.giveBack(lost.cost.nanos, to: session) }
  }
}
