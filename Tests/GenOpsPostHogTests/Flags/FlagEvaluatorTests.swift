import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsPostHog

@Suite("Local evaluation of flags")
struct FlagEvaluatorTests {
  @Test("All hashes are those of PostHog's client")
  func hashes() throws {
    let golden = try Sample.json("70_flag_hash_golden")
    let hashes = golden["hash"]?.items ?? []
    #expect(hashes.count == 28)
    for item in hashes {
      let key = item["key"]?.string ?? ""
      let id = item["distinct_id"]?.string ?? ""
      #expect(FlagHash.rollout(key: key, id: id) == item["rollout"]?.number, "\(key) \(id)")
      #expect(FlagHash.variant(key: key, id: id) == item["variant"]?.number, "\(key) \(id)")
    }
    let holdouts = golden["holdout"]?.items ?? []
    #expect(holdouts.count == 10)
    for item in holdouts {
      #expect(FlagHash.holdout(id: item["value"]?.string ?? "") == item["hash"]?.number)
    }
  }

  @Test("All variants are those of PostHog's client")
  func variants() throws {
    let golden = try Sample.json("70_flag_hash_golden")["variant"]?.items ?? []
    #expect(golden.count == 40)
    let definitions = try FlagDefinitions([
      "flags": [
        [
          "key": "exp", "active": true,
          "filters": [
            "groups": [["properties": [], "rollout_percentage": 100]],
            "multivariate": [
              "variants": [
                ["key": "control", "rollout_percentage": 33.33],
                ["key": "a", "rollout_percentage": 33.33],
                ["key": "b", "rollout_percentage": 33.34],
              ]
            ],
          ],
        ]
      ]
    ])
    for item in golden {
      var evaluator = FlagEvaluator(
        definitions, for: FlagContext(item["distinct_id"]?.string ?? ""), at: FlagCase.now)
      #expect(try evaluator.value("exp")?.json == item["variant"])
    }
  }

  @Test("A rollout of 45 % reaches 4545 of d0 … d9999")
  func rollout() throws {
    let definitions = try FlagDefinitions([
      "flags": [
        [
          "key": "simple-flag", "active": true,
          "filters": ["groups": [["properties": [], "rollout_percentage": 45]]],
        ]
      ]
    ])
    let reached = try (0..<10_000).count { number in
      var evaluator = FlagEvaluator(definitions, for: FlagContext("d\(number)"), at: FlagCase.now)
      return try evaluator.value("simple-flag") == .on
    }
    #expect(reached == 4545)
  }

  @Test(
    "Random flags have the values that posthog-python 7.91.1 gives them, or the same reason for none"
  )
  func oracle() throws {
    let cases = try FlagCase.all()
    #expect(cases.count >= 160)
    var differences: [String] = []
    for (number, one) in cases.enumerated() {
      let definitions = try FlagDefinitions(one.definitions)
      for member in one.expected.members {
        var evaluator = FlagEvaluator(definitions, for: one.context, at: FlagCase.now)
        var found: JSONValue
        do throws(Unresolved) {
          found = try evaluator.value(member.key)?.json ?? .null
        } catch {
          found = ["unresolved": .string(error.reason.rawValue)]
        }
        if found != member.value {
          differences.append("case \(number) \(member.key): \(found), PostHog: \(member.value)")
        }
      }
    }
    #expect(differences.isEmpty, "\(differences.prefix(40).joined(separator: "\n"))")
  }

  @Test("Flags that depend on each other, and cohorts that hold each other, end")
  func circles() throws {
    func dependent(_ key: String, on other: String) -> JSONValue {
      [
        "key": .string(key), "active": true,
        "filters": [
          "groups": [
            [
              "properties": [
                [
                  "key": .string(other), "type": "flag", "operator": "flag_evaluates_to",
                  "value": true, "dependency_chain": [.string(other)],
                ]
              ]
            ]
          ]
        ],
      ]
    }
    let cohort: JSONValue = [
      "type": "AND", "values": [["type": "cohort", "key": "id", "value": 1]],
    ]
    let definitions = try FlagDefinitions([
      "flags": [
        dependent("a", on: "b"), dependent("b", on: "a"),
        [
          "key": "c", "active": true,
          "filters": [
            "groups": [["properties": [["type": "cohort", "key": "id", "value": 1]]]]
          ],
        ],
      ], "cohorts": ["1": cohort],
    ])
    for (key, reason) in [
      ("a", UnresolvedReason.unresolvedDependency), ("c", .unsupportedDefinition),
    ] {
      var evaluator = FlagEvaluator(definitions, for: FlagContext("u"), at: FlagCase.now)
      let error = #expect(throws: Unresolved.self) { try evaluator.value(key) }
      #expect(error?.reason == reason)
    }
  }

  @Test("Relative dates go back by the calendar")
  func dates() throws {
    let now = try #require(Timestamp("2028-03-31T12:00:00Z"))
    for (text, date) in [
      ("-1d", "2028-03-30T12:00:00Z"), ("36h", "2028-03-30T00:00:00Z"),
      ("-2w", "2028-03-17T12:00:00Z"), ("-1m", "2028-02-29T12:00:00Z"),
      ("-2m", "2028-01-29T12:00:00Z"), ("-13m", "2027-02-28T12:00:00Z"),
      ("-4y", "2024-03-31T12:00:00Z"), ("2027", "2027-03-31T00:00:00Z"),
      ("2027-05-05 10:00:00 UTC", "2027-05-05T10:00:00Z"),
    ] {
      #expect(DateFilter.parse(text, now: now) == Timestamp(date), "\(text)")
    }
    for text in ["10000d", "5x", "-d", "", "soon", "-1D"] {
      #expect(DateFilter.parse(text, now: now) == nil, "\(text)")
    }
  }

  @Test("An answer that is not a list of flags is an error; a flag that is none is left out")
  func malformed() throws {
    #expect(throws: FindingsError.self) { try FlagDefinitions(["detail": "no"]) }
    let definitions = try FlagDefinitions(["flags": [3, ["key": 7], ["key": "x"]]])
    #expect(definitions.flags.map(\.key) == ["x"])
    var evaluator = FlagEvaluator(definitions, for: FlagContext("u"), at: FlagCase.now)
    #expect(try evaluator.value("x") == .off)
    #expect(try evaluator.value("y") == nil)
  }
}

/// A line of `flag-cases.jsonl`.
struct FlagCase {
  static let now = Timestamp("2026-11-25T12:00:00Z") ?? Timestamp(microseconds: 0)
  var definitions: JSONValue
  var context: FlagContext
  var expected: JSONValue

  /// The committed cases, or those of the file that `GENOPS_FLAG_CASES` names.
  static func all() throws -> [FlagCase] {
    let own = try #require(
      Bundle.module.url(forResource: "flag-cases", withExtension: "jsonl", subdirectory: "Samples"))
    let other = ProcessInfo.processInfo.environment["GENOPS_FLAG_CASES"]
    let data = try Data(contentsOf: other.map { URL(fileURLWithPath: $0) } ?? own)
    return try JSONParser.parseStream([UInt8](data), file: "flag-cases").map {
      let json = JSONValue($0)
      return FlagCase(
        definitions: json["definitions"] ?? .null,
        context: FlagContext(
          json["distinct_id"]?.string ?? "", personProperties: dictionary(json["person"]),
          groups: dictionary(json["groups"]).compactMapValues(\.string),
          groupProperties: dictionary(json["group_properties"]).mapValues { dictionary($0) },
          deviceID: json["device_id"]?.string),
        expected: json["expected"] ?? .null)
    }
  }

  private static func dictionary(_ json: JSONValue?) -> [String: JSONValue] {
    (json?.members ?? []).reduce(into: [:]) { $0[$1.key] = $1.value }
  }
}
