import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsScenario

/// Aliases, merge keys, and stars that are neither.
@Suite struct YAMLAliasTests {
  private func json(_ text: String) throws -> String {
    JSONValue(try YAMLReader.parse(Data(text.utf8), file: "a.yaml")).description
  }

  private func refusal(_ text: String) -> Finding? {
    do throws(FindingsError) {
      _ = try YAMLReader.parse(Data(text.utf8), file: "a.yaml")
      return nil
    } catch { return error.findings.all.first }
  }

  @Test(
    arguments: [
      ("a: &x {b: 1}\nc: *x\n", #"{"a":{"b":1},"c":{"b":1}}"#),
      ("a: &x 1\nb: &x 2\nc: [*x, *x]\n", #"{"a":1,"b":2,"c":[2,2]}"#),
      ("a: &x word\n*x : 1\n", #"{"a":"word","word":1}"#),
      (
        "a: \"*x\"\nb: '*y'\nc: 2 * 3\nd: purchase*\n",
        #"{"a":"*x","b":"*y","c":"2 * 3","d":"purchase*"}"#
      ),
      ("a: |\n  * one\n  *two\n# *three\n", #"{"a":"* one\n*two\n"}"#),
      ("a*b: {c*: d}\n", #"{"a*b":{"c*":"d"}}"#),
      ("a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3}\n", #"{"a":{"b":1,"c":2},"d":{"c":3,"b":1}}"#),
      (
        "a: &x {b: 1}\ny: &y {b: 2, c: 2}\nd:\n  <<: [*x, *y]\n",
        #"{"a":{"b":1},"y":{"b":2,"c":2},"d":{"b":1,"c":2}}"#
      ),
      ("a: {\"<<\": 1}\n", #"{"a":{"<<":1}}"#),
      ("a: \u{E000}\nb: \"*\"\n", "{\"a\":\"\u{E000}\",\"b\":\"*\"}"),
    ])
  func `What a file comes to`(text: String, value: String) throws {
    #expect(try json(text) == value)
  }

  @Test(
    arguments: [
      ("a: *none\n", "yaml", 1, 4), ("a: &x [*x]\n", "yaml", 1, 8),
      ("event: *phone*\n", "yaml", 1, 8), ("a: &x [1]\nb:\n  <<: *x\n", "wrong-type", 1, 8),
      ("a: &x [1]\n? *x\n: 1\n", "wrong-type", 1, 4),
    ])
  func `What is refused, and where`(text: String, code: String, line: Int, column: Int) {
    let finding = refusal(text)
    #expect(finding?.code == code)
    #expect(finding?.location?.line == line && finding?.location?.column == column)
  }

  @Test(arguments: ["? *a29\n: 1\n", "{*a29 : 1}\n", "x: *a29\n", "[*a29]: 1\n"])
  func `Aliases that multiply end at once`(last: String) {
    let chain = (1...29).map { "a\($0): &a\($0) [*a\($0 - 1),*a\($0 - 1),*a\($0 - 1)]\n" }
    let block = last.hasPrefix("{") || last.hasPrefix("[") ? "z:\n  " + last : last
    let text = "a0: &a0 [x,x]\n" + chain.joined() + block
    #expect(refusal(text)?.code == "too-large")
  }

  @Test func `Aliases do not deepen what may be nested`() {
    let chain = (1...200).map { "a\($0): &a\($0) [*a\($0 - 1)]\n" }
    #expect(refusal("a0: &a0 [x]\n" + chain.joined())?.code == "too-deep")
  }
}
