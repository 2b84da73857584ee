import GenOpsMetering
import GenOpsPostHog
import GenOpsScenario

/// What became of recorded events by kind: the class that rules know, whether its loss is critical, and the
/// meter that an item is counted on first.
///
/// A plan's usage classes are those that its options tell apart, and a recording has more of them, so its
/// losses are told by this and not by those.
struct RecordedKinds: Sendable {
  private var tallies: [Kind: Tally] = [:]

  private struct Kind: Hashable {
    var eventClass: String
    var isCritical: Bool
    var meter: Meter
  }

  private struct Tally {
    var offered = 0.0
    var refused = 0.0
    var sampled = 0.0
  }

  /// Counts an event that is not a copy of another, sent or lost. One that uses nothing is only counted when it is lost: it is
  /// no part of what is billed.
  mutating func count(
    _ outcome: CaptureOutcome, of usage: Usage, eventClass: String, isCritical: Bool
  ) {
    let first = Meter.allCases.first { usage[$0] > 0 }
    let kind = Kind(eventClass: eventClass, isCritical: isCritical, meter: first ?? .events)
    switch outcome {
    case .duplicate: return
    case .sent: if first == nil { return }
    case .sampled: tallies[kind, default: Tally()].sampled += 1
    case .refused: tallies[kind, default: Tally()].refused += 1
    }
    tallies[kind, default: Tally()].offered += 1
  }

  var lost: LostData {
    var items = LostItems()
    for (kind, tally) in tallies {
      items.add(
        kind.eventClass, isCritical: kind.isCritical, kind.meter, offered: tally.offered,
        refused: tally.refused, sampled: tally.sampled)
    }
    return items.data
  }
}
