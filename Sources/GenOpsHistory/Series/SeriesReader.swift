import Foundation
import GenOpsIngestion
import GenOpsMetering
package import GenOpsUnits

/// The series of one or several files, one at a time in the order in which they first appear.
///
/// Long (`unique_id,ds,y`) and wide tables, JSON lines and PostHog's exports of usage; plain or packed.
/// A large file whose rows come series by series is read without ever holding more than one of them; for
/// any other form, and for a pipe, the values are held: 16 bytes each. Used from one thread at a time.
package final class SeriesReader {
  /// A file below this many bytes is held in any case: what it takes is little.
  package static let smallFile = 8 << 20

  /// The daily usage that exports among the files hold, joined as every verb joins it.
  package private(set) var history = UsageHistory()
  /// Whether values are held in memory, rather than one series after the other.
  package private(set) var isHeld = false
  private var collected = RepeatedFindings()
  /// Series that are ready, the last one first.
  private var ready: [RecordedSeries] = []
  private var held: [SeriesPoints] = []
  private var nextHeld = 0
  private var stream: SeriesStream?
  private var fallback = SeriesPeriod(step: .day)
  private var count = 0

  /// How many series there are, before the first is taken; nil where they are read one after the other.
  package var total: Int? { isHeld ? ready.count + held.count : nil }

  /// What was skipped, assumed or wrong so far; complete when ``next()`` has returned nil.
  package var findings: Findings { collected.finished() }

  /// Opens files, folders of exports, or `-` for what is piped in.
  /// - Parameters:
  ///   - paths: As the user named them.
  ///   - byProject: One series for each meter and project of an export, not one for each meter.
  ///   - smallFile: Files below this many bytes are held.
  /// - Throws: When a file cannot be opened, or is of no form that holds series.
  package init(
    _ paths: [String], byProject: Bool = false, smallFile: Int = SeriesReader.smallFile
  ) throws(FindingsError) {
    var files: [String] = []
    var inFolders: Set<String> = []
    for path in paths {
      let inside = try FolderFiles.inside(path)
      files += inside ?? [path]
      inFolders.formUnion(inside ?? [])
    }
    var usage: [UsageFile] = []
    var gathering = SeriesGathering()
    let isAlone = files.count == 1
    for file in files {
      let (path, name) = file == "-" ? ("/dev/stdin", "stdin") : (file, file)
      let input: SeriesInput
      do throws(FindingsError) { input = try SeriesInput(path: path, name: name, &collected) } catch
      {
        guard inFolders.contains(file) else { throw error }
        leaveOut(name, error.findings)
        continue
      }
      switch input {
      case .usage(let found) where inFolders.contains(file) && found.findings.hasErrors:
        leaveOut(name, found.findings)
      case .usage(let found): usage.append(found)
      case .wide(let rows, let columns, let titles, let instants):
        try gathering.take(rows, columns, titles, instants, name: name, &collected)
      case .rows(let rows, let instants):
        if isAlone, SeriesReader.size(path) >= smallFile,
          let mark = try SeriesStream.grouped(rows)
        {
          // It was read to its end to know that.
          guard
            case .rows(let again, let instants) = try SeriesInput(
              path: path, name: name, &collected)
          else { continue }
          stream = SeriesStream(again, instants, mark, name: name)
          continue
        }
        let isUsed = isAlone && SeriesReader.size(path) >= smallFile
        guard isUsed else {
          try gathering.take(rows, instants, name: name, &collected)
          continue
        }
        if case .rows(let again, let instants) = try SeriesInput(path: path, name: name, &collected)
        {
          try gathering.take(again, instants, name: name, &collected)
        }
      }
    }
    gathering.tellSplit(&collected)
    held = gathering.series
    isHeld = stream == nil
    take(usage, byProject: byProject)
  }

  /// Says that a file of a folder holds no series.
  private func leaveOut(_ name: String, _ findings: Findings) {
    let why = findings.all.first { $0.severity == .error }?.message
    collected.add(
      .warning, "not-usage", "'\(name)' is left out\(why.map { ": \($0)" } ?? "")",
      help: "name it by itself if it holds series")
  }

  /// The size of a file in bytes; 0 for a pipe, which can be read once only.
  static func size(_ path: String) -> Int {
    var facts = stat()
    guard stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return 0 }
    return Int(facts.st_size)
  }

  private func take(_ usage: [UsageFile], byProject: Bool) {
    if usage.isEmpty { return }
    history = UsageHistory(joining: usage)
    collected.merge(history.findings)
    let series =
      byProject
      ? history.series.compactMap { RecordedSeries($0, name: $0.label) }
      : history.meters.compactMap { meter in
        history.total(of: meter).flatMap { RecordedSeries($0, name: meter.id) }
      }
    ready = series.reversed()
  }

  /// The next series; nil behind the last. It throws when a file cannot be read on.
  package func next() throws(FindingsError) -> RecordedSeries? {
    if let series = ready.popLast() {
      count += 1
      return series
    }
    while nextHeld < held.count {
      let points = held[nextHeld]
      // What was answered is let go.
      held[nextHeld] = SeriesPoints(name: "")
      nextHeld += 1
      if let series = finish(points) { return series }
    }
    while let points = try stream?.next(&collected) {
      if let series = finish(points) { return series }
    }
    if count == 0, !collected.findings.hasErrors {
      collected.add(
        .error, "series-empty", "no series could be read",
        help: "expected rows such as unique_id,ds,y, or PostHog's export of usage")
    }
    return nil
  }

  private func finish(_ points: SeriesPoints) -> RecordedSeries? {
    let few = points.count < 3
    guard let series = points.series(fallback: fallback, &collected) else { return nil }
    if !few, series.step != .number {
      fallback = SeriesPeriod(step: series.step, every: series.every)
    }
    count += 1
    return series
  }
}
