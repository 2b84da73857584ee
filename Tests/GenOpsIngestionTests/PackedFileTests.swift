import CCodec
import Foundation
import GenOpsUnits
import GenOpsTestSupport
import Testing

@testable import GenOpsIngestion
import GenOpsHistory

struct `Packed files` {
  static let names = [
    "events.jsonl.gz", "events.jsonl.zlib", "events.jsonl.zst", "events.jsonl.br",
    "two-members.gz", "two-frames.zst",
  ]

  static func unpack(_ bytes: [UInt8]) throws -> (bytes: [UInt8], damage: Finding?) {
    let chunks = FileChunks(bytes, name: "packed")
    var all: [UInt8] = []
    while let chunk = try chunks.next() { all += chunk }
    return (all, chunks.damage)
  }

  @Test(arguments: names)
  func `give back the bytes that were packed`(name: String) throws {
    let (bytes, damage) = try Self.unpack(try SampleFiles.bytes("packed/\(name)"))
    #expect(bytes == (try SampleFiles.bytes("packed/events.jsonl")))
    #expect(damage == nil)
  }

  /// Brotli has no mark: a first byte of 6 is a whole stream of nothing.
  @Test func `are not empty where random bytes begin like an end`() throws {
    let (bytes, damage) = try Self.unpack([6, 0xA7, 0xC6, 0x37, 0xC3, 0x92, 0x80, 0xFF])
    #expect(bytes.isEmpty)
    #expect(damage?.code == "file-binary")
  }

  @Test(arguments: names + ["events.jsonl"])
  func `hold the same events under any name`(name: String) throws {
    let stream = try EventReader(try SampleFiles.bytes("packed/\(name)"), name: "no-suffix")
    #expect(try stream.rest().count == 60)
    #expect(stream.findings.all.isEmpty)
  }

  @Test func `are read from a disk as from memory`() throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      "genops-\(UUID().uuidString).br")
    try Data(SampleFiles.bytes("packed/events.jsonl.br")).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    #expect(try EventReader(path: file.path, name: "x").rest().count == 60)
  }

  @Test(arguments: names)
  func `that are cut off give what came before, and a finding`(name: String) throws {
    let whole = try SampleFiles.bytes("packed/\(name)")
    let plain = try SampleFiles.bytes("packed/events.jsonl")
    for part in [whole.count / 3, whole.count / 2, whole.count - 1] {
      let (bytes, damage) = try Self.unpack(Array(whole[..<part]))
      #expect(plain.starts(with: bytes))
      #expect(damage?.severity == .error)
    }
  }

  @Test func `hold histories too`() throws {
    let packed = try SampleFiles.bytes("packed/events.jsonl.gz")
    #expect(
      UsageHistory.read(packed, name: "x").findings.all.first?.code == "history-format")
  }

  @Test func `that are neither packed nor text are refused`() throws {
    var generator = SeededGenerator(3 as UInt64)
    let noise = (0..<5000).map { _ in UInt8(generator.below(256)) }
    let history = UsageHistory.read([0xFF] + noise, name: "usage.xlsx")
    #expect(history.findings.all.first?.help?.contains("CSV") == true)
  }

  @Test func `that unpack to a thousand times their size are never held whole`() throws {
    let plain = [UInt8](repeating: UInt8(ascii: " "), count: 64 << 20)
    var size = compressBound(UInt(plain.count))
    var packed = [UInt8](repeating: 0, count: Int(size))
    #expect(compress2(&packed, &size, plain, UInt(plain.count), 9) == Z_OK)
    let chunks = FileChunks(Array(packed[..<Int(size)]), name: "bomb")
    var largest = 0
    var total = 0
    while let chunk = try chunks.next() {
      largest = max(largest, chunk.count)
      total += chunk.count
    }
    #expect(total == plain.count && chunks.damage == nil)
    #expect(largest <= Decompressor.step)
  }
}
