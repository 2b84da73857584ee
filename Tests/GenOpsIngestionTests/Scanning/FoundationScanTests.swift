import Foundation
import GenOpsTestSupport
import Testing

@testable import GenOpsIngestion

/// Foundation's JSONSerialization is a third program that reads JSON. It has the scanner's rules but for these:
/// it takes a comma behind the last member or item, takes no number that a Double does not hold, nests 512 deep,
/// and reads halves of surrogate pairs by its own lights. Lines with those are left out.
@Suite("The scanner and Foundation")
struct FoundationScanTests {
  @Test func `take and refuse the same lines`() {
    var scanner = EventScanner()
    var taken = 0
    var refused = 0
    for seed in 0..<ScannerContractTests.count {
      var document = ScannedDocument(seed)
      let line = document.line()
      let text = String(decoding: line, as: UTF8.self)
      let hasOwnRules =
        ["1e400", "\\uD83D", "\\uDE00"].contains { text.contains($0) }
        || text.contains(String(repeating: "[", count: 110))
        || text.contains(/,[ \t\r\n]*[\]}]/)
      if hasOwnRules { continue }
      let verdict = line.withUnsafeBufferPointer { scanner.scan($0) }
      if verdict == .undecided { continue }
      let object = try? JSONSerialization.jsonObject(with: Data(line))
      if verdict == .object { taken += 1 } else { refused += 1 }
      #expect((object != nil) == (verdict == .object), "seed \(seed): \(text)")
    }
    #expect(taken > ScannerContractTests.count / 3 && refused > ScannerContractTests.count / 50)
  }
}
