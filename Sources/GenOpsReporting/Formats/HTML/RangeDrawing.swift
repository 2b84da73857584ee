import GenOpsScenario

/// The range of each choice beside the budget, and a few words on it.
struct RangeDrawing {
  let chart: ReportChart.Ranges

  init(_ chart: ReportChart.Ranges) { self.chart = chart }

  func svg(_ size: ChartSize, alone: Bool = false) -> String {
    let isWide = size == .wide
    let row = isWide ? 30.0 : 46.0
    let left = isWide ? 190.0 : 12.0
    let right = isWide ? 750.0 : 388.0
    let bottom = 26 + row * Double(chart.rows.count)
    var svg = SVG(width: size.width, height: bottom + (isWide ? 24 : 40))
    let values =
      chart.rows.flatMap { [$0.cost.low, $0.cost.expected, $0.cost.high] } + [chart.budget ?? 0]
    let finite = values.filter { $0.isFinite }
    let (least, most) = ends(finite)
    func x(_ value: Double) -> Double {
      left + (min(max(value, least), most) - least) / (most - least) * (right - left)
    }
    let step = BarText.step((most - least) / (isWide ? 5 : 3))
    // A step is a fifth of what is drawn at most, so these are few.
    var tick = (least / step).rounded(.up)
    while tick * step <= most {
      let value = tick * step
      defer { tick += 1 }
      svg.line(x(value), 22, x(value), bottom, tick == 0 ? "axis" : "grid")
      svg.text(NumberText.tick(value), x(value), bottom + 16, .middle, "label")
    }
    if isWide {
      svg.text(chart.caption.unit, left - 12, bottom + 16, .end, "label")
    } else {
      svg.text(chart.caption.unit, right, bottom + 33, .end, "label")
    }
    if let budget = chart.budget {
      svg.line(x(budget), 18, x(budget), bottom, "budget")
      let onLeft = x(budget) > (left + right) / 2
      svg.text(
        "budget \(NumberText.money(budget))", x(budget), 12, onLeft ? .end : .start, "budget-label")
    }
    for (index, choice) in chart.rows.enumerated() {
      let top = 24 + row * Double(index)
      let middle = top + (isWide ? row / 2 : row - 14)
      let name = choice.label
      let style = choice.isBad ? "bad-label" : "label"
      if isWide {
        svg.text(name.fitting(23), left - 12, middle + 4, .end, "name")
        svg.text(choice.note, right + 16, middle + 4, .start, style)
      } else {
        svg.text(name.fitting(24), left, top + 18, .start, "name")
        svg.text(choice.note, right, top + 18, .end, style)
      }
      let (low, high) = (x(choice.cost.low), x(choice.cost.high))
      svg.rectangle(x: low, y: middle - 5, width: high - low, height: 10, "option-range")
      svg.circle(x(choice.cost.expected), middle, radius: 5, "option-dot")
    }
    return svg.element(chart.caption, size, alone: alone)
  }

  /// The ends of the axis: from 0, or from a little below the lowest value to a little above the highest.
  private func ends(_ values: [Double]) -> (Double, Double) {
    guard !chart.isFromZero, let low = values.filter({ $0 != 0 }).min(), let high = values.max()
    else {
      let least = min(0, values.min() ?? 0)
      return (least, max(values.max() ?? 1, least + 1e-9, 0))
    }
    let margin = max((high - low) * 0.05, abs(high) * 0.005, 1e-6)
    return (low - margin, high + margin)
  }
}
