import GenOpsIngestion
import GenOpsMetering
import GenOpsUnits

/// One series of an answer of `/api/billing/usage/` or `/api/billing/spend/`.
struct BillingSeries {
  var label: String
  var labelLocation: SourceLocation
  /// The usage type, when broken down by it.
  var type: String?
  /// The project's id, when broken down by it.
  var projectID: String?
  var points: [(day: CalendarDay, value: Node)]

  /// Nil, with a finding, when `item` is not a series.
  init?(_ item: Node, _ findings: inout RepeatedFindings) {
    guard let dates = item["dates"]?.sequence, let data = item["data"]?.sequence else {
      findings.add(
        .warning, "series-shape", "the series has no \"dates\" or no \"data\" and is left out",
        help: "expected {\"label\":…,\"dates\":[…],\"data\":[…]}", at: item.location)
      return nil
    }
    label = item["label"]?.text ?? ""
    labelLocation = item["label"]?.location ?? item.location
    if dates.count != data.count {
      findings.add(
        .warning, "series-length",
        "'\(label)' has \(dates.count) dates and \(data.count) values; the rest is left out",
        help: "is the file cut off?", at: item.location)
    }
    points = []
    let reader = DayReader(dates.map { $0.text ?? "" }, readsNumbers: true)
    if let first = dates.first { reader.remark(at: first.location, &findings) }
    for (date, value) in zip(dates, data) {
      if let day = reader.day(date.text ?? "") {
        points.append((day, value))
      } else if let refusal = reader.refusal(of: date.text ?? "") {
        findings.add(
          .warning, "history-date", refusal.message, help: refusal.help, at: date.location)
      } else {
        findings.add(
          .warning, "history-date", "'\(date.text ?? date.kindName)' is not a date",
          help: "write it as 2027-02-14", at: date.location)
      }
    }
    let value = item["breakdown_value"]
    switch item["breakdown_type"]?.text {
    case "multiple":
      type = value?.sequence?.first?.text
      projectID = value?.sequence?.dropFirst().first?.text
    case "team": projectID = value?.text
    default: type = value.flatMap { $0.isNull ? nil : $0.text }
    }
  }

  /// The shortest distance between two dates, in days; nil with fewer than two.
  var shortestGap: Int? {
    let days = points.map(\.day).sorted()
    return zip(days, days.dropFirst()).map { $0.distance(to: $1) }.filter { $0 > 0 }.min()
  }

  /// The part of the label before `::`, which is the project's name, or its id when PostHog has no
  /// name for it.
  var project: String? {
    guard projectID != nil else { return nil }
    if let range = label.ranges(of: "::").first { return String(label[..<range.lowerBound]) }
    return type == nil ? label : nil
  }

  /// The meter and project the series is of, or nil with a finding.
  func meterLabel(_ findings: inout RepeatedFindings) -> (
    meter: Meter, projectID: String?, project: String?
  )? {
    if let type, let meter = Meter(named: type) { return (meter, projectID, project) }
    if type == nil, projectID != nil {
      findings.add(
        .warning, "history-breakdown",
        "'\(label)' is broken down by project only: its units cannot be told apart",
        help: "ask for breakdowns=[\"type\",\"team\"]", at: labelLocation)
      return nil
    }
    switch SeriesLabel(label) {
    case .meter(let meter, let fromLabel): return (meter, projectID, project ?? fromLabel)
    case .notBilled:
      findings.add(
        .note, "history-not-billed",
        "'\(label)' is counted by PostHog but not billed by itself; it is left out",
        at: labelLocation)
    case .unknown(let near):
      findings.add(
        .warning, "unknown-series", "no meter is called '\(label)'; the series is left out",
        help: near.map { "did you mean '\($0)'?" }
          ?? "known: \(Meter.ids.joined(separator: ", "))", at: labelLocation)
    }
    return nil
  }
}
