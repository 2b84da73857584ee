import Foundation
package import GenOpsUnits
import Synchronization

/// The file in which a sweep remembers each scenario when it has run, so that it goes on where it was ended.
///
/// A line is added at once and never changed. Half a line at the end is of a sweep that was killed; its scenario
/// runs again.
package final class SweepJournal: Sendable {
  private static let mostBytes = 256 << 20

  private let path: String
  private let known: [SweepRow]
  private let descriptor: Int32
  private let lock = Mutex(())

  /// Opens the file, or begins it.
  ///
  /// - Throws: Where it holds other lines than those of a sweep, and where it cannot be written.
  package init(_ path: String) throws(FindingsError) {
    self.path = path
    var bytes: [UInt8] = []
    do throws(FileBytes.Failure) {
      bytes = try FileBytes.content(of: path, atMost: SweepJournal.mostBytes)
    } catch {
      if case .missing = error {} else { throw SweepJournal.failure(path, "\(error)") }
    }
    var rows: [SweepRow] = []
    let end = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    for (number, line) in bytes[..<end].split(separator: UInt8(ascii: "\n")).enumerated() {
      guard let row = SweepRow(line) else {
        throw FindingsError(
          "sweep-file", "this is not a line of a sweep",
          help: "name another file with --resume, or remove this one",
          at: SourceLocation(file: path, line: number + 1, column: 1))
      }
      rows.append(row)
    }
    known = rows
    if end == 0, !bytes.isEmpty, !bytes.starts(with: Array("{\"sweep\":".utf8)) {
      throw FindingsError(
        "sweep-file", "'\(path)' is not the file of a sweep",
        help: "name another file with --resume")
    }
    descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw SweepJournal.failure(path, String(cString: strerror(errno)))
    }
    // Half a line would become one with the next.
    if end < bytes.count, ftruncate(descriptor, off_t(end)) != 0 {
      throw SweepJournal.failure(path, String(cString: strerror(errno)))
    }
  }

  deinit { close(descriptor) }

  /// What is known of a scenario: only what this version found, from the same bytes, on mathematics that answer alike.
  func row(_ source: ShardSource) -> SweepRow? { known.first { $0.source == source } }

  /// Adds a scenario that has run.
  func add(_ row: SweepRow) throws(FindingsError) {
    let failure = lock.withLock { _ in
      DescriptorWriter.write(Array((row.line + "\n").utf8), to: descriptor)
    }
    if let failure { throw SweepJournal.failure(path, failure.description) }
  }

  private static func failure(_ path: String, _ reason: String) -> FindingsError {
    FindingsError(
      "unwritable", "'\(path)' cannot be used: \(reason)",
      help: "choose another place with --resume")
  }
}
