import GenOpsMetering
import GenOpsScenario
import GenOpsUnits

/// That the forecast rests on less history than tells a year: no headline and no amount to ask for may
/// then rest on it.
package struct ShortHistory: Sendable, Hashable {
  /// The invoice name of the product; nil where all of the history is short.
  package var product: String?
  /// How many days of it are known.
  package var days: Int

  package init(product: String?, days: Int) {
    self.product = product
    self.days = days
  }

  /// Fewer days show no trend, and hardly a week.
  package static let fewest = 28
  /// A product with a smaller part of the cost decides nothing.
  static let part = 0.01

  /// `10 days of history`, `12 days of Session replay`.
  package var text: String {
    "\(days) \(days == 1 ? "day" : "days") of \(product ?? "history")"
  }
}

extension ResultBuilder {
  /// Nil where nothing is forecast, and where what is young hardly costs anything.
  var shortHistory: ShortHistory? {
    guard plan.forecastDays > 0 else { return nil }
    let known = plan.streams.compactMap(\.historyDays)
    guard let longest = known.max() else { return nil }
    if longest < ShortHistory.fewest, known.count == plan.streams.count {
      return ShortHistory(product: nil, days: longest)
    }
    let costs = simulation.tables[0].streamCosts
    // Whole nano-units, so that no order of adding shows.
    var all = Int128(0)
    var young: [StreamID: Int128] = [:]
    for stream in plan.streams.ids {
      let cost = (0..<simulation.paths).reduce(Int128(0)) { $0 + Int128(costs[$1, stream.index]) }
      all += cost
      if let days = plan.streams[stream].historyDays, days < ShortHistory.fewest {
        young[stream, default: 0] += cost
      }
    }
    let sum = young.values.reduce(0, +)
    guard Double(sum) > ShortHistory.part * Double(all),
      let dearest = plan.streams.ids.filter({ young[$0] != nil })
        .max(by: { (young[$0] ?? 0) < (young[$1] ?? 0) })
    else { return nil }
    let stream = plan.streams[dearest]
    return ShortHistory(product: stream.meter.invoiceName, days: stream.historyDays ?? 0)
  }
}
