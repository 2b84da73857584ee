import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsReporting

/// The vertical axis of a picture.
@Suite struct ChartFrameTests {
  @Test func `A value that hardly lies below 0 gets no step of its own`() {
    let frame = ChartFrame(.wide, values: [-0.67, 22_339], rightMargin: 8)
    #expect(frame.ticks.first == 0 && frame.lowest == -0.67)
    // A loss that shows has its line.
    let loss = ChartFrame(.wide, values: [-9_000, 22_339], rightMargin: 8)
    #expect(loss.ticks.first == -10_000 && loss.lowest == -10_000)
  }

  /// Where the labels of a picture stand, at the height of the axis: start and text, from left to right.
  private func labels(_ svg: String, below bottom: Double) throws -> [(start: Double, text: String)]
  {
    let pattern =
      /<text class="[a-z-]*" x="([-0-9.]+)" y="([-0-9.]+)" text-anchor="([a-z]+)">([^<]*)</
    return svg.matches(of: pattern).compactMap { match -> (Double, String)? in
      guard let x = Double(match.1), let y = Double(match.2), y > bottom else { return nil }
      let width = ChartFrame.width(String(match.4))
      return (
        match.3 == "end" ? x - width : match.3 == "middle" ? x - width / 2 : x, String(match.4)
      )
    }.sorted { $0.0 < $1.0 }
  }

  @Test(arguments: ChartSize.allCases)
  func `Months on the axis never touch, and the first says its year`(size: ChartSize) throws {
    let first = try #require(CalendarDay("2026-11-01"))
    for offset in 0..<62 {
      for count in [20, 40, 84, 200, 400, 800] {
        let days = (0..<count).map { _ in ReportChart.Spread(low: 1, expected: 2, high: 3) }
        let fan = ReportChart.Fan(
          caption: .init(id: "f", title: "f", description: "", legend: [], unit: "events a day"),
          start: first.advanced(by: offset), actualDays: count / 2, days: days, ends: [])
        let all = try labels(FanDrawing(fan).svg(size), below: size.height - 20)
        #expect(!all.isEmpty || count == 20)
        for (one, next) in zip(all, all.dropFirst()) {
          #expect(one.start + ChartFrame.width(one.text) < next.start, "\(offset) \(count): \(all)")
        }
        #expect(
          all.prefix(2).contains { $0.text.contains("202") } || all.isEmpty,
          "\(offset) \(count): \(all)")
      }
    }
  }

  @Test(arguments: ["%", "USD", "events", "events a day", "session recordings a day"])
  func `A unit stays within the picture`(unit: String) {
    var svg = SVG(width: 400, height: 300)
    ChartFrame(.narrow, values: [1, 2_000_000], rightMargin: 8).drawGrid(&svg, unit: unit)
    let text = svg.element(
      .init(id: "c", title: "c", description: "", legend: [], unit: unit), .narrow)
    let pattern = /x="([-0-9.]+)" y="12" text-anchor="([a-z]+)">/
    let match = text.firstMatch(of: pattern)
    let x = match.flatMap { Double($0.1) } ?? -1
    #expect(match?.2 == "start" ? x >= 0 : x - ChartFrame.width(unit) >= 0)
  }
}
