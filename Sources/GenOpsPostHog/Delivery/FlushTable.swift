import GenOpsMetering

/// Who waits in a flush, and for which events.
struct FlushTable: Sendable {
  /// A flush whose end is known, and where to tell it.
  typealias Over = (done: CheckedContinuation<FlushReport, Never>, report: FlushReport)

  private struct Entry {
    var waitsFor: Set<EventUUID>
    var report = FlushReport()
    /// Nil until somebody waits.
    var done: CheckedContinuation<FlushReport, Never>?

    func report(spooled: Int) -> FlushReport {
      var report = report
      report.waiting += waitsFor.count
      report.spooled = spooled
      return report
    }
  }

  private var entries: [Int: Entry] = [:]
  private var lastID = 0

  /// Begins a flush of these events.
  mutating func begin(_ uuids: Set<EventUUID>) -> Int {
    lastID += 1
    entries[lastID] = Entry(waitsFor: uuids)
    return lastID
  }

  /// Waits in a flush; returned at once when there is nothing to wait for or it was ended before.
  mutating func wait(_ id: Int, _ done: CheckedContinuation<FlushReport, Never>, spooled: Int)
    -> Over?
  {
    guard let entry = entries[id] else { return (done, FlushReport()) }
    if entry.waitsFor.isEmpty {
      entries[id] = nil
      return (done, entry.report(spooled: spooled))
    }
    entries[id]?.done = done
    return nil
  }

  /// Takes in what is over; returns the flushes that are too.
  mutating func settle(_ settlement: Settlement, spooled: Int) -> [Over] {
    if entries.isEmpty { return [] }
    for id in entries.keys {
      for uuid in settlement.accepted where entries[id]?.waitsFor.remove(uuid) != nil {
        entries[id]?.report.delivered += 1
      }
      for loss in settlement.lost where entries[id]?.waitsFor.remove(loss.uuid) != nil {
        entries[id]?.report.lost += 1
      }
    }
    return entries.keys.sorted().compactMap { id in
      guard let entry = entries[id], entry.waitsFor.isEmpty, let done = entry.done else {
        return nil
      }
      entries[id] = nil
      return (done, entry.report(spooled: spooled))
    }
  }

  /// Ends a flush before its events are over.
  mutating func end(_ id: Int, spooled: Int) -> Over? {
    guard let entry = entries[id] else { return nil }
    guard let done = entry.done else {
      // It was ended before anybody waited: whoever comes need not wait.
      entries[id]?.report.waiting = entry.waitsFor.count
      entries[id]?.waitsFor = []
      return nil
    }
    entries[id] = nil
    return (done, entry.report(spooled: spooled))
  }

  /// Ends all: nothing will be sent any more.
  mutating func endAll(spooled: Int) -> [Over] {
    entries.keys.sorted().compactMap { end($0, spooled: spooled) }
  }
}
