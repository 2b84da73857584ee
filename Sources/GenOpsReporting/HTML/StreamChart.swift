import GenOpsHistory
import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// One stream of a plan by day: some futures, the mean, and the range of 8 in 10.
struct StreamChart {
  let stream: PlanPreview.Stream
  let preview: PlanPreview
  /// Tells the pictures of a page apart.
  let number: Int

  /// Nil without at least two days.
  func svg(_ size: ChartSize) -> String? {
    let count = stream.mean.count
    guard count > 1 else { return nil }
    // The band and the mean set the scale; a future that leaves it is cut, not the picture.
    let highest = (stream.p90 + stream.mean).max() ?? 1
    let frame = ChartFrame(size, values: [highest * 1.15], rightMargin: size == .wide ? 62 : 50)
    var svg = SVG(width: size.width, height: size.height)
    frame.drawGrid(&svg, unit: "")
    svg.text("\(stream.unit)s a day", 0, 12, .start, "label")
    drawMonths(&svg, frame, count)

    func x(_ index: Int) -> Double { frame.x(Double(index) / Double(count - 1)) }
    func points(_ values: [Double], _ range: Range<Int>) -> [(x: Double, y: Double)] {
      range.map { (x($0), frame.y(values[$0])) }
    }
    let actual = min(max(preview.actualDays, 0), count)
    let ahead = max(0, actual - 1)..<count
    svg.path(
      points(stream.p90, ahead) + points(stream.p10, ahead).reversed(), closed: true, "band")
    for sample in stream.samples { svg.path(points(sample, ahead), "sample") }
    svg.path(points(stream.mean, ahead), "expected")
    svg.path(points(stream.mean, 0..<actual), "actual")
    let (mean, high) = (stream.mean[count - 1], stream.p90[count - 1])
    // The height of a line of letters: nearer to each other, one label would cover the other.
    let isApart = abs(frame.y(mean) - frame.y(high)) >= 14
    for (value, style) in [(mean, "mark")] + (isApart ? [(high, "label")] : []) {
      svg.text(
        NumberText.tick(rounded(value)), frame.right + 6, frame.y(value) + 4, .start, style)
    }
    return svg.element(
      id: "stream-\(number)-\(size)", class: "chart \(size)", title: "\(stream.name) by day",
      description: description)
  }

  /// Three digits, as much as a label needs.
  private func rounded(_ value: Double) -> Double {
    var unit = 1.0
    while abs(value) / unit >= 1000 { unit *= 10 }
    return (value / unit).rounded() * unit
  }

  private func drawMonths(_ svg: inout SVG, _ frame: ChartFrame, _ count: Int) {
    let months = preview.start.month.distance(to: preview.start.advanced(by: count - 1).month) + 1
    let every = monthStep(months, frame.size)
    for index in 0..<count {
      let day = preview.start.advanced(by: index)
      guard day.civil.day == 1 || index == 0 else { continue }
      let place = frame.x(Double(index) / Double(count - 1))
      svg.line(place, frame.bottom, place, frame.bottom + 4, "axis")
      if preview.start.month.distance(to: day.month) % every == 0 {
        svg.text(
          DateText.row(day.month, isFirst: index == 0), place + 3, frame.bottom + 18, .start,
          "label")
      }
    }
  }

  private var description: String {
    let last = stream.mean.count - 1
    return "\(stream.name): \(shortCount(stream.mean[0])) \(stream.unit)s on \(preview.start), "
      + "\(shortCount(stream.mean[last])) expected on \(preview.start.advanced(by: last)), "
      + "\(shortCount(stream.p10[last])) to \(shortCount(stream.p90[last])) in 8 of 10 futures."
  }
}
