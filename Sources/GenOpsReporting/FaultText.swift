internal import GenOpsWorkbench

extension FaultResult {
  /// When somebody would notice: `the same day in 96 of 100 futures`.
  var noticeText: String {
    guard let notice else { return "no alert is set" }
    guard let days = notice.days, notice.probability > 0 else { return "unnoticed by any alert" }
    let when =
      switch days.p50 {
      case ..<0.5: "noticed the same day"
      case ..<1.5: "noticed a day later"
      default: "noticed after \(Int(days.p50.rounded())) days"
      }
    return notice.probability >= 1
      ? when : when + " in \(NumberText.percent(notice.probability))"
  }

  /// What would have stopped it, and what that loses besides.
  var answerText: String {
    guard cost.mean > 0 else { return "costs nothing to stop" }
    guard let best = stoppedBy.first else {
      return options.isEmpty ? "no option to stop it" : "no option stops it"
    }
    let others = stoppedBy.count > 1 ? " and \(stoppedBy.count - 1) more" : ""
    let lost =
      best.othersLost >= 0.5 ? ", which loses \(NumberText.count(best.othersLost)) others" : ""
    return "stopped by \"\(best.option)\"\(others)\(lost)"
  }

  /// What it costs, with the range of 8 in 10 futures.
  var costText: String {
    if cost.mean == 0, cost.p10 == 0, cost.p90 == 0 {
      return duplicates > 0 ? "0 (\(NumberText.count(duplicates)) duplicates dropped)" : "0"
    }
    let amount = (cost.mean > 0 ? "+" : "") + NumberText.money(cost.mean)
    if cost.p90 - cost.p10 < 0.005 { return amount }
    return amount + " (\(NumberText.money(cost.p10)) to \(NumberText.money(cost.p90)))"
  }

  /// One line of the terminal.
  var line: String {
    let chance = probability < 1 ? " in \(NumberText.percent(probability))" : ""
    return "\(name.displayable.fitting(24)) \(costText)\(chance), \(noticeText), "
      + (cost.mean > 0 ? answerText : "no money to save")
  }
}
