/// Bars as rows of a terminal: a label, the numbers, the bar and what drives it.
struct BarRows {
  let chart: ReportChart.Bars
  /// Where the bars are that have no room.
  let rest: String

  init(_ chart: ReportChart.Bars, rest: String = TextLayout.files) {
    self.chart = chart
    self.rest = rest
  }

  func lines(width: Int) -> [TextLine] {
    let all = chart.bars + (chart.total.map { [$0] } ?? [])
    let label = min(12, max(8, ([chart.noun] + all.map(\.label)).map(\.displayWidth).max() ?? 8))
    let money = MoneyColumn(
      chart.bars.map(\.cost.expected), total: chart.total?.cost.expected)
    // Rates and shares would all be 0.00.
    let areSmall =
      chart.bars.allSatisfy { abs($0.cost.expected) < 0.1 && abs($0.cost.high) < 0.1 }
      && chart.bars.contains { $0.cost.expected != 0 }
    let rows = zip(all, money.parts + [money.total]).map { bar, shown in
      let cost = bar.cost
      if areSmall { return [cost.low, cost.expected, cost.high].map(NumberText.value) }
      return [
        money.text(cost.low, beside: cost.expected, shown: shown), money.text(shown),
        money.text(cost.high, beside: cost.expected, shown: shown),
      ]
    }
    func column(_ title: String, _ index: Int) -> Int {
      rows.reduce(title.count) { max($0, $1[index].count) }
    }
    let (low, expected, high) = (column("low", 0), column("expected", 1), column("high", 2))

    func start(_ bar: ReportChart.Bars.Bar, _ texts: [String]) -> TextLine {
      var line = TextLine(bar.label.fitting(label).padded(to: label))
      line.add(" " + texts[0].padded(to: low, right: true))
      line.add("  " + texts[1].padded(to: expected, right: true), .strong)
      line.add("  " + texts[2].padded(to: high, right: true))
      line.add("   ")
      return line
    }

    var head = TextLine(chart.noun.padded(to: label), .dim)
    head.add(" " + "low".padded(to: low, right: true), .dim)
    head.add("  " + "expected".padded(to: expected, right: true), .dim)
    head.add("  " + "high".padded(to: high, right: true) + "   ", .dim)

    // The bar takes what numbers and a readable note leave.
    let barColumn = head.width
    let scale = BarText(
      maximum: chart.bars.reduce(0) {
        max($0, abs($1.cost.high), abs($1.cost.expected), -$1.cost.low)
      },
      columns: min(33, max(12, width - barColumn - 3 - 28)))
    let noteColumn = barColumn + scale.columns + 3 + 3
    head.add(scale.axis, .dim)
    head.pad(to: noteColumn)
    head.add(chart.noteTitle, .dim)

    var lines = [head]
    for (bar, texts) in zip(chart.bars, rows) {
      var line = start(bar, texts)
      // A value below zero is drawn by its size, with its sign in front.
      let isBelow = bar.cost.expected < 0
      let (solid, shade) =
        isBelow
        ? scale.bar(-bar.cost.expected, upTo: -bar.cost.low)
        : scale.bar(bar.cost.expected, upTo: bar.cost.high)
      line.add((isBelow ? "-" : "") + solid)
      line.add(shade, .dim)
      line.pad(to: noteColumn)
      line.add(bar.note)
      lines.append(line)
    }
    if chart.hidden > 0 {
      lines.append(
        TextLine("+\(chart.hidden) more \(chart.noun.lowercased())s \(rest)", .dim))
    }
    if let total = chart.total, let texts = rows.last {
      var last = start(total, texts)
      // A part may then be one off from what a file has of it.
      let isAdjusted = money.isAdjusted && !total.note.isEmpty && !areSmall
      last.add(total.note + (isAdjusted ? " (rounded)" : ""), .dim)
      lines.append(last)
    }
    return lines
  }
}
