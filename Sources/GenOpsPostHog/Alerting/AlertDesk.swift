import GenOpsGovernance
import GenOpsUnits

/// Turns alerts and trends into messages, and passes on those that nobody acknowledges. Pure: time
/// is an argument.
///
/// The first recipient gets the first threshold of a budget period, the next one the next
/// threshold, the last one all further ones. A message that is not acknowledged in time goes to the
/// next recipient too, until the last has it.
struct AlertDesk: Sendable {
  private struct Open {
    var notice: AlertNotice
    /// The position of its recipient.
    var step: Int
    var due: Timestamp
  }

  /// Messages of a stopped receiver must not grow for ever.
  static let mostOpen = 1000

  let rules: AlertRules
  private var open: [Open] = []

  init(_ rules: AlertRules) { self.rules = rules }

  /// The message for a budget that reached a threshold; `spent` is what has been spent by now.
  mutating func raise(_ alert: Alert, _ budget: Budget, spent: Money) -> AlertNotice {
    let limit = budget.limitForUsage.approximate
    let share = limit > 0 ? spent.approximate / limit * 100 : Double(alert.percent)
    let isOver = alert.percent >= 100
    let step = budget.alertPercents.firstIndex(of: alert.percent) ?? 0
    let words = budget.adjective
    let name =
      budget.name == words || budget.name == budget.period.rawValue ? "" : " '\(budget.name)'"
    return post(
      AlertNotice(
        // A limit that was raised is another fact: its alerts are not repetitions.
        id: "\(budget.name)/\(alert.periodStart)/\(budget.limit)/\(alert.percent)",
        level: isOver ? .error : .warning,
        message: isOver && spent < budget.limitForUsage
          ? "PostHog \(words) limit\(name) is used up: \(oneDecimal(share))% spent, more is refused"
          : isOver
            ? "PostHog costs exceeded \(words) limit\(name): \(oneDecimal(share))%"
            : "PostHog costs approaching \(words) limit\(name): \(oneDecimal(share))%",
        escalations: 0, budget: budget.name, percent: alert.percent, at: alert.at,
        until: Timestamp(
          startOf: budget.period.window(
            containing: alert.periodStart, fiscalStart: budget.fiscalStart
          ).end)),
      step: step)
  }

  /// The messages that the days up to `history`'s last one are worth.
  mutating func watch(_ history: CostHistory, at instant: Timestamp) -> [AlertNotice] {
    guard let end = history.end else { return [] }
    var notices: [AlertNotice] = []
    if let percent = rules.growthPercent, let growth = history.weeklyTrend?.growthRate,
      growth > Double(percent)
    {
      notices.append(
        AlertNotice(
          id: "growth/\(end)", level: .info,
          message: "PostHog costs growing rapidly: \(oneDecimal(growth))% week-over-week",
          escalations: 0, at: instant))
    }
    if let rule = rules.anomaly, let anomaly = history.anomaly(rule) {
      notices.append(
        AlertNotice(
          id: "anomaly/\(anomaly.day)", level: .warning,
          message:
            "PostHog costs of \(anomaly.day) were \(anomaly.cost), usual is \(anomaly.usual)",
          escalations: 0, at: instant))
    }
    return notices.map { post($0, step: 0) }
  }

  /// Ends the passing on of a message. False when there is none of this id.
  mutating func acknowledge(_ id: String) -> Bool {
    let before = open.count
    open.removeAll { $0.notice.id == id }
    return open.count < before
  }

  /// The messages that go to the next recipient, because nobody acknowledged them.
  mutating func due(at instant: Timestamp) -> [AlertNotice] {
    var passedOn: [AlertNotice] = []
    for index in open.indices where open[index].due <= instant {
      open[index].step += 1
      open[index].notice.escalations += 1
      open[index].notice.recipient = rules.escalation[open[index].step]
      open[index].due = instant.advanced(bySeconds: rules.escalateAfter)
      passedOn.append(open[index].notice)
    }
    open.removeAll { $0.step + 1 >= rules.escalation.count }
    return passedOn
  }

  private mutating func post(_ notice: AlertNotice, step: Int) -> AlertNotice {
    guard let last = rules.escalation.indices.last else { return notice }
    var notice = notice
    let step = min(step, last)
    notice.recipient = rules.escalation[step]
    if step < last {
      if open.count >= AlertDesk.mostOpen { open.removeFirst() }
      open.append(
        Open(
          notice: notice, step: step, due: notice.at.advanced(bySeconds: rules.escalateAfter)))
    }
    return notice
  }

  private func oneDecimal(_ value: Double) -> String {
    // The sign apart: a whole part of zero has none of its own, and -0.5 % was 0.5 %.
    let tenths = Int64(rounding: value * 10)
    return "\(tenths < 0 ? "-" : "")\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
  }
}

extension Budget {
  /// `daily`.
  var adjective: String {
    switch period {
    case .day: "daily"
    case .week: "weekly"
    case .month: "monthly"
    case .quarter: "quarterly"
    case .year: "yearly"
    }
  }
}
