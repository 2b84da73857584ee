import GenOpsPostHog
import GenOpsTestSupport
import Testing

@testable import GenOpsTelemetry

@Suite("Formats of metrics")
struct FormatTests {
  @Test("Prometheus's text has help and type once, and escapes labels")
  func prometheus() throws {
    let text = PrometheusText.render(try sampleAdapter().metrics())
    expectGolden(Array(text.utf8), "metrics.prom")
    #expect(
      text.contains(
        #"posthog_daily_cost{team="a\"b\\c",project="shop",environment="production"} 0.0001"#))
    #expect(text.contains("genops_policy_violations_total{policy_name=\"budget\"} 1\n"))
    #expect(text.contains("posthog_budget_utilization{"))
    let names = text.split(separator: "\n").filter { $0.hasPrefix("# TYPE") }
    #expect(names.count == Set(names).count && names.count == 11)
  }

  @Test("A sample that stands twice goes out once")
  func twice() throws {
    let samples = try sampleAdapter().metrics()
    #expect(PrometheusText.render(samples + samples) == PrometheusText.render(samples))
  }

  @Test("Numbers are written as Prometheus reads them")
  func numbers() {
    #expect(
      [0, 1, 0.0001, 1e21, .infinity, -.infinity, .nan].map(PrometheusText.number) == [
        "0", "1", "0.0001", "1e+21", "+Inf", "-Inf", "NaN",
      ])
  }

  @Test("Every DogStatsD datagram follows the public grammar, with its tags")
  func dogStatsD() throws {
    let grammar =
      #/[A-Za-z][A-Za-z0-9_.]*:-?[0-9][0-9.eE+-]*\|(c|g|ms|h|s|d)(\|@[0-9.]+)?(\|#[^,|#:\n]+:[^,|#:\n]*(,[^,|#:\n]+:[^,|#:\n]*)*)?/#
    let lines = DogStatsD.datagrams(try sampleAdapter().metrics())
    #expect(lines.count > 10)
    for line in lines { #expect(line.wholeMatch(of: grammar) != nil, "\(line)") }
    #expect(
      lines.contains(
        #"posthog_daily_cost:0.0001|g|#team:a"b\c,project:shop,environment:production"#))
    let odd = MetricSample(
      "x", .gauge, help: "", labels: [.init("team", "a,b|c#d:e")], value: -1.5)
    #expect(DogStatsD.datagrams([odd]) == ["x:-1.5|g|#team:a_b_c_d_e"])
    // A separator that is one `Character` with a mark is a separator to the server.
    #expect(
      DogStatsD.cleaned("a\u{0600},b\u{0301}|\u{0301}c#\u{0301}\r\nd\u{1B}")
        == "a\u{0600}_b\u{0301}_\u{0301}c_\u{0301}__d_")
  }

  @Test("Counters go out as counts of what came since, so that Datadog's sums are right")
  func counts() throws {
    func total(_ value: Double, _ team: String = "a") -> MetricSample {
      MetricSample(
        "posthog_events_total", .counter, help: "", labels: [.init("team", team)], value: value)
    }
    #expect(DogStatsD.datagrams([total(221)]) == ["posthog_events_total:221|c|#team:a"])
    #expect(
      DogStatsD.datagrams([total(225), total(3, "b")], since: [total(221)])
        == ["posthog_events_total:4|c|#team:a", "posthog_events_total:3|c|#team:b"])
    #expect(DogStatsD.datagrams([total(225)], since: [total(225)]).isEmpty)
    let receiver = try UDPReceiver()
    let client = try DogStatsDClient(port: receiver.port)
    for value in [2, 2, 5] { client.send([total(Double(value))]) }
    #expect(receiver.receive() == "posthog_events_total:2|c|#team:a")
    #expect(receiver.receive() == "posthog_events_total:3|c|#team:a")
  }

  @Test("No scalar of a name or a value splits a line of DogStatsD")
  func lines() {
    let ends: [Unicode.Scalar] = [
      "\n", "\r", "\u{0}", "\u{B}", "\u{C}", "\u{1C}", "\u{1D}", "\u{1E}", "\u{7F}", "\u{85}",
      "\u{9F}", "\u{2028}", "\u{2029}", "|", "#", ",", ":",
    ]
    for end in ends {
      let text = "a\(end)b"
      let sample = MetricSample(
        text, .gauge, help: "", labels: [.init(text, text)], value: -0.5)
      #expect(DogStatsD.datagrams([sample]) == ["a_b:-0.5|g|#a_b:a_b"], "\(end.value)")
    }
  }

  @Test("Datagrams arrive over UDP")
  func udp() throws {
    let receiver = try UDPReceiver()
    let client = try DogStatsDClient(port: receiver.port)
    client.send([
      MetricSample("posthog_daily_cost", .gauge, help: "", labels: [.init("team", "x")], value: 2)
    ])
    #expect(receiver.receive() == "posthog_daily_cost:2|g|#team:x")
    #expect(throws: DogStatsDClient.AddressError.self) {
      try DogStatsDClient(host: "no such host", port: 1)
    }
  }
}
