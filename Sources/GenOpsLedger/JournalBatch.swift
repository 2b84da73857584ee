import GRDB
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits

/// The decisions of one transaction: events into the spool, sums into the usage ledger, what an
/// auditor asks for into the audit log.
struct JournalBatch {
  let db: Database
  let account: Int64
  private let events: EventTable
  private let keepsDelivered: Bool
  /// Ends of events that come in this transaction. An event that is over before it is written is
  /// written as what it is, which spares the second write.
  private var ends: [EventUUID: EventTable.State] = [:]

  private struct UsageKey: Hashable {
    var day: Int32
    var owner: String
    var name: String
  }

  private struct NameKey: Hashable {
    var day: Int32
    var name: String
  }

  private struct Sums {
    var sent: Int64 = 0
    var refused: Int64 = 0
    var unpriced: Int64 = 0
    var cost: Int64 = 0
  }

  private var sums: [UsageKey: Sums] = [:]
  private var units: [UsageKey: Int64] = [:]
  private var names: [NameKey: EventNameTable.Sum] = [:]
  private var owners: [Attribution: String] = [:]
  /// What the audit log is still to be told.
  private(set) var untold: Untold

  /// Events that are written and not yet in the audit log. They are told a hundred at a time, and
  /// at every flush: an entry costs more than an event.
  struct Untold: Sendable {
    var events: Int64 = 0
    var cost: Int64 = 0
    var uuids: [UInt8] = []
    var refusals: [RefusalReason: Int64] = [:]
    var last = Timestamp(microseconds: 0)

    var count: Int64 { refusals.values.reduce(events, +) }
  }

  init(
    db: Database, account: Int64, events: EventTable, untold: Untold, keepsDelivered: Bool
  ) {
    self.db = db
    self.account = account
    self.events = events
    self.untold = untold
    self.keepsDelivered = keepsDelivered
  }

  /// Tells of a note before any is added.
  mutating func foresee(_ note: JournalNote) {
    switch note {
    case .delivered(let uuids): for uuid in uuids { ends[uuid] = .delivered }
    case .givenUp(let uuids, _, _): for uuid in uuids { ends[uuid] = .givenUp }
    case .sent, .kept, .counted, .refused: break
    }
  }

  mutating func add(_ note: JournalNote) throws {
    switch note {
    case .sent(let sent): try add(sent)
    case .kept(let outgoing, let instant): try add(EventTable.Record(outgoing, at: instant))
    case .delivered(let uuids):
      for uuid in uuids where ends[uuid] != nil {
        try events.settle(uuid, .delivered, keepsDelivered: keepsDelivered)
      }
    case .givenUp(let uuids, let reason, let instant):
      for uuid in uuids where ends[uuid] != nil {
        try events.settle(uuid, .givenUp, keepsDelivered: keepsDelivered)
      }
      try AuditLog(db: db).append(
        "given-up", ["events": .integer(uuids.count), "reason": .string(reason)], account: account,
        at: instant)
    case .counted(let counted):
      let outcome = counted.outcome
      var sum = Sums()
      (sum.sent, sum.refused) = (outcome.sent, outcome.refused)
      sum.cost = outcome.cost?.nanos ?? 0
      if outcome.cost == nil { sum.unpriced = outcome.sent }
      count(
        sum, counted.usage, times: outcome.sent, owner(counted.attribution), "recorded",
        at: counted.at)
    case .refused(let uuid, let name, let refusal, let attribution, let instant):
      add(
        JournalWriter.RefusalKey(
          reason: refusal.reason, attribution: attribution, day: instant.day),
        JournalWriter.Refusals(count: 1, last: instant))
      try AuditLog(db: db).append(
        "event-refused",
        [
          "event": .string(name), "uuid": uuid.map { .string($0.description) } ?? .null,
          "reason": .string(refusal.reason.id),
        ], account: account, at: instant)
    }
  }

  mutating func add(_ key: JournalWriter.RefusalKey, _ some: JournalWriter.Refusals) {
    self.count(
      Sums(refused: some.count), Usage(), times: 0, owner(key.attribution), key.reason.id,
      at: some.last)
    untold.refusals[key.reason, default: 0] += some.count
  }

  private mutating func add(_ sent: SentNote) throws {
    let owner = owner(sent.owner.attribution)
    try add(
      EventTable.Record(
        outgoing: sent.outgoing, distinctID: sent.distinctID, name: sent.name, at: sent.at,
        decided: sent.decided, cost: sent.cost, weight: sent.weight, owner: owner))
    var sum = Sums(sent: 1, cost: sent.cost ?? 0)
    if sent.cost == nil { sum.unpriced = 1 }
    count(sum, sent.usage, times: 1, owner, sent.eventClass, at: sent.decided)
    let key = NameKey(day: sent.decided.day.number, name: sent.name)
    names[key, default: EventNameTable.Sum()].sent += 1
    names[key, default: EventNameTable.Sum()].unpriced += sum.unpriced
    names[key, default: EventNameTable.Sum()].cost += sum.cost
    untold.events += 1
    untold.cost += sum.cost
    untold.uuids += sent.outgoing.uuid.bytes
  }

  private mutating func add(_ record: EventTable.Record) throws {
    let end = ends[record.outgoing.uuid]
    if end == .delivered, !keepsDelivered { return }
    // One that was there already is settled as any other.
    if try events.insert(record, end ?? .waiting) { ends[record.outgoing.uuid] = nil }
  }

  private mutating func count(
    _ sum: Sums, _ usage: Usage, times: Int64, _ owner: String, _ name: String,
    at instant: Timestamp
  ) {
    untold.last = max(untold.last, instant)
    let day = instant.day.number
    var all = sums[UsageKey(day: day, owner: owner, name: name)] ?? Sums()
    all.sent += sum.sent
    all.refused += sum.refused
    all.unpriced += sum.unpriced
    all.cost += sum.cost
    sums[UsageKey(day: day, owner: owner, name: name)] = all
    for slot in 0..<usage.count where times > 0 {
      let meter = Meter.allCases[usage.meterIndex(slot)].id
      units[UsageKey(day: day, owner: owner, name: meter), default: 0] += usage.units(slot) * times
    }
  }

  /// Writes the sums, and with `tells` whatever the audit log is still to be told.
  mutating func finish(tells: Bool) throws {
    for (key, sum) in sums {
      try db.cachedStatement(
        sql: """
          INSERT INTO usage (account, day, owner, class, sent, refused, unpriced, cost)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET sent = sent + excluded.sent,
            refused = refused + excluded.refused, unpriced = unpriced + excluded.unpriced,
            cost = cost + excluded.cost
          """
      ).execute(
        arguments: [
          account, key.day, key.owner, key.name, sum.sent, sum.refused, sum.unpriced, sum.cost,
        ])
    }
    for (key, amount) in units {
      try db.cachedStatement(
        sql: """
          INSERT INTO usage_units (account, day, owner, meter, units) VALUES (?, ?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET units = units + excluded.units
          """
      ).execute(arguments: [account, key.day, key.owner, key.name, amount])
    }
    for (key, sum) in names {
      try EventNameTable.add(sum, db, account: account, name: key.name, day: key.day)
    }
    if tells || untold.count >= 100 { try tell() }
  }

  private mutating func tell() throws {
    let log = AuditLog(db: db)
    if untold.events > 0 {
      // The digest binds every uuid, in the order of acceptance.
      try log.append(
        "accepted",
        [
          "events": .integer(untold.events), "cost": .money(Money(nanos: untold.cost)),
          "uuids": .string("sha256:" + Digest.sha256(untold.uuids)),
        ], account: account, at: untold.last)
    }
    for (reason, count) in untold.refusals.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      try log.append(
        "refused", ["reason": .string(reason.id), "events": .integer(count)], account: account,
        at: untold.last)
    }
    untold = Untold()
  }

  /// The dimensions that are set, as JSON: the same text for the same owner.
  private mutating func owner(_ attribution: Attribution) -> String {
    if let known = owners[attribution] { return known }
    let text = OwnerText.text(attribution)
    owners[attribution] = text
    return text
  }
}
