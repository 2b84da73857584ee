import Foundation
import GenOpsMetering
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsIngestion

/// The scanner and the exact parser are two programs for one question; here they answer it side by side.
@Suite("The scanner answers as the exact parser does")
struct ScannerContractTests {
  /// `make test-long` asks for a million.
  static let count = LongTests.cases(20_000, long: 1_000_000)

  @Test func `on random documents, in every field, with each instruction set`() throws {
    var comparison = ScanComparison()
    for seed in 0..<Self.count {
      var document = ScannedDocument(seed)
      try comparison.compare(document.line(), "seed \(seed)")
    }
    // It is not by leaving everything to the exact parser that they agree.
    #expect(comparison.objects > Self.count * 2 / 5)
    #expect(comparison.wrong > Self.count / 20)
    #expect(comparison.events > Self.count / 10)
    #expect(comparison.facts > comparison.events * 9 / 10)
    #expect(comparison.undecidedObjects == 0)
  }

  @Test func `on lines with bytes flipped, put in and taken out`() throws {
    var comparison = ScanComparison()
    var random = SeededGenerator(17)
    let marks = Array("\"\\{}[]:,tfn019.eE+- \u{1}".utf8) + [0x80, 0xC3, 0xED, 0xF4, 0xFF, 0]
    for seed in 0..<Self.count / 10 {
      var document = ScannedDocument(seed)
      var line = document.line()
      for _ in 0...random.below(3) where !line.isEmpty {
        let place = random.below(line.count)
        switch random.below(4) {
        case 0: line[place] ^= 1 << UInt8(random.below(8))
        case 1: line[place] = random.pick(marks)
        case 2: line.insert(random.pick(marks), at: place)
        default: line.remove(at: place)
        }
      }
      try comparison.compare(line, "mutation of seed \(seed)")
    }
    #expect(comparison.wrong > Self.count / 40)
  }

  @Test func `on a line cut off after each byte, and with each byte changed`() throws {
    var comparison = ScanComparison()
    for line in try SampleFiles.lines("packed/events.jsonl").prefix(2) + [Self.mixed] {
      let bytes = Array(line.utf8)
      for count in 0...bytes.count {
        try comparison.compare(Array(bytes.prefix(count)), "\(count) bytes")
      }
      for place in bytes.indices {
        for mark in Array("\"\\,}: x0".utf8) + [0x1F, 0x80, 0xC3, bytes[place] ^ 0x20] {
          var changed = bytes
          changed[place] = mark
          try comparison.compare(changed, "byte \(place) is \(mark)")
        }
      }
    }
    #expect(comparison.wrong > 1000)
  }

  /// Escapes, letters of two to four bytes, a surrogate pair and every kind of value in three blocks.
  static let mixed =
    #"{"event":"caf\u00e9 \"x\" é日😀","distinct_id":"user-\uD83D\uDE00","timestamp":"#
    + #""2027-02-14T10:00:00.5Z","properties":{"$groups":{"company":""},"a":[1,-2.5e3,true,false,null],"#
    + #""$session_id":"s\\","$process_person_profile":false}}"#

  @Test func `on characters and runs of backslashes at every place of a block`() throws {
    var comparison = ScanComparison()
    for before in 0..<130 {
      let start = #"{"a":""# + String(repeating: "x", count: before)
      for slashes in 1...6 {
        for end in [#"","b":1}"#, #"" }"#, #"n"}"#] {
          try comparison.compare(
            Array((start + String(repeating: "\\", count: slashes) + end).utf8),
            "\(slashes) after \(before)")
        }
      }
      for text in ["é", "日", "😀", #"\u00e9"#, #"\uD83D\uDE00"#, #"\uD83D"#, #"\uDE00"#, #"\u00"#] {
        try comparison.compare(Array((start + text + "\"}").utf8), "\(text) after \(before)")
      }
    }
    #expect(comparison.objects > 1000 && comparison.wrong > 1000)
  }

  @Test func `on every two bytes of UTF-8, and on borders of three and four`() throws {
    var comparison = ScanComparison()
    let borders: [UInt8] = [0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xE0, 0xFF]
    func compare(_ bytes: [UInt8]) throws {
      for before in [0, 52, 55, 56, 57] {
        let start = Array((#"{"a":""# + String(repeating: "x", count: before)).utf8)
        try comparison.compare(start + bytes + Array("\"}".utf8), "\(bytes) after \(before)")
      }
    }
    for first in UInt8(0x80)...0xFF {
      for second in borders { try compare([first, second]) }
    }
    for first in [UInt8(0xE0), 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5] {
      for second in borders {
        for third in [UInt8(0x41), 0x80, 0xBF, 0xC2] {
          try compare([first, second, third])
          try compare([first, second, third, 0x80])
          try compare([first, second, third, 0xC2, 0x80])
        }
      }
    }
    #expect(comparison.objects > 500 && comparison.wrong > 5000)
  }

  @Test(arguments: TextCase.lines("scanned-lines", testFile: SampleFiles.testFile))
  func `on cases written down`(_ line: TextCase) throws {
    let parts = line.text.components(separatedBy: " => ")
    try #require(parts.count == 2, "line \(line.line) is no LINE => ANSWER")
    let text = parts[0].replacingOccurrences(of: "(deep)", with: Self.nest(126))
      .replacingOccurrences(
        of: "(too deep)", with: Self.nest(127))
    var comparison = ScanComparison()
    try comparison.compare(Array(text.utf8), "line \(line.line)")
    let answer =
      comparison.events > 0
      ? "event" : comparison.objects > 0 ? "object" : comparison.wrong > 0 ? "wrong" : "undecided"
    #expect(answer == parts[1], "line \(line.line)")
  }

  private static func nest(_ depth: Int) -> String {
    String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
  }

  @Test func `on a line of 16 MB`() throws {
    var comparison = ScanComparison()
    let filler = String(repeating: #"{"k":"value","n":[1,2.5,true,"é"]},"#, count: 100)
    for text in [
      filler, String(repeating: "x", count: 4_000_000), String(repeating: #"\""#, count: 500_000),
    ] {
      let long = text.hasPrefix("{") ? "[\(text)1]" : "\"\(text)\""
      try comparison.compare(
        Array(
          #"{"event":"a","distinct_id":"b","timestamp":"2027-02-14T10:00:00Z","properties":{"p":\#(long)}}"#
            .utf8),
        "\(long.utf8.count) bytes")
    }
    #expect(comparison.events == 3)
  }
}
