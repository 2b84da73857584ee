import GenOpsIngestion
import GenOpsUnits

/// What a file holds that PostHog's billing wrote, for whoever looked for events in it.
package enum BillingContent: Sendable {
  /// Units by day, as an export or an answer of `/api/billing/usage/`.
  case usage
  /// Amounts of money by day.
  case spend
  /// An answer of `/api/billing/`.
  case bill

  /// Nil where the file holds events, something else, or cannot be read whole.
  package init?(path: String) {
    if (try? EventReader.holdsEvents(path: path, name: path)) == true { return nil }
    let file = UsageFile.load(path: path, name: path)
    let codes = Set(file.findings.all.map(\.code))
    if codes.contains("history-is-bill") {
      self = .bill
    } else if codes.contains("history-is-spend") {
      self = .spend
    } else if file.exports.contains(where: { !$0.series.isEmpty }) {
      self = .usage
    } else {
      return nil
    }
  }
}
