public import GenOpsAdmission
import GenOpsGovernance
public import GenOpsMetering
public import GenOpsPostHog
public import GenOpsUnits
import Synchronization

extension LedgerAccount: EventJournal {
  public var isWritable: Bool { writer.isWritable }

  public func accept(_ entry: JournalEntry, use: () -> LeaseUse?) throws {
    try checkOpen()
    try writer.add(.sent(SentNote(entry)), use: use)
  }

  public func begin(
    _ entries: [JournalEntry], use: @escaping @Sendable () -> LeaseUse?
  ) -> JournalReceipt {
    if isClosed { return JournalReceipt { LedgerError.closed } }
    let uuids = entries.map(\.outgoing.uuid)
    handing.withLock { $0.formUnion(uuids) }
    let ticket = writer.begin(entries.map { .sent(SentNote($0)) }, use: use)
    return JournalReceipt(handedOn: { [self] in handing.withLock { $0.subtract(uuids) } }) {
      [writer] in await writer.end(of: ticket)
    }
  }

  public func count(
    _ usage: Usage, _ outcome: RecordOutcome, attribution: Attribution, at instant: Timestamp,
    use: () -> LeaseUse?
  ) throws {
    try checkOpen()
    try writer.add(
      .counted(CountedNote(usage, outcome, attribution, at: instant)), use: use)
  }

  public func refuse(
    _ event: UsageEvent, _ refusal: Refusal, attribution: Attribution, at instant: Timestamp
  ) {
    if [.compliance, .consentUnknown, .content].contains(refusal.reason) {
      writer.addLater(.refused(event.uuid, name: event.name, refusal, attribution, instant))
    } else {
      writer.count(
        JournalWriter.RefusalKey(
          reason: refusal.reason, attribution: attribution, day: instant.day), at: instant)
    }
  }
}
