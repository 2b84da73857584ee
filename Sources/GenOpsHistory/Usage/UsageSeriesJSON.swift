import GenOpsIngestion
import GenOpsMetering
import GenOpsUnits

/// Answers of PostHog's `GET /api/billing/usage/`, one or several in a file.
///
/// `{"status","type","customer_id","results":[{"label","data":[…],"dates":[…],"breakdown_type":
/// "type"|"team"|"multiple","breakdown_value"}],"next"}`. Source of the shape: PostHog's
/// `ee/api/billing.py` (`BillingTimeSeriesResponseSerializer`).
package enum UsageSeriesJSON: HistorySource {
  package static let name = "usage-series"
  package static let summary = "answers of PostHog's /api/billing/usage/, one or several in a file"
  package static let example =
    #"{"status":"ok","results":[{"label":"Events","data":[2100000],"dates":["2027-02-01"],"#
    + #""breakdown_type":"type","breakdown_value":"event_count_in_period"}]}"#

  package static func recognizes(_ file: HistoryFile) -> Bool {
    // Billing's refusals are taken too, so that they are said in its words.
    file.documents?.contains {
      $0["results"]?.sequence != nil || $0["detail"] != nil || $0["usage_summary"] != nil
    } ?? false
  }

  package static func read(_ file: HistoryFile) -> UsageHistory {
    var builder = HistoryBuilder()
    var findings = RepeatedFindings()
    for document in file.documents ?? [] {
      guard let results = document["results"]?.sequence else {
        explain(document, &findings)
        continue
      }
      if let next = document["next"], !next.isNull, next.text?.isEmpty == false {
        findings.add(
          .warning, "history-more-pages", "PostHog has more series than this answer holds",
          help: "ask again with after=<the value of \"next\"> and append the answer",
          at: next.location)
      }
      for item in results { read(item, into: &builder, &findings) }
    }
    if builder.isEmpty, !findings.findings.hasErrors {
      findings.add(
        .error, "history-empty", "the answer holds no series of a meter",
        help: "ask for breakdowns=[\"type\"] and a range of dates", at: file.location(1, 1))
    }
    let series = builder.series()
    checkSpend(series, file, &findings)
    return UsageHistory(series: series, findings: findings.finished())
  }

  private static func read(
    _ item: Node, into builder: inout HistoryBuilder, _ findings: inout RepeatedFindings
  ) {
    guard let series = BillingSeries(item, &findings), let label = series.meterLabel(&findings)
    else { return }
    if let gap = series.shortestGap, gap >= 7 {
      findings.add(
        .error, "history-interval", "the dates are \(gap) days apart: this is not daily usage",
        help: "ask again with interval=day", at: item.location)
      return
    }
    var conflicts = 0
    for (day, node) in series.points {
      var units: Double?
      switch node.isNull ? .missing : UnitsText(node.text ?? "?") {
      case .units(let value): units = value
      case .missing: break
      case .negative, .garbage:
        findings.add(
          .warning, "history-value",
          "'\((node.text ?? node.kindName).prefix(40))' on \(day) is not a number of units",
          help: "the day counts as missing", at: node.location)
      }
      let outcome = builder.add(
        units, on: day, meter: label.meter, projectID: label.projectID, project: label.project)
      if outcome == .conflicting { conflicts += 1 }
    }
    if conflicts > 0 {
      findings.add(
        .warning, "history-repeated",
        "'\(series.label)' has a second, different value on \(conflicts) days; the first is used",
        help: "remove the older answer", at: item.location)
    }
  }

  /// Says what a document is that holds no series.
  private static func explain(_ document: Node, _ findings: inout RepeatedFindings) {
    if let detail = document["detail"]?.text {
      findings.add(
        .error, "history-refused", "PostHog refused the request: \(detail.prefix(300))",
        help: "ask again as it says", at: document.location)
    } else if document["usage_summary"] != nil || document["billing_period"] != nil {
      findings.add(
        .error, "history-is-bill", "this is an answer of /api/billing/, not of /api/billing/usage/",
        help: "put the file under bills: and the usage export under history:",
        at: document.location)
    } else {
      findings.add(
        .error, "history-format", "this JSON has no \"results\"",
        help: "expected an answer of /api/billing/usage/", at: document.location)
    }
  }

  /// The answers of `/usage/` and `/spend/` have the same shape. Units are whole; amounts are not.
  private static func checkSpend(
    _ series: [UsageSeries], _ file: HistoryFile, _ findings: inout RepeatedFindings
  ) {
    let values = series.flatMap { $0.values.filter { !$0.isNaN && $0 != 0 } }
    let broken = values.count { $0 != $0.rounded() }
    if values.count >= 5, broken * 2 > values.count {
      findings.add(
        .warning, "history-is-spend",
        "most numbers are not whole: this looks like an answer of /api/billing/spend/, in dollars",
        help: "put it under bills: and use /api/billing/usage/ here", at: file.location(1, 1))
    }
  }
}
