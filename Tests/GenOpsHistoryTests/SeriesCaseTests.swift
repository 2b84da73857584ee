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
    return
      "\(series.name) \(series.step.rawValue) \(series.label(0)): \(values.joined(separator: " "))"
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
