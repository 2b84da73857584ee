import GenOpsHistory
import GenOpsSimulation
import GenOpsUnits

extension FaultResult {
  /// When somebody would notice: `seen the same day in 96 %`.
  var noticeText: String {
    guard let notice else { return "no alert is set" }
    guard let days = notice.days, notice.probability > 0 else { return "seen by no alert" }
    let when =
      switch days.p50 {
      case ..<0.5: "seen the same day"
      case ..<1.5: "seen a day later"
      default: "seen after \(Int64(rounding: days.p50)) days"
      }
    return notice.probability >= 1
      ? when : when + " in \(NumberText.percent(notice.probability))"
  }

  /// What would have stopped it, and what that loses besides; else what comes nearest.
  var answerText: String {
    guard cost.mean > 0 else { return "no money to save" }
    guard let best = stoppedBy.first else {
      guard let nearest = options.min(by: { $0.cost < $1.cost }), nearest.cost < cost.mean else {
        return options.isEmpty ? "no option to stop it" : "no option helps"
      }
      return "\"\(nearest.option)\" leaves \(NumberText.percent(nearest.cost / cost.mean)) of it"
    }
    let others = stoppedBy.count > 1 ? " and \(stoppedBy.count - 1) more" : ""
    let lost =
      best.othersLost >= 0.5 ? " (\(NumberText.count(best.othersLost)) others lost)" : ""
    return "stopped by \"\(best.option)\"\(others)\(lost)"
  }

  /// What it costs, and how often it happens where that is not always.
  private var costText: String {
    if cost.mean == 0, cost.p10 == 0, cost.p90 == 0 {
      return duplicates > 0 ? "0 (\(NumberText.count(duplicates)) duplicates)" : "0"
    }
    return (cost.mean > 0 ? "+" : "") + NumberText.money(cost.mean)
      + (probability < 0.98 ? " in \(NumberText.percent(probability))" : "")
  }

  /// One line of the terminal.
  var line: String {
    "\(name.fitting(18)) \(costText), \(noticeText), \(answerText)"
  }
}
