import GenOpsAdmission
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits

/// What waits to be written.
enum JournalNote: Sendable {
  case sent(SentNote)
  /// Came in from elsewhere as it is sent, at this instant.
  case kept(OutgoingEvent, Timestamp)
  case delivered([EventUUID])
  /// PostHog will never take these, for this reason.
  case givenUp([EventUUID], reason: String, Timestamp)
  case counted(CountedNote)
  /// Refused because of its content or missing consent. Each is recorded individually.
  case refused(EventUUID?, name: String, Refusal, Attribution, Timestamp)
}

extension JournalNote {
  /// What the budgets were charged for it, in nano-units.
  var charged: Int64 {
    switch self {
    case .sent(let sent): max(0, sent.charged)
    case .counted(let counted): max(0, counted.outcome.charged.nanos)
    case .kept, .delivered, .givenUp, .refused: 0
    }
  }
}

/// Usage that is not an event. An object, so that the notes of events, which are many, are small.
final class CountedNote: Sendable {
  let usage: Usage
  let outcome: RecordOutcome
  let attribution: Attribution
  let at: Timestamp

  init(_ usage: Usage, _ outcome: RecordOutcome, _ attribution: Attribution, at: Timestamp) {
    self.usage = usage
    self.outcome = outcome
    self.attribution = attribution
    self.at = at
  }
}

/// A sent event as far as it is written: a third of a ``JournalEntry``, whose properties are in its
/// bytes already. Notes are moved while the caller waits.
struct SentNote: Sendable {
  var outgoing: OutgoingEvent
  var distinctID: String
  var name: String
  var eventClass: String
  var at: Timestamp
  var decided: Timestamp
  var cost: Int64?
  /// What the budgets were charged, in nano-units.
  var charged: Int64
  var weight: Double
  var owner: EventOwner
  /// The meters of which it used one unit, by bit.
  private var ones: UInt64 = 0
  /// Whatever else it used.
  private var rest: Others?

  private final class Others: Sendable {
    let usage: Usage
    init(_ usage: Usage) { self.usage = usage }
  }

  init(_ entry: JournalEntry) {
    outgoing = entry.outgoing
    distinctID = entry.event.distinctID
    name = entry.event.name
    eventClass = entry.eventClass
    at = entry.event.timestamp
    decided = entry.at
    cost = entry.stamp.cost?.nanos
    charged = entry.charged.nanos
    weight = entry.stamp.weight
    owner = entry.stamp.owner
    let usage = entry.usage
    for slot in 0..<usage.count {
      if usage.units(slot) == 1, usage.meterIndex(slot) < 64 {
        ones |= 1 << UInt64(usage.meterIndex(slot))
      } else {
        rest = Others(usage)
      }
    }
  }

  var usage: Usage {
    if let rest { return rest.usage }
    var usage = Usage()
    for (index, meter) in Meter.allCases.enumerated() where ones & (1 << UInt64(index)) != 0 {
      usage.add(meter)
    }
    return usage
  }
}
