import GenOpsScenario
import GenOpsUnits

extension ValueDraws {
  /// The lines of the value case by month, at the means, the bill and what the change costs last.
  func meanFlows(
    _ value: ValueCase, _ means: [Double], lostWorth: [Double], _ bill: [Double],
    _ spent: ChangeSpending
  ) -> [ValueFlow] {
    let months = plan.period.months
    var flows = zip(value.lines, means).map { line, amount -> ValueFlow in
      var flow = ValueFlow(
        name: line.name, kind: line.kind, isBenefit: line.isBenefit, atStart: 0,
        byMonth: months.map { _ in 0 })
      if !line.isOneOff {
        flow.byMonth = line.schedule.parts(of: months).map { $0 * amount }
      } else if let month = line.schedule.month(in: months) {
        flow.byMonth[month] = amount
      } else if line.schedule.from == nil {
        flow.atStart = amount
      }
      return flow
    }
    if lostWorth.contains(where: { $0 > 0 }) {
      flows.append(
        ValueFlow(
          name: "lost events", kind: "lost", isBenefit: true, atStart: 0,
          byMonth: lostWorth.map { -$0 }))
    }
    flows.append(
      ValueFlow(name: "PostHog", kind: "cost", isBenefit: false, atStart: 0, byMonth: bill))
    if spent.total > 0 {
      flows.append(
        ValueFlow(
          name: "the change", kind: "cost", isBenefit: false, atStart: spent.atStart,
          byMonth: spent.months))
    }
    return flows
  }
}
