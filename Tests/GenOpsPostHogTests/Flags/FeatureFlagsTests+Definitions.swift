import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import Testing
@testable import GenOpsPostHog
import GenOpsAdmission

extension FeatureFlagsTests {
  @Test("With definitions flags cost nothing but the polls, ten requests each; an ETag is sent")
  func local() async throws {
    let adapter = try fixture.adapter()
    let flags = fixture.flags(adapter, local: true)
    _ = await flags.poll()
    for number in 0..<50 {
      let set = await flags.flags(for: FlagContext("user-\(number)"))
      #expect(set.isOn("everybody") && set.cost == .zero)
    }
    _ = await flags.poll()
    #expect(fixture.requests(adapter) == 20 && fixture.server.requests.count == 2)
    #expect(flags.counts.local == 50 && flags.counts.unchangedPolls == 1)
    let sample = try Sample.read("45_local_eval_polling_etag_304_poll_2s")[0]
    let poll = fixture.server.requests[1]
    #expect(poll.method == "GET" && poll.url == "https://us.i.posthog.com" + sample.path)
    for name in ["Authorization", "If-None-Match"] {
      #expect(poll.header(name) == sample.headers[name])
    }
    #expect(fixture.called.allSatisfy { $0.properties["locally_evaluated"] == true })
  }

  @Test("What the definitions leave open is asked for, once for the person")
  func mixed() async throws {
    let adapter = try fixture.adapter()
    fixture.server.definitions([.body(FlagServerDouble.withSticky)])
    let flags = fixture.flags(adapter, local: true)
    _ = await flags.poll()
    for _ in 0..<10 {
      let set = await flags.flags(for: FlagContext("user-1"))
      #expect(set.isOn("everybody") && set.isOn("beta"))
    }
    #expect(fixture.requests(adapter) == 11 && fixture.server.requests.count == 2)
  }

  @Test("Definitions: 402 forgets them, 401 and 500 keep them, and all say so")
  func polls() async throws {
    let flags = fixture.flags(try fixture.adapter(), local: true)
    for (answer, isKept) in [
      (FlagServerDouble.Answer.status(500), true), (.status(401), true), (.body("<html>"), true),
      (.failure(.timeout), true), (.status(402), false),
    ] {
      fixture.server.definitions([.body(FlagServerDouble.everybody), answer])
      _ = await flags.poll()
      #expect(flags.findings.all.isEmpty)
      _ = await flags.poll()
      #expect((flags.definitions?["everybody"] != nil) == isKept)
      #expect(flags.findings.all.map(\.code) == ["flag-definitions"])
    }
    #expect(flags.counts.failedPolls == 5 && flags.counts.polls == 10)
  }

  @Test("Polling keeps its interval, waits longer when asked to, and ends with its task")
  func polling() async throws {
    let flags = fixture.flags(try fixture.adapter(), local: true)
    fixture.server.definitions([.body(FlagServerDouble.everybody), .retryAfter(429, "90")])
    let task = Task { await flags.run() }
    #expect(await fixture.time.nextAlarm() == .seconds(30))
    fixture.time.advance(to: .seconds(30))
    #expect(await fixture.time.nextAlarm() == .seconds(120))
    task.cancel()
    await task.value
    #expect(flags.counts.polls == 2)
  }
}
