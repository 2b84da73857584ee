internal import GenOpsMetering
internal import GenOpsWorkbench

extension MeterCost {
  /// The invoice name without the words that are clear from the context; fees keep theirs.
  var shortLabel: String {
    switch meter {
    case .events: "Analytics"
    case .identifiedEvents: "Profiles"
    case .groupEvents: "Groups"
    case .sessionRecordings: "Replay"
    case .featureFlagRequests: "Flags"
    case .llmEvents: "AI"
    case .exceptions: "Errors"
    default: label
    }
  }
}
