import GenOpsHistory
import GenOpsSimulation
import GenOpsUnits

/// The cumulative cost by day: what was paid, what is expected, the range of 8 in 10 futures, the
/// budget, and the day on which it is crossed.
struct FanChart {
  let result: ScenarioResult

  init(_ result: ScenarioResult) { self.result = result }

  /// The recommended option's line, when the run has one.
  var option: (name: String, mean: [Double])? {
    guard let best = result.bestOption?.name else { return nil }
    return result.fan.options.first { $0.name == best && $0.mean.count == result.fan.days.count }
  }

  /// Nil without at least two days.
  func svg(_ size: ChartSize) -> String? {
    let days = result.fan.days
    guard days.count > 1 else { return nil }
    let budget = result.fan.budget?.approximate
    let values = days.flatMap { [$0.p10, $0.p90, $0.mean] } + (budget.map { [$0] } ?? [])
    let frame = ChartFrame(size, values: values, rightMargin: size == .wide ? 62 : 50)
    var svg = SVG(width: size.width, height: size.height)
    frame.drawGrid(&svg, unit: result.currency)
    drawMonths(&svg, frame)

    func x(_ index: Int) -> Double { frame.x(Double(index) / Double(days.count - 1)) }
    func points(_ value: (Fan.Day) -> Double, _ range: Range<Int>) -> [(x: Double, y: Double)] {
      range.map { (x($0), frame.y(value(days[$0]))) }
    }
    let actual = min(max(result.fan.actualDays, 0), days.count)
    // The forecast starts at the last actual day, so that the lines meet.
    let ahead = max(0, actual - 1)..<days.count
    svg.path(points(\.p90, ahead) + points(\.p10, ahead).reversed(), closed: true, "band")
    if let option {
      svg.path(ahead.map { (x($0), frame.y(option.mean[$0])) }, "option")
    }
    svg.path(points(\.mean, ahead), "expected")
    svg.path(points(\.mean, 0..<actual), "actual")
    if let budget {
      svg.line(frame.left, frame.y(budget), frame.right, frame.y(budget), "budget")
      svg.text(
        "budget \(NumberText.money(budget))", frame.left + 8, frame.y(budget) - 6, .start,
        "budget-label")
    }
    drawCrossing(&svg, frame, x: x)
    drawEnds(&svg, frame)
    return svg.element(
      id: "fan-\(size)", class: "chart \(size)", title: "Cumulative cost by day",
      description: description)
  }

  private func drawMonths(_ svg: inout SVG, _ frame: ChartFrame) {
    let days = result.fan.days
    let every = monthStep(result.months.count, frame.size)
    for (index, day) in days.enumerated() where day.day.civil.day == 1 || index == 0 {
      let month = day.day.month
      let place = frame.x(Double(index) / Double(days.count - 1))
      svg.line(place, frame.bottom, place, frame.bottom + 4, "axis")
      let count = Int(month.number) - Int(days[0].day.month.number)
      if count % every == 0 {
        svg.text(
          DateText.row(month, isFirst: index == 0), place + 3, frame.bottom + 18, .start, "label")
      }
    }
  }

  /// The median day of the first breach, with the range of 8 in 10 breaching futures.
  private func drawCrossing(_ svg: inout SVG, _ frame: ChartFrame, x: (Int) -> Double) {
    guard let crossing, let budget = result.fan.budget?.approximate else { return }
    let place = x(crossing.index)
    let level = frame.y(budget)
    svg.line(place, level, place, frame.bottom, "crossing")
    svg.circle(place, level, radius: 4, "crossing-dot")
    let onLeft = place > (frame.left + frame.right) / 2
    let side = onLeft ? -8.0 : 8.0
    let height = frame.bottom - 34
    svg.text("over around", place + side, height, onLeft ? .end : .start, "label")
    svg.text(
      DateText.day(crossing.day, year: true), place + side, height + 15, onLeft ? .end : .start,
      "mark")
  }

  /// The median crossing day when it is a day of the picture.
  var crossing: (index: Int, day: CalendarDay)? {
    guard let first = result.fan.days.first?.day, result.fan.budget != nil,
      let day = result.budgets.first(where: { $0.limit == result.fan.budget })?.firstBreach?.p50
    else { return nil }
    let index = first.distance(to: day)
    return result.fan.days.indices.contains(index) ? (index, day) : nil
  }

  /// The amounts on the last day; a label that would touch another is left out.
  private func drawEnds(_ svg: inout SVG, _ frame: ChartFrame) {
    guard let last = result.fan.days.last else { return }
    var taken: [Double] = []
    func label(_ value: Double, _ name: String) {
      let place = frame.y(value) + 4
      if taken.contains(where: { abs($0 - place) < 14 }) { return }
      taken.append(place)
      svg.text(NumberText.tick(rounded(value)), frame.right + 6, place, .start, name)
    }
    label(last.mean, "mark")
    if let end = option?.mean.last { label(end, "option-label") }
    label(last.p90, "label")
    label(last.p10, "label")
  }

  /// Three digits, as much as a label needs.
  private func rounded(_ value: Double) -> Double {
    guard abs(value) >= 1000, abs(value) < 1e15 else { return value.rounded() }
    var unit = 1.0
    while abs(value) / unit >= 1000 { unit *= 10 }
    return (value / unit).rounded() * unit
  }

  private var description: String {
    guard let first = result.fan.days.first, let last = result.fan.days.last else { return "" }
    var text =
      "From \(first.day) to \(last.day) the cost adds up to \(NumberText.money(last.mean)) expected, "
      + "\(NumberText.money(last.p10)) low and \(NumberText.money(last.p90)) high."
    if result.fan.actualDays > 0 { text += " The first \(result.fan.actualDays) days are actual." }
    if let budget = result.fan.budget { text += " The budget is \(NumberText.money(budget))." }
    if let crossing { text += " It is crossed around \(DateText.day(crossing.day, year: true))." }
    return text
  }
}

/// Every how many months an axis has a label.
func monthStep(_ months: Int, _ size: ChartSize) -> Int {
  let room = size == .wide ? 14 : 5
  return [1, 2, 3, 6].first { months <= room * $0 } ?? 12
}
