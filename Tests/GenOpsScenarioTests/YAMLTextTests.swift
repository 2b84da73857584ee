import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsScenario

/// A name from elsewhere is a value of the scenario that is written, and nothing more.
@Suite struct YAMLTextTests {
  @Test(
    arguments: [
      "usage.csv", "../data/usage.csv", "a b.csv", "a: b", "x # y", "x\nbudget: 1", "'", "\"",
      "null", "On",
      "1e5", "*x", "&x", "- a", "é.csv", "{a}", "", "\u{1B}[2J",
    ])
  func `It reads back as it was`(text: String) throws {
    let line = "history: \(YAMLText.quoted(text))   # from 2027\n"
    let node = try YAMLReader.parse(Data(line.utf8), file: "a.yaml")
    #expect(node.mapping?.count == 1 && node["history"]?.text == text)
  }
}
