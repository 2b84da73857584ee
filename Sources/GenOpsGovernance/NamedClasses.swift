public import GenOpsMetering
public import GenOpsUnits

/// A policy that names classes of events.
protocol ClassNaming: Policy {
  /// The names with their places.
  var named: [(name: String, location: SourceLocation)] { get }
}

extension SamplingPolicy: ClassNaming {}
extension TrafficSamplingPolicy: ClassNaming {}

extension GovernancePlan {
  /// Reports the classes that `policies` name and no event is sorted into: their rates would hold for nothing.
  public static func checkClasses(
    of policies: [any Policy], among classifier: EventClassifier, _ findings: inout Findings
  ) {
    for case let policy as any ClassNaming in policies {
      for (name, location) in policy.named where classifier.eventClass(named: name) == nil {
        let sorted = classifier.classify(name)
        let known = classifier.rules.map(\.name)
        let help =
          sorted != classifier.other
          ? "it is an event of the class '\(classifier.name(of: sorted))': name that"
          : nearestName(to: name, among: known).map { "did you mean '\($0)'?" }
            ?? "known: \(known.joined(separator: ", "))"
        findings.error(
          "unknown-class", "there is no class of events '\(name)'", help: help, at: location)
      }
    }
  }
}
