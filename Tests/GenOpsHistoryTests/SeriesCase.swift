import Foundation
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsHistory

/// One case of `Cases/series.cases`: files of series, and what they are.
///
/// ```
/// case WORDS                             begins a case
/// file NAME                              a file; its lines follow, each after "| "
/// by project                             a series for each project of an export
/// = NAME STEP START: 3 4 ?               a series with its first step; ? is unknown. STEP is a word, with
///                                        "every 2" or "on Mon-Fri" behind it where that holds
/// finding SEVERITY CODE [L:C]: TEXT      a finding whose message or help has the text, and its place
/// ```
///
/// The series and the findings are all there are, in order.
struct SeriesCase: CustomTestStringConvertible, Sendable {
  var name: String
  var line: Int
  var files: [(name: String, text: String)] = []
  var byProject = false
  var series: [String] = []
  var findings: [(code: String, place: String?, text: String)] = []
  /// Lines that are none of the above.
  var mistakes: [String] = []

  var testDescription: String { "series.cases:\(line): \(name)" }

  /// What the files hold: held in memory, or read as large files are.
  func read(smallFile: Int) throws -> (series: [RecordedSeries], findings: [Finding]) {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "series-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let paths = try files.map { file in
      let url = folder.appending(path: file.name)
      try Data(file.text.utf8).write(to: url)
      return url.path
    }
    var found: [RecordedSeries] = []
    do throws(FindingsError) {
      let reader = try SeriesReader(paths, byProject: byProject, smallFile: smallFile)
      while let series = try reader.next() { found.append(series) }
      return (found, reader.findings.all)
    } catch { return (found, error.findings.all) }
  }

  static func words(_ series: RecordedSeries) -> String {
    let values = series.values.map { value in
      value.isNaN ? "?" : JSONValue.double(value).description
    }
    var step = series.step.rawValue
    // How far apart numbered steps are is told by the last one.
    if series.every > 1, series.step != .number { step += " every \(series.every)" }
    if let weekdays = series.weekdays { step += " on \(weekdays.words)" }
    return "\(series.name) \(step) \(series.label(0)): \(values.joined(separator: " "))"
  }

  static let all: [SeriesCase] = {
    var cases: [SeriesCase] = []
    for line in TextCase.lines("series") {
      let (word, rest) = split(line.text)
      if word == "case" {
        cases.append(SeriesCase(name: rest, line: line.line))
      } else {
        if cases.isEmpty { cases.append(SeriesCase(name: "no case", line: line.line)) }
        cases[cases.count - 1].take(word, rest, line: line.line)
      }
    }
    return cases
  }()

  private mutating func take(_ word: String, _ rest: String, line: Int) {
    switch word {
    case "file": files.append((rest, ""))
    case "|" where !files.isEmpty: files[files.count - 1].text += rest + "\n"
    case "by" where rest == "project": byProject = true
    case "=": series.append(rest)
    case "finding":
      let parts = rest.split(separator: ": ", maxSplits: 1).map(String.init)
      let words = parts[0].split(separator: " ").map(String.init)
      findings.append(
        (
          words.prefix(2).joined(separator: " "), words.count > 2 ? words[2] : nil,
          parts.count > 1 ? parts[1] : ""
        ))
    default: mistakes.append("line \(line)")
    }
  }

  private static func split(_ line: String) -> (String, String) {
    let word = line.prefix { $0 != " " }
    return (String(word), String(line.dropFirst(word.count + 1)))
  }
}

/// Files of one series or of many.
struct `Files of series` {
  @Test(arguments: SeriesCase.all)
  func `are read as the case says, held or one after the other`(one: SeriesCase) throws {
    #expect(one.mistakes.isEmpty)
    for smallFile in [SeriesReader.smallFile, 0] {
      let (series, findings) = try one.read(smallFile: smallFile)
      #expect(series.map(SeriesCase.words) == one.series)
      #expect(
        findings.map { "\($0.severity.rawValue) \($0.code)" } == one.findings.map(\.code),
        "\(findings.map(\.message))")
      for (finding, expected) in zip(findings, one.findings) {
        let text = finding.message + " / " + (finding.help ?? "")
        #expect(text.contains(expected.text), "\(text)")
        let place = finding.location.map { "\($0.line):\($0.column)" }
        #expect(expected.place == nil || place == expected.place, "\(place ?? "")")
      }
    }
  }

  /// A row of titles of 1.2 MB: 60,000 series, each with its own name.
  @Test func `may be as wide as their titles are`() throws {
    let names = (1...60_000).map { "series-of-number-\($0)" }
    var text = "date," + names.joined(separator: ",") + "\n"
    for day in 1...3 {
      text += "2027-02-0\(day)," + names.indices.map { "\($0 % 7)" }.joined(separator: ",") + "\n"
    }
    let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).csv")
    try Data(text.utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    let reader = try SeriesReader([url.path])
    var found: [String] = []
    while let series = try reader.next() {
      found.append(series.name)
      #expect(series.values.count == 3)
    }
    #expect(found == names)
    #expect(reader.findings.all.isEmpty)
  }

  /// The first 64 KiB have dates of one day, 01/02/2027, which may be two; the last row tells.
  @Test func `are read to their end for the order of their dates`() throws {
    var text = "unique_id,ds,y\n"
    for date in ["01/02/2027", "02/02/2027", "13/02/2027"] {
      for series in 1...20_000 { text += "s\(series),\(date),\(series)\n" }
    }
    let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).csv")
    try Data(text.utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    let first = try #require(try SeriesReader([url.path]).next())
    #expect(first.start == CalendarDay("2027-02-01"))
    #expect(first.values.count == 13)
  }

  @Test func `have cases`() { #expect(SeriesCase.all.count > 30) }

  @Test func `that come series by series are not held, and others are`() throws {
    let grouped = "unique_id,ds,y\na,1,1\na,2,2\na,3,3\nb,1,4\nb,2,5\n"
    let mixed = "unique_id,ds,y\na,1,1\nb,1,4\na,2,2\nb,2,5\na,3,3\n"
    for (text, isHeld) in [(grouped, false), (mixed, true)] {
      let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).csv")
      try Data(text.utf8).write(to: url)
      defer { try? FileManager.default.removeItem(at: url) }
      let reader = try SeriesReader([url.path], smallFile: 0)
      #expect(reader.isHeld == isHeld)
      var names: [String] = []
      while let series = try reader.next() { names.append(series.name + "\(series.values.count)") }
      #expect(names == ["a3", "b2"])
    }
  }
}
