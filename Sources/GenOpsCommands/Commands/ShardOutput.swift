import Foundation
import GenOpsSimulation
import GenOpsUnits

/// Where a worker's lines go: to stdout, or to a file that appears when it is whole.
///
/// A reader that has gone is an error here: what it did not read is missing, and the status has to say so.
final class ShardOutput {
  private static let size = 256 * 1024

  private let file: StreamedFile?
  private var buffer: [UInt8] = []

  /// `folder` nil writes to stdout. A part has the same name each time, so that running it again writes it again.
  init(_ folder: String?, part: ShardPart?, paths: Range<Int>) throws(FindingsError) {
    guard let folder else {
      file = nil
      return
    }
    // Where it cannot be made, writing the file says why.
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let name =
      part.map { "part-\($0.index)-of-\($0.count)" }
      ?? "futures-\(paths.lowerBound)-\(max(paths.lowerBound, paths.upperBound - 1))"
    file = try StreamedFile(
      "\(folder)/\(name).jsonl", over: .holding("\"shard\":\"end\""), replaces: false,
      elsewhere: "with --out")
  }

  /// Adds a line.
  func write(_ line: String) throws(FindingsError) {
    if let file { return try file.write(line + "\n") }
    buffer += line.utf8
    buffer.append(UInt8(ascii: "\n"))
    if buffer.count >= ShardOutput.size { try flush() }
  }

  /// Writes what is left; a file takes its place.
  func finish() throws(FindingsError) {
    if let file { return try file.finish() }
    try flush()
  }

  /// Was not wanted after all.
  func discard() {
    file?.discard()
    buffer = []
  }

  private func flush() throws(FindingsError) {
    defer { buffer.removeAll(keepingCapacity: true) }
    guard let failure = DescriptorWriter.write(buffer, to: STDOUT_FILENO) else { return }
    throw FindingsError("unwritable", "the shard could not be written: \(failure)")
  }
}
