import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsHistory

extension FilesCase {
  /// What the files hold: held in memory, or read as large files are.
  func seriesFiles(smallFile: Int) throws -> (series: [RecordedSeries], findings: [Finding]) {
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
}

/// Files of one series or of many.
struct `Files of series` {
  @Test(arguments: FilesCase.all("series"))
  func `are read as the case says, held or one after the other`(one: FilesCase) throws {
    #expect(one.mistakes.isEmpty)
    for smallFile in [SeriesReader.smallFile, 0] {
      let (series, findings) = try one.seriesFiles(smallFile: smallFile)
      #expect(series.map(FilesCase.words) == one.series)
      one.expect(findings)
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

  @Test func `have cases`() { #expect(FilesCase.all("series").count > 30) }

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
