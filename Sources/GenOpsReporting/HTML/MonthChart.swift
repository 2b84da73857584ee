import GenOpsSimulation
import GenOpsUnits

/// The expected cost of each month as a bar, with the range of 8 in 10 futures.
struct MonthChart {
  let result: ScenarioResult

  init(_ result: ScenarioResult) { self.result = result }

  /// Nil without months.
  func svg(_ size: ChartSize) -> String? {
    let months = result.months
    guard !months.isEmpty else { return nil }
    let frame = ChartFrame(
      size, values: months.flatMap { [$0.cost.p10, $0.cost.mean, $0.cost.p90] }, rightMargin: 8)
    var svg = SVG(width: size.width, height: size.height)
    frame.drawGrid(&svg, unit: result.currency)
    let every = monthStep(months.count, size)
    let slot = (frame.right - frame.left) / Double(months.count)
    for (index, month) in months.enumerated() {
      let start = frame.left + slot * Double(index)
      let middle = start + slot / 2
      let zero = frame.y(0)
      let end = frame.y(month.cost.mean)
      svg.rectangle(
        x: start + slot * 0.18, y: min(zero, end), width: slot * 0.64, height: abs(zero - end),
        month.isActual ? "bar-actual" : "bar")
      if !month.isActual {
        let (low, high) = (frame.y(month.cost.p10), frame.y(month.cost.p90))
        svg.line(middle, low, middle, high, "range")
        svg.line(middle - 4, low, middle + 4, low, "range")
        svg.line(middle - 4, high, middle + 4, high, "range")
      }
      if index % every == 0 {
        svg.text(
          size == .wide && every == 1
            ? DateText.row(month.month, isFirst: index == 0) : month.month.shortName,
          middle, frame.bottom + 18, .middle, "label")
      }
    }
    let low = months.min { $0.cost.mean < $1.cost.mean }
    let high = months.max { $0.cost.mean < $1.cost.mean }
    let ends = [("lowest", low), ("highest", high)].compactMap { word, month in
      month.map {
        "The \(word) expected month is \(DateText.month($0.month)) with "
          + "\(NumberText.money($0.cost.mean))."
      }
    }
    return svg.element(
      id: "months-\(size)", class: "chart \(size)", title: "Cost by month",
      description: ends.joined(separator: " ") + " The table below holds all months.")
  }
}
