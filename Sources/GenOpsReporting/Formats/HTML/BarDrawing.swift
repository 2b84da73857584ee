/// A bar a period, with the range of 8 in 10 futures where it is not known yet.
struct BarDrawing {
  let chart: ReportChart.Bars

  init(_ chart: ReportChart.Bars) { self.chart = chart }

  func svg(_ size: ChartSize, alone: Bool = false) -> String {
    let frame = ChartFrame(
      size,
      values: chart.bars.flatMap {
        [$0.cost.low, $0.cost.expected, $0.cost.high, $0.said?.high, $0.budget].compactMap { $0 }
      },
      rightMargin: 8)
    var svg = SVG(width: size.width, height: size.height)
    frame.drawGrid(&svg, unit: chart.caption.unit)
    let every = monthStep(chart.bars.count, size)
    let slot = (frame.right - frame.left) / Double(chart.bars.count)
    for (index, bar) in chart.bars.enumerated() {
      let start = frame.left + slot * Double(index)
      let middle = start + slot / 2
      let zero = frame.y(0)
      let end = frame.y(bar.cost.expected)
      if let said = bar.said {
        let (low, high) = (frame.y(said.low), frame.y(said.high))
        // A range of nothing is still seen.
        svg.rectangle(
          x: start + slot * 0.04, y: min(low, high), width: slot * 0.92,
          height: max(2, abs(low - high)), "band")
      }
      svg.rectangle(
        x: start + slot * 0.18, y: min(zero, end), width: slot * 0.64, height: abs(zero - end),
        bar.isActual ? "bar-actual" : "bar")
      if let soFar = bar.soFar {
        let top = frame.y(soFar)
        svg.rectangle(
          x: start + slot * 0.18, y: min(zero, top), width: slot * 0.64, height: abs(zero - top),
          "bar-actual")
      }
      if let budget = bar.budget {
        svg.line(start, frame.y(budget), start + slot, frame.y(budget), "budget")
      }
      if !bar.isActual {
        let (low, high) = (frame.y(bar.cost.low), frame.y(bar.cost.high))
        svg.line(middle, low, middle, high, "range")
        svg.line(middle - 4, low, middle + 4, low, "range")
        svg.line(middle - 4, high, middle + 4, high, "range")
      }
      if index % every == 0 {
        // Seven pixels a letter; a label that does not fit would run into the next.
        let isRoom = every == 1 && Double(bar.label.count) * 7 <= slot
        svg.text(
          isRoom ? bar.label : bar.shortLabel, middle, frame.bottom + 18,
          .middle, "label")
      }
    }
    return svg.element(chart.caption, size, alone: alone)
  }
}
