import GenOpsHistory
import GenOpsUnits

/// A quantity by day: what was, what is expected, the range of 8 in 10 futures, single futures, a
/// budget, and the day on which it is crossed.
struct FanDrawing {
  let chart: ReportChart.Fan

  init(_ chart: ReportChart.Fan) { self.chart = chart }

  func svg(_ size: ChartSize, alone: Bool = false) -> String {
    let days = chart.days
    let values =
      chart.top.map { [$0] }
      ?? days.flatMap { [$0.low, $0.high, $0.expected] } + (chart.budget.map { [$0] } ?? [])
    let frame = ChartFrame(size, values: values, rightMargin: size == .wide ? 62 : 50)
    var svg = SVG(width: size.width, height: size.height)
    frame.drawGrid(&svg, unit: chart.caption.unit)
    drawMonths(&svg, frame)

    func points(_ value: (ReportChart.Spread) -> Double, _ range: Range<Int>) -> [SVG.Point] {
      range.map { (x($0, frame), frame.y(value(days[$0]))) }
    }
    let actual = min(max(chart.actualDays, 0), days.count)
    // The forecast starts at the last actual day, so that the lines meet.
    let ahead = max(0, actual - 1)..<days.count
    svg.path(points(\.high, ahead) + points(\.low, ahead).reversed(), closed: true, "band")
    for line in chart.samples { svg.path(self.points(line, ahead, frame), "sample") }
    if let option = chart.option { svg.path(self.points(option, ahead, frame), "option") }
    svg.path(points(\.expected, ahead), "expected")
    svg.path(points(\.expected, 0..<actual), "actual")
    if let budget = chart.budget {
      svg.line(frame.left, frame.y(budget), frame.right, frame.y(budget), "budget")
      svg.text(
        "budget \(NumberText.money(budget))", frame.left + 8, frame.y(budget) - 6, .start,
        "budget-label")
    }
    drawCrossing(&svg, frame)
    drawEnds(&svg, frame)
    return svg.element(chart.caption, size, alone: alone)
  }

  private func x(_ index: Int, _ frame: ChartFrame) -> Double {
    frame.x(Double(index) / Double(chart.days.count - 1))
  }

  private func points(_ line: [Double], _ range: Range<Int>, _ frame: ChartFrame) -> [SVG.Point] {
    range.clamped(to: line.indices).map { (x($0, frame), frame.y(line[$0])) }
  }

  private func drawMonths(_ svg: inout SVG, _ frame: ChartFrame) {
    let last = chart.start.advanced(by: chart.days.count - 1)
    let every = monthStep(chart.start.month.distance(to: last.month) + 1, frame.size)
    for index in chart.days.indices {
      let day = chart.start.advanced(by: index)
      guard day.civil.day == 1 || index == 0 else { continue }
      let place = x(index, frame)
      svg.line(place, frame.bottom, place, frame.bottom + 4, "axis")
      if chart.start.month.distance(to: day.month) % every == 0 {
        svg.text(
          DateText.row(day.month, isFirst: index == 0), place + 3, frame.bottom + 18, .start,
          "label")
      }
    }
  }

  private func drawCrossing(_ svg: inout SVG, _ frame: ChartFrame) {
    guard let crossing = chart.crossing, let budget = chart.budget else { return }
    let place = x(crossing, frame)
    let level = frame.y(budget)
    svg.line(place, level, place, frame.bottom, "crossing")
    svg.circle(place, level, radius: 4, "crossing-dot")
    let onLeft = place > (frame.left + frame.right) / 2
    let side = onLeft ? -8.0 : 8.0
    let height = frame.bottom - 34
    svg.text(chart.crossingWords, place + side, height, onLeft ? .end : .start, "label")
    svg.text(
      DateText.day(chart.start.advanced(by: crossing), year: true), place + side, height + 15,
      onLeft ? .end : .start, "mark")
  }

  /// The values on the last day; a label that would touch another is left out.
  private func drawEnds(_ svg: inout SVG, _ frame: ChartFrame) {
    guard let last = chart.days.last else { return }
    var taken: [Double] = []
    for end in chart.ends {
      let label: (value: Double?, style: String) =
        switch end {
        case .expected: (last.expected, "mark")
        case .option: (chart.option?.last, "option-label")
        case .high: (last.high, "label")
        case .low: (last.low, "label")
        }
      guard let value = label.value else { continue }
      let place = frame.y(value) + 4
      if taken.contains(where: { abs($0 - place) < 14 }) { continue }
      taken.append(place)
      svg.text(NumberText.tick(rounded(value)), frame.right + 6, place, .start, label.style)
    }
  }

  /// Three digits, as much as a label needs.
  private func rounded(_ value: Double) -> Double {
    guard abs(value) >= 1000, abs(value) < 1e15 else { return value.rounded() }
    var unit = 1.0
    while abs(value) / unit >= 1000 { unit *= 10 }
    return (value / unit).rounded() * unit
  }
}

/// Every how many months an axis has a label.
func monthStep(_ months: Int, _ size: ChartSize) -> Int {
  let room = size == .wide ? 14 : 5
  return [1, 2, 3, 6].first { months <= room * $0 } ?? 12
}
