import GenOpsTestSupport
import Testing

@testable import GenOpsReporting

/// Several files in one, as bytes.
struct `An archive` {
  /// The check value of the catalogue of CRC algorithms (CRC-32/ISO-HDLC), and sums of Python's
  /// `zlib.crc32`.
  @Test(
    arguments: [
      ("123456789", 0xCBF4_3926), ("", 0), ("a", 0xE8B7_BE43),
      ("The quick brown fox jumps over the lazy dog", 0x414F_A339),
    ] as [(String, UInt32)])
  func `has the check sum that everybody computes`(text: String, sum: UInt32) {
    #expect(CRC32.sum(Array(text.utf8)) == sum)
  }

  @Test func `holds its files as they are, all from 1980`() throws {
    var archive = ZIPArchive()
    let all = (0...255).map { UInt8($0) }
    archive.add("a/b.txt", "äbc")
    archive.add("empty", "")
    archive.add("all", all)
    let read = try #require(ZIPReader(archive.bytes))
    #expect(read.entries.map(\.name) == ["a/b.txt", "empty", "all"])
    #expect(read.entries.map(\.content) == [Array("äbc".utf8), [], all])
    for entry in read.entries {
      #expect(entry.time == 0)
      // Years since 1980 in the upper 7 bits, then 4 of the month and 5 of the day.
      #expect(entry.day == 0b0000000_0001_00001)
      #expect(entry.sum == CRC32.sum(entry.content))
    }
  }

  /// What Python's `zipfile` writes with `ZIP_STORED`, the date 1980-01-01 and no file attributes.
  @Test func `is these bytes`() {
    var archive = ZIPArchive()
    archive.add("a", "hi")
    #expect(
      archive.bytes == [
        0x50, 0x4B, 3, 4, 20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0, 0xAC, 0x2A, 0x93, 0xD8, 2, 0, 0, 0, 2,
        0, 0,
        0, 1, 0, 0, 0, 0x61, 0x68, 0x69,
        0x50, 0x4B, 1, 2, 20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0, 0xAC, 0x2A, 0x93, 0xD8, 2, 0, 0,
        0, 2,
        0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x61,
        0x50, 0x4B, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0, 47, 0, 0, 0, 33, 0, 0, 0, 0, 0,
      ])
  }

  @Test func `packs what repeats itself, and is unpacked to what it was`() throws {
    var random = SeededGenerator(7)
    var texts = [[UInt8](repeating: 65, count: 70_000), Array("abcabcabcabcabcabd".utf8), [], [1]]
    // Repetitions of all lengths and distances, among noise.
    for spread in [2, 60, 255] as [UInt8] {
      var bytes: [UInt8] = []
      while bytes.count < 90_000 {
        if bytes.count > 10, Bool.random(using: &random) {
          let start = Int.random(in: max(0, bytes.count - 40_000)..<bytes.count, using: &random)
          let length = Int.random(in: 1...300, using: &random)
          bytes += bytes[start..<min(bytes.count, start + length)]
        } else {
          bytes += (0..<20).map { _ in UInt8.random(in: 0...spread, using: &random) }
        }
      }
      texts.append(bytes)
    }
    for bytes in texts { #expect(Inflate.unpacked(Deflate.packed(bytes)) == bytes) }
    #expect(Deflate.packed(texts[0]).count < 600)
    var archive = ZIPArchive()
    archive.add("a", texts[0])
    archive.add("b", texts[0], packs: false)
    archive.add("c", [1])
    let read = try #require(ZIPReader(archive.bytes))
    #expect(read.entries.map(\.method) == [8, 0, 0])
    #expect(read.entries.map(\.content) == [texts[0], texts[0], [1]])
  }
}
