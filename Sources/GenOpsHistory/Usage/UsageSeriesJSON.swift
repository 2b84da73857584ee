package import GenOpsIngestion
import GenOpsMetering
import GenOpsUnits

/// An answer of PostHog's `GET /api/billing/usage/`.
///
/// `{"status","type","customer_id","results":[{"label","data":[…],"dates":[…],"breakdown_type":
/// "type"|"team"|"multiple","breakdown_value"}],"next"}`. Source of the shape: PostHog's
/// `ee/api/billing.py` (`BillingTimeSeriesResponseSerializer`).
package enum UsageSeriesJSON: HistorySource {
  package static let name = "usage-series"
  package static let summary = "answers of PostHog's /api/billing/usage/, one or several in a file"
  package static let example =
    #"{"status":"ok","results":[{"label":"Events","data":[2100000],"dates":["2027-02-14"],"#
    + #""breakdown_type":"type","breakdown_value":"event_count_in_period"}]}"#

  package static let expected = "ask for breakdowns=[\"type\"] and a range of dates"

  package static func recognizes(_ file: HistoryFile) -> Bool {
    // Billing's refusals are taken too, so that they are said in its words.
    file.document.map {
      $0["results"]?.sequence != nil || $0["detail"] != nil || $0["usage_summary"] != nil
    } ?? false
  }

  package static func read(_ file: HistoryFile, _ findings: inout RepeatedFindings) -> [UsageSeries]
  {
    guard let document = file.document else { return [] }
    guard let results = document["results"]?.sequence else {
      explain(document, &findings)
      return []
    }
    var builder = HistoryBuilder()
    var sparse: [(gap: Int, place: SourceLocation)] = []
    for item in results { read(item, into: &builder, &sparse, &findings) }
    if let first = sparse.first {
      // One request has one interval: it is asked again once, however many series came.
      let whose = sparse.count == 1 ? "the dates" : "the dates of \(sparse.count) series"
      findings.add(
        .error, "history-interval", "\(whose) are \(first.gap) days apart: this is not daily usage",
        help: "ask again with interval=day", at: first.place)
    }
    return builder.series()
  }

  private static func read(
    _ item: Node, into builder: inout HistoryBuilder,
    _ sparse: inout [(gap: Int, place: SourceLocation)], _ findings: inout RepeatedFindings
  ) {
    guard let series = BillingSeries(item, &findings), let label = series.meterLabel(&findings)
    else { return }
    if let gap = series.shortestGap, gap >= 7 {
      sparse.append((gap, item.location))
      return
    }
    var conflicts = 0
    for (day, node) in series.points {
      let units =
        node.isNull
        ? nil
        : UnitsText.read(node.text ?? node.kindName, on: day, at: node.location, &findings)
      let outcome = builder.add(
        units, on: day, meter: label.meter, projectID: label.projectID, project: label.project)
      if outcome == .conflicting { conflicts += 1 }
    }
    if conflicts > 0 {
      findings.add(
        .warning, "history-repeated",
        "'\(series.label)' has a second, different value on \(countedNoun(conflicts, "day")); the second is used",
        help: "remove one of the two", at: item.location)
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
}
