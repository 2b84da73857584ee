import GenOpsMetering
import GenOpsSimulation

extension MeterCost {
  /// The invoice name without the words that are clear from the context; fees keep theirs.
  var shortLabel: String { meter?.shortName ?? label }
}

extension Meter {
  /// The invoice name without the words that are clear from the context; nil when it has none.
  var shortName: String? {
    switch self {
    case .events: "Analytics"
    case .identifiedEvents: "Profiles"
    case .groupEvents: "Groups"
    case .sessionRecordings: "Replay"
    case .featureFlagRequests: "Flags"
    case .llmEvents: "AI"
    case .exceptions: "Errors"
    default: nil
    }
  }
}

extension BillCheck {
  /// `, no Flags`: what both sums leave out, so that nobody takes them for the whole bill; and the
  /// same in fewer words. Empty when nothing is left out.
  var leftOutTexts: [String] {
    if leftOut.isEmpty { return [""] }
    return [
      ", no " + leftOut.map { $0.shortName ?? $0.invoiceName }.joined(separator: ", "), ", in part",
    ]
  }
}
