import Foundation
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsCommands

/// The JSON of a forecast and of a backtest is what their schemas say.
struct `The schemas of series` {
  private func json(_ output: CommandOutput) throws -> JSONValue {
    #expect(output.status == .success, "\(output.stderr)")
    return JSONValue(try JSONParser.parse(Array(output.stdout.utf8), file: "stdout"))
  }

  private func request(_ text: String) throws -> (SeriesRequestText, URL) {
    let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).csv")
    try Data(text.utf8).write(to: url)
    return (SeriesRequestText(paths: [url.path], horizon: 3, prices: "posthog-2026-08"), url)
  }

  private static let text: String = {
    var text = "unique_id,ds,y\n"
    let start = CalendarMonth(year: 2027, month: 1).firstDay
    for step in 0..<40 {
      for name in ["events", "signups"] {
        text += "\(name),\(start.advanced(by: step)),\(1_000_000 + step % 7 * 1000)\n"
      }
    }
    return text
  }()

  @Test(arguments: [text, "unique_id,ds,y\na,1,5\na,2,5\n"])
  func `hold for a forecast`(text: String) async throws {
    let (series, url) = try request(text)
    defer { try? FileManager.default.removeItem(at: url) }
    let output = await ForecastCommand.run(
      .init(series: series, format: "json"), OutputOptions()
    ) { _ in nil }
    let value = try json(output)
    #expect(SchemaCheck(root: SeriesSchemas.forecast).problems(value) == [])
  }

  @Test(arguments: [text, "unique_id,ds,y\na,1,5\na,2,5\n"])
  func `hold for a backtest`(text: String) async throws {
    let (series, url) = try request(text)
    defer { try? FileManager.default.removeItem(at: url) }
    let output = await BacktestCommand.run(
      .init(series: series, format: "json"), OutputOptions())
    let value = try json(output)
    #expect(SchemaCheck(root: SeriesSchemas.backtest).problems(value) == [])
  }
}
