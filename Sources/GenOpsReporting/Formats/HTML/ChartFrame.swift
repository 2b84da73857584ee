/// A picture is drawn twice, for wide and for narrow screens: scaling one down would make its
/// letters unreadable. The style sheet shows the one that fits.
enum ChartSize: String, CaseIterable {
  case wide, narrow

  var width: Double { self == .wide ? 960 : 400 }
  var height: Double { self == .wide ? 360 : 300 }
}

/// Where the plotted area lies in a picture, and the scale of its vertical axis.
struct ChartFrame {
  let size: ChartSize
  let left: Double
  let right: Double
  let top = 24.0
  let bottom: Double
  /// The values at the bottom and the top.
  let lowest: Double
  let highest: Double
  let ticks: [Double]

  /// A frame for values from the least, or 0, to the largest of `values`.
  init(_ size: ChartSize, values: [Double], rightMargin: Double) {
    self.size = size
    let finite = values.filter { $0.isFinite }
    let least = min(0, finite.min() ?? 0)
    let largest = max(finite.max() ?? 0, least + 1e-9, 0)
    let step = BarText.step((largest - least) / (size == .wide ? 5 : 4))
    // What hardly goes below 0 gets no step of its own there: an axis that begins at -5,000 for -1 would
    // show a loss that there is not.
    let isShort = least / step > -0.5
    let first = isShort ? 0 : (least / step).rounded(.down)
    let last = max((largest / step).rounded(.up), first + 1)
    // The last lies above the first, and a step is a fifth of what is drawn: these are few.
    ticks = (Int(first)...Int(last)).map { Double($0) * step }
    lowest = isShort ? least : first * step
    highest = last * step
    left = 46
    right = size.width - rightMargin
    bottom = size.height - 28
  }

  /// The place of a part 0…1 of the horizontal axis.
  func x(_ part: Double) -> Double { left + part * (right - left) }

  func y(_ value: Double) -> Double {
    bottom - (min(max(value, lowest), highest) - lowest) / (highest - lowest) * (bottom - top)
  }

  /// The horizontal lines with their amounts.
  func drawGrid(_ svg: inout SVG, unit: String) {
    for tick in ticks {
      svg.line(left, y(tick), right, y(tick), tick == 0 ? "axis" : "grid")
      svg.text(NumberText.tick(tick), left - 6, y(tick) + 4, .end, "label")
    }
    // A long unit would leave the picture on its left.
    let isLong = ChartFrame.width(unit) > left - 6
    svg.text(unit, isLong ? 0 : left - 6, 12, isLong ? .start : .end, "label")
  }

  /// How wide a label is, at the most: its letters are 12 pixels high.
  static func width(_ text: String) -> Double { 7.5 * Double(text.unicodeScalars.count) }
}
