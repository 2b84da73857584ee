import Foundation
import Testing

@testable import GenOpsUnits

/// A file is read whole, and no more of it than there is a use for.
@Suite struct FileBytesTests {
  private func failure(_ path: String, atMost limit: Int) -> FileBytes.Failure? {
    do throws(FileBytes.Failure) {
      _ = try FileBytes.content(of: path, atMost: limit)
      return nil
    } catch { return error }
  }

  @Test func `A file is refused by its size, and what has none after the limit`() throws {
    let path = NSTemporaryDirectory() + "bytes-\(UUID().uuidString)"
    defer { unlink(path) }
    try Data("12345".utf8).write(to: URL(fileURLWithPath: path))
    #expect(try FileBytes.content(of: path, atMost: 5) == Array("12345".utf8))
    #expect(failure(path, atMost: 4) == .larger(than: 4))
    // A terabyte of nothing, which no test could read.
    #expect(truncate(path, 1 << 40) == 0)
    #expect(failure(path, atMost: 1 << 30) == .larger(than: 1 << 30))
    #expect(failure("/dev/zero", atMost: 1000) == .larger(than: 1000))
  }

  @Test func `What is missing is told with the nearest name beside it`() throws {
    let folder = NSTemporaryDirectory() + "bytes-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data().write(to: URL(fileURLWithPath: folder + "/usage.csv"))
    #expect(failure(folder + "/usge.csv", atMost: 1) == .missing(near: folder + "/usage.csv"))
    #expect(failure(folder + "/x", atMost: 1) == .missing(near: nil))
    #expect(failure(folder, atMost: 1) == .isFolder)
  }
}
