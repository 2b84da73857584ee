import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsPostHog
import GenOpsAdmission

@Suite("Feature flags and their cost")
struct FeatureFlagsTests {
  let fixture = FlagFixture()

  @Test("A person costs one request; reads are free until 300 s have passed")
  func oneRequest() async throws {
    let adapter = try fixture.adapter()
    let flags = fixture.flags(adapter)
    let first = await flags.flags(for: FlagContext("user-1"))
    #expect(first.isOn("beta") && first.variant("exp", default: "none") == "test")
    #expect(first.payload("exp")?["a"] == .number("1") && first.cost?.nanos == 100_000)
    #expect(!first.isOn("off", default: true) && first.isOn("unknown", default: true))
    for _ in 0..<100 {
      let again = await flags.flags(for: FlagContext("user-1"))
      #expect(again.isOn("beta") && again.cost == .zero)
    }
    #expect(fixture.server.requests.count == 1 && fixture.requests(adapter) == 1)
    fixture.time.advance(to: .milliseconds(299_999))
    _ = await flags.flags(for: FlagContext("user-1"))
    #expect(fixture.requests(adapter) == 1)
    fixture.time.advance(to: .seconds(300))
    _ = await flags.flags(for: FlagContext("user-1"))
    #expect(fixture.requests(adapter) == 2 && fixture.server.requests.count == 2)
    #expect(flags.counts.requests == 2 && flags.counts.remembered == 101)
  }

  @Test("The facts of an evaluation have the guide's names, and one from memory says so")
  func metadata() async throws {
    let flags = fixture.flags(try fixture.adapter())
    let context = FlagContext("user_12345", personProperties: ["user_segment": "enterprise"])
    let first = await flags.flags(for: context).metadata("exp")
    #expect(
      first.description == """
        {"flag_key":"exp","distinct_id":"user_12345","cost":"0.0001","governance_applied":true,\
        "timestamp":"2027-01-10T12:00:00Z","evaluation_context":1,"cached":false,"value":"test",\
        "problem":null}
        """)
    let again = await flags.flags(for: context).metadata("exp")
    #expect(again["cost"] == "0.00" && again["cached"] == true && again["value"] == "test")
    #expect(fixture.called.isEmpty)
  }

  @Test("Flags that a session asks for count for it, whichever session is the current one")
  func session() async throws {
    let adapter = try fixture.adapter()
    let flags = fixture.flags(adapter)
    await adapter.withSession("first") { first in
      await adapter.withSession("second") { second in
        #expect(await first.flags(flags, for: FlagContext("u")).isOn("beta"))
        #expect(await first.flags(flags, for: FlagContext("u")).isOn("beta"))
        #expect(first.summary.flagsEvaluated == 1 && first.summary.cost.nanos == 100_000)
        #expect(second.summary.flagsEvaluated == 0)
      }
    }
  }

  @Test("The order in which properties are given makes no other person")
  func keyOfMemory() async throws {
    let adapter = try fixture.adapter()
    let flags = fixture.flags(adapter)
    for properties in [["a": 1, "b": 2] as [String: JSONValue], ["b": 2, "a": 1]] {
      _ = await flags.flags(for: FlagContext("u", personProperties: properties))
    }
    #expect(fixture.requests(adapter) == 1)
    _ = await flags.flags(for: FlagContext("u", personProperties: ["a": 1, "b": 3]))
    #expect(fixture.requests(adapter) == 2)
  }

  @Test("Who asks at the same time shares a request")
  func shared() async throws {
    let adapter = try fixture.adapter()
    let flags = fixture.flags(adapter)
    await withTaskGroup { group in
      for _ in 0..<50 { group.addTask { _ = await flags.flags(for: FlagContext("u")) } }
    }
    #expect(fixture.requests(adapter) == 1 && fixture.server.requests.count == 1)
    #expect(flags.counts.shared + flags.counts.remembered == 49)
  }

  @Test(
    "A request matches posthog-python's field by field",
    arguments: ["20_feature_enabled_remote", "22_get_feature_flag_groups", "23_get_all_flags"])
  func wire(_ name: String) throws {
    let sample = try #require(try Sample.read(name).first)
    func dictionary(_ json: JSONValue?) -> [String: JSONValue] {
      (json?.members ?? []).reduce(into: [:]) { $0[$1.key] = $1.value }
    }
    let context = FlagContext(
      sample.body["distinct_id"]?.string ?? "",
      personProperties: dictionary(sample.body["person_properties"]),
      groups: dictionary(sample.body["groups"]).compactMapValues(\.string),
      groupProperties: dictionary(sample.body["group_properties"]).mapValues {
        dictionary($0).filter { $0.key != "$group_key" }
      })
    let keys = sample.body["flag_keys_to_evaluate"]?.items.compactMap(\.string)
    let request = FlagWire.evaluation(
      context, keys: keys,
      FlagConfiguration(endpoint: DeliveryEndpoint(host: .us, key: Secret("phc_testkey"))),
      at: try #require(Timestamp(sample.body["sent_at"]?.string ?? "")))
    #expect(request.url == "https://us.i.posthog.com" + sample.path && request.method == "POST")
    #expect(request.json.canonical == sample.body.canonical)
  }

  @Test("A read is told once for each person, flag and value, as posthog-python tells it")
  func called() async throws {
    let flags = fixture.flags(try fixture.adapter())
    let set = await flags.flags(for: FlagContext("user-1"))
    for _ in 0..<5 { _ = set.isOn("beta") }
    #expect(fixture.called.count == 1)
    let sample = try Sample.read("20_feature_enabled_remote")[1].body["batch"]?.items[0]
    let theirs = (sample?["properties"]?.members ?? []).filter {
      ![
        "$python_runtime", "$python_version", "$os", "$os_version", "$os_distro", "$lib",
        "$lib_version", "$geoip_disable", "$is_server",
      ].contains($0.key)
    }
    let own = fixture.called[0].properties.members
    #expect(JSONValue.object(own).canonical == JSONValue.object(theirs).canonical)
    _ = set.value("nope")
    _ = await flags.isOn("beta", for: FlagContext("user-2"))
    #expect(fixture.called.count == 3)
    #expect(fixture.called[1].properties["$feature_flag_error"] == "flag_missing")
    #expect(fixture.called[1].properties["$feature_flag_response"] == .null)
    // It is free, and it is not a request.
    #expect(fixture.base.transport.all.allSatisfy { $0.stamp.cost == .zero })
  }

  @Test(
    "Failures give the defaults and say why; only a lost connection, 502 and 504 are tried again",
    arguments: [
      (FlagServerDouble.Answer.status(500), 1, "api_error_500"), (.status(503), 1, "api_error_503"),
      (.status(429), 1, "api_error_429"), (.status(401), 1, "api_error_401"),
      (.status(502), 2, "api_error_502"), (.status(504), 2, "api_error_504"),
      (.failure(.connection("reset")), 2, "connection_error"), (.failure(.timeout), 1, "timeout"),
      (.body("<html>"), 1, "unknown_error"), (.body("{\"detail\":1}"), 1, "unknown_error"),
      (.body(#"{"flags":{},"quotaLimited":["feature_flags"]}"#), 1, "quota_limited"),
    ])
  func failures(_ answer: FlagServerDouble.Answer, _ attempts: Int, _ error: String) async throws {
    let flags = fixture.flags(try fixture.adapter())
    fixture.server.evaluation([answer, answer])
    async let asked = flags.flags(for: FlagContext("u"))
    if attempts == 2 { fixture.time.advance(to: await fixture.time.nextAlarm()) }
    let set = await asked
    #expect(set.problem?.description == error && fixture.server.requests.count == attempts)
    #expect(set.isOn("beta", default: true) && set.variant("exp", default: "x") == "x")
    #expect(fixture.called[0].properties["$feature_flag_error"] == .string(error))
    #expect(flags.counts.failures == 1)
  }

  @Test("While the server fails the last known values stand in, after their time too")
  func stale() async throws {
    let flags = fixture.flags(try fixture.adapter())
    #expect(await flags.isOn("beta", for: FlagContext("u")))
    fixture.time.advance(to: .seconds(400))
    fixture.server.evaluation([.status(500)])
    let set = await flags.flags(for: FlagContext("u"))
    #expect(set.problem == .status(500) && set.isOn("beta"))
  }

  @Test("After the quota is used up nobody asks for a minute")
  func quotaPause() async throws {
    let adapter = try fixture.adapter()
    let flags = fixture.flags(adapter)
    fixture.server.evaluation([.body(#"{"flags":{},"quotaLimited":["feature_flags"]}"#)])
    for number in 0..<20 { _ = await flags.flags(for: FlagContext("u\(number)")) }
    #expect(fixture.requests(adapter) == 1)
    fixture.time.advance(to: .seconds(60))
    #expect(await flags.isOn("beta", for: FlagContext("u")))
    #expect(fixture.requests(adapter) == 2)
  }

  @Test("A budget that refuses means that no request is made")
  func budget() async throws {
    let plan = GovernancePlan(mode: .enforced, budgets: [fixture.base.dayBudget(250_000)])
    let adapter = try fixture.adapter(plan)
    let flags = fixture.flags(adapter)
    for number in 0..<5 {
      let set = await flags.flags(for: FlagContext("u\(number)"))
      #expect(set.isOn("beta", default: false) == (number < 2))
      #expect((set.problem == .refused) == (number >= 2))
    }
    #expect(
      fixture.server.requests.count == 2 && fixture.requests(adapter) == 2
        && flags.counts.refused == 3)
    #expect(flags.findings.all.map(\.code) == ["flags-refused"])
  }

  @Test("Other versions of the answer are read too")
  func versions() async throws {
    let flags = fixture.flags(try fixture.adapter()) { $0.timeToLive = .zero }
    let v4 = try Sample.json("28_flags_v4_response_and_minimal_event")
    let legacy = """
      {"featureFlags":{"beta":true,"exp":"test","no":false},"featureFlagPayloads":{"exp":"{\\"a\\":1}"}}
      """
    fixture.server.evaluation([
      .body("\(v4["flags_v4_response"] ?? .null)"), .body(legacy),
      .body(
        #"{"flags":{"beta":{"key":"beta","failed":true,"value":null}},"errorsWhileComputingFlags":true}"#
      ),
    ])
    let first = await flags.flags(for: FlagContext("u1"))
    #expect(first.isOn("beta"))
    let names = fixture.called[0].properties.members.map(\.key)
    let theirs = (v4["minimal_flag_called_event"]?["properties"]?.members ?? []).map(\.key)
    #expect(!names.contains("$feature/beta") && Set(names).isSubset(of: theirs))
    let second = await flags.flags(for: FlagContext("u2"))
    #expect(second.keys == ["beta", "exp", "no"] && second.payload("exp")?["a"] == .number("1"))
    let third = await flags.flags(for: FlagContext("u3"))
    #expect(third.value("beta") == nil && third.isOn("beta", default: true))
    #expect(
      fixture.called.last?.properties["$feature_flag_error"]
        == "errors_while_computing_flags,evaluation_failed")
  }

  @Test("Flags tie an event to their moment without asking again")
  func properties() async throws {
    let flags = fixture.flags(try fixture.adapter())
    let set = await flags.flags(for: FlagContext("user-4"))
    let sample = try Sample.read("27_capture_send_feature_flags")[1].body["batch"]?.items[0]
    for member in set.properties {
      #expect(sample?["properties"]?[member.key] == member.value, "\(member.key)")
    }
    #expect(set.properties.count == 4)
  }

  @Test("Payloads have types")
  func payloads() async throws {
    let flags = fixture.flags(try fixture.adapter())
    fixture.server.evaluation([
      .body(
        """
        {"featureFlags":{"a":true,"b":true,"c":true,"d":true},"featureFlagPayloads":
        {"a":"7","b":"\\"x\\"","c":"true","d":"not json"}}
        """)
    ])
    let set = await flags.flags(for: FlagContext("u"))
    #expect(set.payload("a", default: 1) == 7 && set.payload("a", default: 0.5) == 7)
    #expect(set.payload("b", default: "") == "x" && set.payload("b", default: 3) == 3)
    #expect(set.payload("c", default: false) && set.payload("d") == nil)
  }

  @Test("The memory of answers is bounded")
  func bounded() async throws {
    let adapter = try fixture.adapter()
    let flags = fixture.flags(adapter) { $0.capacity = 10 }
    for number in 0..<20 { _ = await flags.flags(for: FlagContext("u\(number)")) }
    _ = await flags.flags(for: FlagContext("u19"))
    #expect(fixture.requests(adapter) == 20)
    _ = await flags.flags(for: FlagContext("u0"))
    #expect(fixture.requests(adapter) == 21)
  }
}
