extension ReportChart {
  /// The picture; one that stands `alone`, outside a page, carries its style with it.
  func svg(_ size: ChartSize, alone: Bool = false) -> String {
    switch self {
    case .fan(let fan): FanDrawing(fan).svg(size, alone: alone)
    case .bars(let bars): BarDrawing(bars).svg(size, alone: alone)
    case .ranges(let ranges): RangeDrawing(ranges).svg(size, alone: alone)
    }
  }
}

/// Collects the elements of one inline picture. Colours come from the page's style sheet by class,
/// so that a picture follows light, dark and print.
struct SVG {
  typealias Point = (x: Double, y: Double)

  let width: Double
  let height: Double
  private var body = ""

  init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  /// The picture with a title and a description for those who do not see it. One that stands `alone`, outside
  /// the page, carries its style with it.
  func element(
    _ caption: ReportChart.Caption, _ size: ChartSize, alone: Bool = false
  ) -> String {
    let id = "\(caption.id)-\(size)"
    let space = alone ? "xmlns=\"http://www.w3.org/2000/svg\" " : ""
    // A light page behind it, also where the reader's is dark.
    let page = "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
    let body = (alone ? HTMLStyle.picture + page : "") + self.body
    return
      "<svg \(space)class=\"chart \(size)\" viewBox=\"0 0 \(number(width)) \(number(height))\" role=\"img\" "
      + "aria-labelledby=\"\(id)-title \(id)-desc\"><title id=\"\(id)-title\">\(HTMLText(caption.title))"
      + "</title><desc id=\"\(id)-desc\">\(HTMLText(caption.description))</desc>\n\(body)</svg>"
  }

  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ name: String) {
    body +=
      "<line class=\"\(name)\" x1=\"\(number(x1))\" y1=\"\(number(y1))\" x2=\"\(number(x2))\" "
      + "y2=\"\(number(y2))\"/>\n"
  }

  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, _ name: String
  ) {
    body +=
      "<rect class=\"\(name)\" x=\"\(number(x))\" y=\"\(number(y))\" "
      + "width=\"\(number(max(0, width)))\" height=\"\(number(max(0, height)))\"/>\n"
  }

  mutating func circle(_ x: Double, _ y: Double, radius: Double, _ name: String) {
    body +=
      "<circle class=\"\(name)\" cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"\(number(radius))\"/>\n"
  }

  /// A line through points; `closed` fills the area between them.
  mutating func path(_ points: [Point], closed: Bool = false, _ name: String) {
    guard points.count > 1 else { return }
    let steps = points.map { "\(number($0.x)) \(number($0.y))" }.joined(separator: "L")
    body += "<path class=\"\(name)\" d=\"M\(steps)\(closed ? "Z" : "")\"/>\n"
  }

  enum Anchor: String { case start, middle, end }

  mutating func text(
    _ text: String, _ x: Double, _ y: Double, _ anchor: Anchor = .start, _ name: String
  ) {
    body +=
      "<text class=\"\(name)\" x=\"\(number(x))\" y=\"\(number(y))\" "
      + "text-anchor=\"\(anchor.rawValue)\">\(HTMLText(text))</text>\n"
  }

  /// One decimal: a tenth of a pixel.
  private func number(_ value: Double) -> String {
    // Below 1e10 after it is multiplied, so it fits.
    guard value.isFinite, abs(value) < 1e9 else { return "0" }
    let tenths = Int((value * 10).rounded())
    let text = "\(tenths.magnitude / 10)" + (tenths % 10 == 0 ? "" : ".\(tenths.magnitude % 10)")
    return (tenths < 0 ? "-" : "") + text
  }
}
