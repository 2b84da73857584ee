import GenOpsUnits
import Testing

@testable import GenOpsPostHog

/// Definitions and texts that would end or stall a process that took them as they are.
@Suite("Hostile flags")
struct HostileFlagTests {
  private func flag(_ key: String, _ properties: [JSONValue]) -> JSONValue {
    [
      "key": .string(key), "active": true,
      "filters": ["groups": [["properties": .array(properties)]]],
    ]
  }

  private func value(
    _ key: String, _ flags: [JSONValue], cohorts: JSONValue = [:],
    person: [String: JSONValue] = [:]
  ) throws -> String {
    let definitions = try FlagDefinitions(["flags": .array(flags), "cohorts": cohorts])
    var evaluator = FlagEvaluator(
      definitions, for: FlagContext("u", personProperties: person), at: FlagCase.now)
    do throws(Unresolved) {
      return try evaluator.value(key).map { "\($0.json)" } ?? "none"
    } catch {
      return error.reason.rawValue
    }
  }

  @Test(
    "The largest version number has no next one",
    arguments: [
      ("semver_tilde", "1.9223372036854775807.0"), ("semver_caret", "9223372036854775807.0.0"),
      ("semver_caret", "0.9223372036854775807.0"), ("semver_caret", "0.0.9223372036854775807"),
      ("semver_wildcard", "9223372036854775807.*"), ("semver_wildcard", "1.9223372036854775807.*"),
      ("semver_wildcard", "1.2.9223372036854775807.*"), ("semver_eq", "99999999999999999999.0"),
    ])
  func versions(operation: String, bound: String) throws {
    let filter: JSONValue = [
      "key": "v", "type": "person", "operator": .string(operation), "value": .string(bound),
    ]
    #expect(
      try value("f", [flag("f", [filter])], person: ["v": "1.2.3"]) == "unsupported_definition")
  }

  @Test("Cohorts that name two others each do not double the work with every step")
  func cohorts() throws {
    func cohort(_ id: Int) -> JSONValue { ["type": "cohort", "key": "id", "value": .integer(id)] }
    let all = (0..<40).map { number in
      JSONValue.Member(
        "\(number)",
        ["type": "AND", "values": [cohort(number + 1), cohort(number + 1)]])
    }
    let last = JSONValue.Member(
      "40", ["type": "AND", "values": [["key": "plan", "type": "person", "value": "pro"]]])
    #expect(
      try value(
        "f", [flag("f", [cohort(0)])], cohorts: .object(all + [last]), person: ["plan": "pro"])
        == "unsupported_definition")
    // A reasonable number of them is evaluated.
    #expect(
      try value(
        "f", [flag("f", [cohort(31)])], cohorts: .object(all + [last]), person: ["plan": "pro"])
        == "true")
  }

  @Test("A chain of ten thousand flags, each of which depends on the next, ends")
  func chain() throws {
    let flags = (0..<10_000).map { number in
      let next = JSONValue.string("f\(number + 1)")
      return flag(
        "f\(number)",
        [
          [
            "key": next, "type": "flag", "operator": "flag_evaluates_to", "value": true,
            "dependency_chain": [next],
          ]
        ])
    }
    #expect(try value("f0", flags + [flag("f10000", [])]) == "unresolved_dependency")
  }

  @Test("A flag whose texts are long beyond reason is left to the server")
  func longTexts() throws {
    let long = String(repeating: "ab", count: 60_000)
    let filters: [JSONValue] = (0..<50).map { _ in
      ["key": "t", "type": "person", "operator": "icontains", "value": .string(long + "x")]
    }
    #expect(
      try value("f", [flag("f", filters)], person: ["t": .string(long + long)])
        == "unsupported_definition")
  }

  @Test("Two ways to write a letter are two keys, two values and two people, as in Python")
  func normalization() throws {
    func exact(_ key: String, _ wanted: JSONValue) -> JSONValue {
      ["key": .string(key), "type": "person", "operator": "exact", "value": wanted]
    }
    let composed = "caf\u{E9}"
    let decomposed = "cafe\u{301}"
    for (wanted, own, expected) in [
      (composed, composed, "true"), (composed, decomposed, "false"),
      (decomposed, composed, "false"),
    ] {
      #expect(
        try value("f", [flag("f", [exact("p", .string(wanted))])], person: ["p": .string(own)])
          == expected)
    }
    #expect(
      try value("f", [flag("f", [exact(composed, "x")])], person: [decomposed: "x"])
        == "missing_context")
    #expect(FlagContext(composed).key != FlagContext(decomposed).key)
    #expect(
      FlagContext("u", personProperties: ["a": "b"]).key != FlagContext("u", groups: ["a": "b"]).key
    )
  }

  @Test(
    "Small letters are Python's: a sigma at the end of a word, no small letter for a dotless one")
  func lowerCase() {
    func lowered(_ text: String) -> String? {
      PythonText.lowercased(text).map { String(String.UnicodeScalarView($0)) }
    }
    for (text, small) in [
      ("ΑΣ", "ας"), ("ΑΣ.", "ας."), ("ΑΣΑ", "ασα"), ("Σ", "σ"), ("Α\u{301}Σ", "α\u{301}ς"),
      ("STRASSE", "strasse"), ("ẞ", "ß"), ("\u{212A}", "k"), ("I", "i"),
    ] {
      #expect(lowered(text)?.isExactly(small) == true, "\(text)")
    }
    #expect(lowered("İ")?.isExactly("i\u{307}") == true)
  }
}

@Suite("Memory of flag answers")
struct FlagCacheTests {
  private func entry(payload: Int) -> FlagCache.Entry {
    FlagCache.Entry(
      records: [
        "f": FlagRecord(value: .on, payload: .string(String(repeating: "x", count: payload)))
      ], facts: FlagSet.ReplyFacts(), since: .zero)
  }

  @Test("It holds as many bytes as it may, whatever the number of people")
  func bytes() {
    var cache = FlagCache(timeToLive: .seconds(300), capacity: 1000, mostBytes: 100_000)
    for number in 0..<100 {
      cache.store(entry(payload: 10_000), for: FlagContext("user-\(number)").key)
    }
    #expect(cache.bytes <= 100_000 && cache.count == 9)
    #expect(cache.fresh(FlagContext("user-99").key, at: .zero) != nil)
    #expect(cache.fresh(FlagContext("user-0").key, at: .zero) == nil)
    // One that is larger than all of it is not kept, and evicts nothing.
    cache.store(entry(payload: 200_000), for: FlagContext("large").key)
    #expect(cache.count == 9 && cache.stale(FlagContext("large").key) == nil)
    cache.store(entry(payload: 10), for: FlagContext(String(repeating: "u", count: 60_000)).key)
    #expect(cache.count == 9)
    cache.removeAll()
    #expect(cache.bytes == 0)
  }

  @Test("An answer that is renewed takes its place once")
  func renewed() {
    var cache = FlagCache(timeToLive: .seconds(300), capacity: 2, mostBytes: 100_000)
    let key = FlagContext("u").key
    for size in [100, 20_000, 50] { cache.store(entry(payload: size), for: key) }
    #expect(cache.count == 1 && cache.bytes < 2_000)
  }
}
