import Foundation
import Testing

@testable import GenOpsScenario

/// A file that an editor began with a byte order mark is the same file: a scenario, a price book.
@Suite struct ByteOrderMarkTests {
  @Test(arguments: ["budget: 5 USD\nperiod: 2027-01\n", "# a comment\na: 1\n", "{\"a\": 1}\n"])
  func theMarkIsNoPartOfTheText(text: String) throws {
    let marked = Data([0xEF, 0xBB, 0xBF] + Array(text.utf8))
    let plain = try YAMLReader.parse(Data(text.utf8), file: "a.yaml")
    let read = try YAMLReader.parse(marked, file: "a.yaml")
    #expect("\(read)" == "\(plain)")
  }
}
