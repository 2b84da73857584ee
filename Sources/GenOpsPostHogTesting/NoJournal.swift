import GenOpsAdmission
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits

/// A journal that forgets, where a contract needs one.
struct NoJournal: EventJournal {
  var isWritable: Bool { true }
  func accept(_ entry: JournalEntry, use: () -> LeaseUse?) throws {}
  func count(
    _ usage: Usage, _ outcome: RecordOutcome, attribution: Attribution, at instant: Timestamp,
    use: () -> LeaseUse?
  ) throws {}
  func refuse(
    _ event: UsageEvent, _ refusal: Refusal, attribution: Attribution, at instant: Timestamp
  ) {}
}
