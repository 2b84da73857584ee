import Foundation
import GenOpsScenario
import GenOpsSimulation
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsReporting

/// The same usage is the same result, however it was exported.
struct `One history` {
  /// What one file of the whole account says, and one of its projects: run once.
  private static let whole = Task {
    try await Usage().result([("usage.csv", Usage().wide(Usage().all))])
  }
  private static let projects = Task {
    try await Usage().result([("usage.csv", Usage().wide(Usage().byProject))])
  }

  @Test(
    arguments: [
      "two consecutive exports", "two exports that overlap", "the same file twice",
      "two exports in one file", "gzip", "a row for each day",
    ])
  func `of the whole account is the same result`(form: String) async throws {
    let usage = Usage()
    let whole = try await Self.whole.value
    let (first, second) = (0..<200, 200..<Usage.days)
    let files: [(String, [UInt8])] =
      switch form {
      case "two consecutive exports":
        [("a.csv", usage.wide(usage.all, first)), ("b.csv", usage.wide(usage.all, second))]
      case "two exports that overlap":
        [("a.csv", usage.wide(usage.all, 0..<300)), ("b.csv", usage.wide(usage.all, second))]
      case "the same file twice":
        [("usage.csv", usage.wide(usage.all)), ("usage.csv", usage.wide(usage.all))]
      case "two exports in one file":
        [("usage.csv", usage.wide(usage.all, first) + usage.wide(usage.all, second))]
      case "gzip": [("usage.csv.gz", Usage.stored(usage.wide(usage.all)))]
      default: [("usage.csv", usage.long(usage.all))]
      }
    #expect(try await usage.result(files).json == whole.json)
  }

  @Test(
    arguments: [
      "an answer", "its pages in one file", "its pages in two", "the page of another, twice",
    ])
  func `by project is the same result`(form: String) async throws {
    let usage = Usage()
    let whole = try await Self.projects.value
    let half = usage.byProject.count / 2
    let pages = [
      usage.answer(Array(usage.byProject[..<half]), next: "after=1"),
      usage.answer(Array(usage.byProject[half...]), next: nil),
    ]
    let files: [(String, [UInt8])] =
      switch form {
      case "an answer": [("usage.json", usage.answer(usage.byProject, next: nil))]
      case "its pages in one file": [("usage.json", pages[0] + pages[1])]
      case "its pages in two": [("1.json", pages[0]), ("2.json", pages[1])]
      default: [("2.json", pages[1]), ("1.json", pages[0]), ("2.json", pages[1])]
      }
    #expect(try await usage.result(files).json == whole.json)
  }

  @Test func `by project costs what the whole account costs`() async throws {
    let (whole, parts) = (try await Self.whole.value.year, try await Self.projects.value.year)
    let error =
      (whole.standardError * whole.standardError
      + parts.standardError * parts.standardError).squareRoot()
    #expect(abs(whole.mean - parts.mean) <= 4 * error, "\(whole.mean) \(parts.mean) \(error)")
  }

  /// A total beside its projects is its projects.
  @Test func `with its total is the same result but for the note`() async throws {
    let usage = Usage()
    let parts = try await Self.projects.value
    let both = try await usage.result([("usage.csv", usage.wide(usage.all + usage.byProject))])
    #expect(both.year.mean == parts.year.mean)
  }
}

/// 400 days of two projects, and what a run says of them.
private struct Usage {
  typealias Row = (label: String, type: String, project: String?, units: [Int])
  static let days = 400
  static let start = CalendarDay(number: 20_300)
  var byProject: [Row] = []
  var all: [Row] = []

  init() {
    var random = SeededGenerator(7)
    let types = [
      ("Events", "event_count_in_period", 60_000),
      ("Identified events", "enhanced_persons_event_count_in_period", 24_000),
      ("Recordings", "recording_count_in_period", 400),
    ]
    for (label, type, level) in types {
      let projects = ["Shop", "App"].map { project -> Row in
        let units = (0..<Usage.days).map { day -> Int in
          let weekday = Usage.start.advanced(by: day).weekday
          let noise = Int.random(in: 96...104, using: &random)
          return level * (weekday > 4 ? 7 : 10) * noise / (project == "Shop" ? 1000 : 2000)
        }
        return (label, type, project, units)
      }
      byProject += projects
      all.append(
        (label, type, nil, zip(projects[0].units, projects[1].units).map { $0 + $1 }))
    }
  }

  private func day(_ index: Int) -> String { Usage.start.advanced(by: index).description }

  private func name(_ row: Row) -> String { (row.project.map { $0 + "::" } ?? "") + row.label }

  /// A row for each product, a column for each day.
  func wide(_ rows: [Row], _ days: Range<Int> = 0..<Usage.days) -> [UInt8] {
    let lines = rows.map { row in
      ([name(row)] + days.map { "\(row.units[$0])" }).joined(separator: ",")
    }
    let header = (["Series"] + days.map(day)).joined(separator: ",")
    return Array((([header] + lines).joined(separator: "\n") + "\n").utf8)
  }

  func long(_ rows: [Row]) -> [UInt8] {
    var text = "date,meter,units\n"
    for row in rows {
      for index in 0..<Usage.days { text += "\(day(index)),\(row.label),\(row.units[index])\n" }
    }
    return Array(text.utf8)
  }

  /// An answer of /api/billing/usage/, or a page of one.
  func answer(_ rows: [Row], next: String?) -> [UInt8] {
    let dates = (0..<Usage.days).map { JSONValue.string(day($0)) }
    let results = rows.map { row -> JSONValue in
      [
        "label": .string(name(row)), "data": .array(row.units.map { .integer($0) }),
        "dates": .array(dates), "breakdown_type": "multiple",
        "breakdown_value": .array([.string(row.type), .string(row.project ?? "")]),
      ]
    }
    let document: JSONValue = [
      "status": "ok", "results": .array(results), "next": next.map { .string($0) } ?? .null,
    ]
    return Array((document.pretty + "\n").utf8)
  }

  /// `bytes` as gzip without compression (RFC 1952, stored blocks of RFC 1951).
  static func stored(_ bytes: [UInt8]) -> [UInt8] {
    func little(_ value: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    var packed: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    var rest = bytes[...]
    while !rest.isEmpty {
      let block = rest.prefix(65_535)
      rest = rest.dropFirst(block.count)
      packed += [rest.isEmpty ? 1 : 0] + little(block.count, 2) + little(~block.count, 2) + block
    }
    var sum: UInt32 = ~0
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum >> 1 ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    return packed + little(Int(~sum), 4) + little(bytes.count, 4)
  }

  /// `result.json` without its provenance, and the year.
  func result(_ files: [(name: String, bytes: [UInt8])]) async throws -> (
    json: String, year: ForecastDistribution
  ) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "genops-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for file in files {
      try Data(file.bytes).write(to: folder.appendingPathComponent(file.name))
    }
    let names = files.map(\.name)
    let path = folder.appendingPathComponent("scenario.yaml").path
    let text = """
      scenario: shop
      period: 2026-08 to 2027-07
      history: \(names.count == 1 ? names[0] : "[\(names.joined(separator: ", "))]")
      budget: 2000 USD per year
      """
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    let run = try await ScenarioRun.run(path: path, overrides: .init(paths: 64), jobs: 2)
    guard case .object(let members) = JSONReport.value(run.result) else {
      return ("", run.result.year.cost)
    }
    let json = JSONValue.object(members.filter { $0.key != "provenance" }).pretty
    return (json.replacing(folder.path, with: ""), run.result.year.cost)
  }
}
