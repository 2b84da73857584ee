import GenOpsHistory
import GenOpsMetering
import GenOpsUnits

/// The first stage: what the files of a scenario hold, joined.
struct LoadedHistory {
  private(set) var usage = UsageHistory()
  private(set) var bills: [BillingStatement] = []
  /// How many recorded events have each name, of those that PostHog counts as events: what it gives away or
  /// counts on another meter is no part of them. Empty when the history has no single events.
  private(set) var eventNames: [String: Int] = [:]
  /// The recorded events themselves, where they are walked.
  private(set) var events: [UsageEvent] = []
  /// Whether a file holds no events but daily numbers.
  private(set) var hasDailyNumbers = false

  init(_ scenario: Scenario, _ files: ScenarioFiles, _ findings: inout Findings) {
    for (reference, read) in zip(scenario.historyFiles, files.histories) {
      findings.merge(read.file.findings, of: reference.location)
      eventNames.merge(read.names.filter { isEvent($0.key) }, uniquingKeysWith: +)
      events += read.events
      if !read.holdsEvents { hasDailyNumbers = true }
    }
    usage = HistoryJoin.join(files.histories.map(\.file))
    if let place = scenario.historyLocation { findings.merge(usage.findings, of: place) }
    for (reference, bill) in zip(scenario.billFiles, files.bills) {
      findings.merge(bill.findings, of: reference.location)
      bills.append(bill)
    }
    if !scenario.historyFiles.isEmpty, usage.series.isEmpty, !findings.hasErrors {
      findings.error(
        "empty", "the history holds no usage of a known meter",
        help: "export it again: PostHog > Billing > Usage > Export",
        at: scenario.historyLocation)
    }
  }

  /// Whether events of this name are on the meter of events.
  private func isEvent(_ name: String) -> Bool {
    var meter = EventMeter()
    let one = UsageEvent(name: name, distinctID: "", timestamp: Timestamp(microseconds: 0))
    return meter.meter(one).usage[.events] > 0
  }

  /// The most frequent names of recorded events and their parts of all, at most `count` of them.
  func commonNames(_ count: Int) -> [(name: String, share: Double)] {
    let all = eventNames.values.reduce(0, +)
    return eventNames.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(count).map {
      ($0.key, Double($0.value) / Double(all))
    }
  }

  /// The part of the recorded events whose name `isMeant`; nil without recorded events.
  func eventShare(_ isMeant: (String) -> Bool) -> Double? {
    let all = eventNames.values.reduce(0, +)
    guard all > 0 else { return nil }
    return Double(eventNames.reduce(0) { $0 + (isMeant($1.key) ? $1.value : 0) }) / Double(all)
  }
}

extension Findings {
  /// What has no place in the file itself stands where the scenario names it.
  fileprivate mutating func merge(_ found: Findings, of place: SourceLocation) {
    for var finding in found.all {
      if finding.location == nil { finding.location = place }
      add(finding)
    }
  }
}
