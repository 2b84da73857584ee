import GenOpsTestSupport
import GenOpsUnits
import Testing

@Suite("JSON")
struct JSONTests {
  private func read(_ text: String) throws(FindingsError) -> JSONValue {
    JSONValue(try JSONParser.parse(Array(text.utf8), file: "t.json"))
  }

  @Test(
    "values come out as they went in, numbers with their text",
    arguments: [
      "null", "true", "[]", "{}", "299.0", "-0", "1e5", "1E+5", "0.5", #""""#, #""a\"b\\c\n""#,
      #"{"a":[1,{"b":null}],"c":"d"}"#, #"["é","😀"]"#, #"{"b":1,"a":2}"#,
    ])
  func roundTrip(_ text: String) throws {
    #expect(try read(text).description == text)
    #expect(try read(read(text).pretty).description == text)
  }

  @Test(
    "escapes",
    arguments: [
      (#""\u0041""#, "A"), (#""\ud83d\ude00""#, "😀"), (#""\u00e9""#, "é"),
      (#""\/\b\f\r\t""#, "/\u{8}\u{c}\r\t"),
      (#""\u0000""#, "\0"), (#""\uFFFF""#, "\u{FFFF}"),
    ])
  func escapes(_ text: String, _ expected: String) throws {
    #expect(try read(text).string == expected)
  }

  @Test(
    "what is not JSON is refused with a place",
    arguments: [
      ("", "t.json:1:1"), ("[1,]", "t.json:1:4"), ("[1 2]", "t.json:1:4"), ("{a:1}", "t.json:1:2"),
      (#"{"a" 1}"#, "t.json:1:6"), (#"{"a":1,}"#, "t.json:1:8"), ("tru", "t.json:1:1"),
      ("01", "t.json:1:1"),
      ("+1", "t.json:1:1"), ("1.", "t.json:1:1"), (".5", "t.json:1:1"), ("NaN", "t.json:1:1"),
      ("'a'", "t.json:1:1"),
      (#""abc"#, "t.json:1:5"), ("[1", "t.json:1:3"), ("{\n \"a\": [\n  x]}", "t.json:3:3"),
      ("1 2", "t.json:1:1"), ("\"a\nb\"", "t.json:1:3"), (#""\x""#, "t.json:1:4"),
      (#""\u12""#, "t.json:1:6"),
      (#""\ud83d""#, "t.json:1:8"), (#""\ude00""#, "t.json:1:8"),
      (#""\ud83d\u0041""#, "t.json:1:14"),
      ("// no\n1", "t.json:1:1"),
    ])
  func refused(_ text: String, _ place: String) throws {
    let error = #expect(throws: FindingsError.self) { try read(text) }
    #expect(error?.findings.all.first?.location?.description == place)
  }

  @Test("bytes that are not UTF-8 are refused")
  func notUTF8() {
    for bytes: [UInt8] in [
      [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
    ] {
      #expect(throws: FindingsError.self) { try JSONParser.parse(bytes, file: "t.json") }
    }
  }

  @Test("deep nesting is refused before it can exhaust the stack")
  func depth() throws {
    let deep = JSONParser.maximumDepth
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    _ = try read(nested(deep))
    #expect(throws: FindingsError.self) { try read(nested(deep + 1)) }
    #expect(throws: FindingsError.self) { try read(String(repeating: "[", count: 1_000_000)) }
    #expect(throws: FindingsError.self) { try read(String(repeating: #"{"a":"#, count: 1_000_000)) }
  }

  @Test("a byte order mark is skipped and a stream of values is read one by one")
  func stream() throws {
    #expect(
      try JSONParser.parseStream([0xEF, 0xBB, 0xBF] + Array("1 [2]\n{}".utf8), file: "s").count == 3
    )
    #expect(try JSONParser.parseStream([], file: "s").isEmpty)
  }

  @Test("random bytes never do worse than a finding", arguments: 0..<300)
  func fuzz(seed: Int) {
    var random = SeededGenerator(UInt64(seed))
    let alphabet = Array(#"{}[]":,\u0129eE+-. tfnaé"#.utf8) + [0xFF, 0x00, 0x0A]
    let bytes = (0..<random.below(60)).map { _ in alphabet[random.below(alphabet.count)] }
    do throws(FindingsError) {
      let value = JSONValue(try JSONParser.parse(bytes, file: "f"))
      let again = try JSONParser.parse(Array(value.description.utf8), file: "f")
      #expect(JSONValue(again) == value)
    } catch { #expect(error.findings.hasErrors) }
  }

  @Test("keys that stand twice and keys nobody asked for are findings")
  func reader() throws {
    var findings = Findings()
    let node = try JSONParser.parse(
      Array(#"{"limit": 1, "limit": 2, "perod": "x", "gone": null}"#.utf8), file: "t")
    var keys = MappingReader(node, "a budget", &findings)
    #expect(keys.take("limit")?.text == "1")
    #expect(keys.required("period", example: "period: month", &findings) == nil)
    #expect(keys.take("gone") == nil)
    keys.finish(&findings)
    #expect(
      findings.all.map(\.code) == ["duplicate-key", "missing-key", "unknown-key", "unknown-key"])
    #expect(findings.all.contains { $0.help == "did you mean 'period'?" })
  }

  @Test("doubles are written shortest and never as NaN")
  func doubles() {
    #expect(JSONValue.double(0.1).description == "0.1")
    #expect(JSONValue.double(3).description == "3")
    #expect(JSONValue.double(.nan).description == "null")
    #expect(JSONValue.money(Money(nanos: 50_000)).description == #""0.00005""#)
  }
}
