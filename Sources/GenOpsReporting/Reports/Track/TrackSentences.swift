import GenOpsSimulation
import GenOpsUnits

/// What the months came to, in two sentences.
struct TrackSentences {
  let result: TrackResult

  init(_ result: TrackResult) { self.result = result }

  /// At most two.
  var all: [String] { [month, year] }

  private func money(_ amount: Money) -> String { "\(NumberText.money(amount)) \(result.currency)" }

  /// The last month that has ended, else the one under way.
  private var month: String {
    if let last = result.months.last(where: \.state.hasEnded) { return ended(last) }
    if let now = result.months.first(where: { $0.state == .underWay }) {
      return "\(DateText.name(now.month)) is at \(money(now.actual ?? .zero)) after "
        + "\(NumberText.counted(now.knownDays, "day")) and lands at \(money(now.landing))"
        + distances(now) + "."
    }
    return "Nothing of the period is known yet."
  }

  private func ended(_ month: TrackResult.Month) -> String {
    let about = month.state == .partial ? " about" : ""
    let start =
      "\(DateText.name(month.month)) landed at\(about) \(money(month.landing))\(distances(month))"
    guard let split = month.split, let parts = TrackSentences.parts(split, month) else {
      return start + (month.forecast == nil ? "; it was not forecast." : ".")
    }
    let names = ["volume", "price", "mix", "one-offs"]
    return start + ": " + zip(names, parts).map { "\($0) \($1)" }.joined(separator: ", ") + "."
  }

  /// `, 6 % over the forecast and 2 % over budget`.
  private func distances(_ month: TrackResult.Month) -> String {
    let texts =
      [month.overForecast.map { TrackSentences.distance($0, month.forecastName) }]
      + [
        month.overBudget.map {
          TrackSentences.distance($0, "budget") + (month.listPrice == nil ? "" : " at list price")
        }
      ]
    let known = texts.compactMap { $0 }
    return known.isEmpty ? "" : ", " + known.joined(separator: " and ")
  }

  private var year: String {
    let total = result.total
    let isOver = result.months.allSatisfy(\.state.hasEnded)
    var start = "The"
    if !isOver, let condition = result.doubt?.condition {
      // A condition is ASCII, so its first Character is a letter.
      start = condition.prefix(1).uppercased() + condition.dropFirst() + ", the"
    }
    var text =
      "\(start) \(total.label.lowercased()) \(isOver ? "landed" : "now lands") at "
      + money(total.landing)
    // What is paid is not what a budget judges: both amounts, or the two would contradict each other.
    let listed = total.budget == nil ? nil : total.listPrice
    var remarks: [String] = []
    if let low = total.low, let high = total.high {
      remarks.append("8 of 10 futures: \(NumberText.money(low)) to \(NumberText.money(high))")
    }
    if let listed { remarks.append("\(NumberText.money(listed)) before discounts and credits") }
    if !remarks.isEmpty { text += " (\(remarks.joined(separator: "; ")))" }
    if let budget = total.budget, let over = total.overBudget {
      text +=
        ", \(TrackSentences.distance(over, "its budget")) of \(money(budget))"
        + (listed == nil ? "" : " at list price")
    }
    return text + "."
  }

  /// How often what was said held, in one line.
  var score: String {
    let score = result.score
    guard let coverage = score.coverage else {
      return "no month that was forecast is known whole yet"
    }
    var text =
      "we said 80 %, were right \(NumberText.percent(coverage)) of "
      + NumberText.counted(score.count, "time")
    if let error = score.meanAbsoluteError { text += ", off by \(percent(error))" }
    if let bias = score.bias, abs(bias) >= 0.0005 {
      text += " (\(percent(abs(bias))) \(bias > 0 ? "too low" : "too high") on average)"
    }
    if score.later > 0 { text += "; \(score.later) said afterwards" }
    return text
  }

  private func percent(_ part: Double) -> String { NumberText.oneDecimal(part * 100) + " %" }

  /// `6 % over the forecast`, `as the forecast`.
  static func distance(_ excess: Double, _ what: String) -> String {
    let percent = abs(excess) * 100
    if percent < 0.05 { return what == "the forecast" ? "as forecast" : "on \(what)" }
    // Tenths where whole percents would say little.
    let text =
      percent < 9.95
      ? NumberText.oneDecimal(percent) : NumberText.count(percent.rounded())
    return "\(text) % \(excess > 0 ? "over" : "under") \(what)"
  }

  /// Volume, price, mix and one-offs as parts of the forecast, so rounded that they sum to the miss as it
  /// is shown; nil where nothing was forecast.
  static func parts(_ split: MissSplit, _ month: TrackResult.Month) -> [String]? {
    let amounts = [split.volume, split.price, split.mix, split.oneOffs]
    let parts = amounts.compactMap(month.ofForecast)
    guard parts.count == amounts.count, let miss = month.ofForecast(split.miss) else { return nil }
    // In tenths of a percent below ten percent, as the miss is shown.
    let steps = abs(miss) * 100 < 9.95 ? 10.0 : 1.0
    let column = MoneyColumn(
      parts.map { $0 * 100 * steps }, total: miss * 100 * steps, cents: false)
    return column.parts.map { part in
      if part == 0 { return "0" }
      let value = abs(part) / steps
      return (part < 0 ? "-" : "+")
        + (steps > 1 ? NumberText.oneDecimal(value) : NumberText.count(value)) + " %"
    }
  }
}

extension TrackResult.Month {
  /// What a landing is held against, in words.
  var forecastName: String {
    saidAtList == nil ? "the forecast" : "the forecast before discounts and credits"
  }
}
