import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import Synchronization
import Testing

@testable import GenOpsPostHog

@Suite("Where data may go")
struct ResidencyTests {
  private let base = AdapterFixture()
  private let fixture = DeliveryFixture()

  private func plan(_ mode: GovernanceMode, hosts: [String] = []) -> GovernancePlan {
    var plan = GovernancePlan(mode: mode)
    plan.privacy.residency = Residency(.eu, hosts: hosts)
    return plan
  }

  private func codes(_ findings: Findings) -> [String] { findings.all.map(\.code) }

  // MARK: One host

  @Test("One setting reaches delivery and flags")
  func oneHost() throws {
    let settings = AdapterSettings.read(environment: [
      "POSTHOG_API_KEY": "phc_x", "POSTHOG_HOST": "https://eu.posthog.com",
    ])
    let delivery = try DeliveryConfiguration(settings)
    #expect(delivery.endpoints == [DeliveryEndpoint(host: .eu, key: Secret("phc_x"))])
    let flags = try FlagConfiguration(settings, personalKey: Secret("phx_y"))
    #expect(flags.endpoint == delivery.endpoints[0] && flags.personalKey == Secret("phx_y"))
    #expect(throws: FindingsError.self) {
      try DeliveryConfiguration(AdapterSettings.read(environment: [:]))
    }
  }

  @Test("Delivery or flags to another host than the settings name are told")
  func differs() throws {
    let settings = AdapterSettings.read(environment: [
      "POSTHOG_API_KEY": "phc_x", "POSTHOG_HOST": "https://eu.posthog.com",
    ])
    let adapter = try PostHogAdapter(
      settings, transport: fixture.delivery(), opening: .nothing, clock: base.clock
    ) { $0.onFinding = { _ in } }
    #expect(codes(adapter.findings()) == ["host-differs"])
    let flags = FeatureFlags(
      FlagConfiguration(endpoint: DeliveryEndpoint(host: .us, key: Secret("phc_x"))),
      adapter: adapter, exchange: fixture.double)
    #expect(codes(flags.findings) == ["host-differs"])
    let same = try PostHogAdapter(
      settings, transport: fixture.delivery(hosts: [.eu]), opening: .nothing, clock: base.clock)
    #expect(codes(same.findings()).isEmpty)
  }

  @Test(
    "PostHog's clouds are known however they are written",
    arguments: [
      ("https://eu.posthog.com:443", "eu"), ("eu.i.posthog.com.", "eu"),
      ("http://us.i.posthog.com:80/ingest", "us"), ("app.posthog.com.", "us"),
      ("https://eu.posthog.com.example", nil), ("https://eu-posthog.com", nil),
    ] as [(String, String?)])
  func written(_ text: String, _ region: String?) throws {
    let host = try PostHogHost(text)
    #expect(host.region == region)
    #expect(region == nil || host.scheme == "https")
    #expect(Residency(.eu).allows(host: host.description) == (region == "eu"))
  }

  // MARK: At the start

  @Test("Strict mode does not start with a host that the policy forbids; the others say so")
  func start() throws {
    for mode in [GovernanceMode.advisory, .enforced] {
      let adapter = try base.adapter(plan(mode)) { $0.host = .us }
      #expect(codes(adapter.findings()) == ["data-residency"])
    }
    let error = #expect(throws: FindingsError.self) {
      try base.adapter(plan(.strict)) { $0.host = .us }
    }
    #expect(error?.findings.all.map(\.code) == ["data-residency"])
    #expect(try codes(base.adapter(plan(.strict)) { $0.host = .eu }.findings()).isEmpty)
  }

  @Test("The host that binds is the one that events go to")
  func delivery() throws {
    func adapter(_ mode: GovernanceMode, _ hosts: [PostHogHost], own: [String] = []) throws
      -> PostHogAdapter
    {
      try PostHogAdapter(
        AdapterFixture.configuration(plan(mode, hosts: own)),
        transport: fixture.delivery(hosts: hosts), clock: base.clock)
    }
    #expect(throws: FindingsError.self) { try adapter(.strict, [.us]) }
    // Failing over out of the region is not a way out.
    #expect(throws: FindingsError.self) { try adapter(.strict, [.eu, .us]) }
    #expect(try codes(adapter(.enforced, [.eu, .us]).findings()) == ["data-residency"])
    let proxy = try PostHogHost("https://events.example.com/ingest")
    // A host of one's own lies nowhere unless the policy lists it.
    #expect(throws: FindingsError.self) { try adapter(.strict, [proxy]) }
    #expect(try codes(adapter(.strict, [proxy], own: ["events.example.com"]).findings()).isEmpty)
  }

  @Test("The tag binds a proxy too")
  func tag() throws {
    func start(_ mode: GovernanceMode) throws -> PostHogAdapter {
      var layer = SettingsLayer()
      layer.apiKey = Secret("phc_x")
      layer.host = try PostHogHost("https://events.example.com")
      layer.tags = ["data_residency": "eu"]
      layer.mode = mode
      (layer.team, layer.project) = ("growth", "shop")
      return try PostHogAdapter(
        AdapterSettings([layer]), transport: base.transport, opening: .nothing, clock: base.clock
      ) { $0.onFinding = { _ in } }
    }
    #expect(try codes(start(.enforced).findings()) == ["data-residency"])
    #expect(throws: FindingsError.self) { try start(.strict) }
  }

  @Test("A tenant's tag binds the account's proxy")
  func tenant() throws {
    func directory(_ mode: GovernanceMode) throws -> TenantDirectory {
      var configuration = AdapterFixture.configuration()
      configuration.host = try PostHogHost("https://events.example.com")
      return try TenantDirectory(
        [Tenant(id: "bank", mode: mode, tags: ["data_residency": "eu"])], in: configuration,
        transport: base.transport, clock: base.clock)
    }
    #expect(throws: FindingsError.self) { try directory(.strict) }
    #expect(try codes(directory(.enforced).account.findings()) == ["data-residency"])
  }

  // MARK: At every request

  /// Answers as it is told to, and remembers who was asked.
  private final class Redirecting: HTTPExchange {
    private let reply: WireReply
    private let urls = Mutex<[String]>([])
    init(_ reply: WireReply) { self.reply = reply }
    var asked: [String] { urls.withLock { $0 } }
    func send(_ request: WireRequest) async throws -> WireReply {
      urls.withLock { $0.append(request.url) }
      return reply
    }
  }

  private func request(_ url: String) -> WireRequest { WireRequest(method: "POST", url: url) }

  @Test("A request to a host that is not allowed is not made in strict mode, and told in others")
  func everyRequest() async throws {
    let inner = Redirecting(WireReply(status: 200))
    let strict = GuardedExchange(inner, rule: HostRule(Residency(.eu), refuses: true))
    await #expect(throws: WireFailure.self) {
      try await strict.send(request("https://us.i.posthog.com/batch/"))
    }
    #expect(inner.asked.isEmpty)
    #expect(try await strict.send(request("https://eu.i.posthog.com/batch/")).status == 200)
    let other = GuardedExchange(inner, rule: HostRule(Residency(.eu)))
    #expect(try await other.send(request("https://us.i.posthog.com/batch/")).status == 200)
    #expect(inner.asked.count == 2)
    for exchange in [strict, other] { #expect(codes(exchange.findings) == ["data-residency"]) }
    #expect(strict.findings.all[0].message.contains("us.i.posthog.com were refused"))
  }

  @Test("A redirect to another host is told, whether it was followed or not")
  func redirects() async throws {
    let moved = GuardedExchange(
      Redirecting(
        WireReply(
          status: 302, headers: [WireHeader("Location", "https://evil.example/batch/")])))
    _ = try await moved.send(request("https://eu.i.posthog.com/batch/"))
    #expect(codes(moved.findings) == ["redirect-not-followed"])
    #expect(moved.findings.all[0].message.contains("evil.example"))
    let own = GuardedExchange(
      Redirecting(WireReply(status: 308, headers: [WireHeader("Location", "/batch")])))
    _ = try await own.send(request("https://eu.i.posthog.com/batch/"))
    #expect(own.findings.all.isEmpty)
    let stray = Redirecting(WireReply(status: 200, url: "https://us.i.posthog.com/batch/"))
    let followed = GuardedExchange(stray)
    #expect(try await followed.send(request("https://eu.i.posthog.com/batch/")).status == 200)
    #expect(codes(followed.findings) == ["redirect-followed"])
    let strict = GuardedExchange(stray, rule: HostRule(Residency(.eu), refuses: true))
    await #expect(throws: WireFailure.self) {
      try await strict.send(request("https://eu.i.posthog.com/batch/"))
    }
  }

  @Test("A redirect loses its events as rejected, and names where it led")
  func redirectedDelivery() async throws {
    let delivery = try fixture.delivery(hosts: [.eu]) { $0.flushCount = 1 }
    fixture.double.script(
      [
        .reply(
          WireReply(
            status: 301, headers: [WireHeader("Location", "https://us.i.posthog.com/batch/")]))
      ], host: "eu.i.posthog.com")
    await fixture.running(delivery) {
      fixture.send(0..<1, to: delivery)
      await delivery.flush()
    }
    #expect(fixture.double.requests.map(\.url) == ["https://eu.i.posthog.com/batch/"])
    #expect(codes(delivery.findings).contains("redirect-not-followed"))
  }

  @Test("A delivery that is shared goes by the strictest adapter")
  func shared() async throws {
    let inner = Redirecting(WireReply(status: 200))
    let exchange = GuardedExchange(inner)
    exchange.bind(HostRule(Residency(.eu), refuses: true))
    exchange.bind(.anywhere)
    #expect(exchange.refuses(.us) && !exchange.refuses(.eu))
  }

  @Test("Flags of a host that strict mode forbids are neither asked nor paid for")
  func flags() async throws {
    let fixture = FlagFixture()
    var plan = GovernancePlan(mode: .strict)
    plan.privacy.residency = Residency(.eu)
    let adapter = try fixture.adapter(plan)
    let flags = fixture.flags(adapter, local: true)
    let set = await flags.flags(for: FlagContext("user-1"))
    #expect(!set.isOn("beta") && set.problem == .refused)
    await flags.poll()
    #expect(fixture.server.requests.isEmpty && fixture.requests(adapter) == 0)
    #expect(codes(flags.findings).contains("data-residency"))
    let allowed = fixture.flags(adapter) {
      $0.endpoint = DeliveryEndpoint(host: .eu, key: Secret("phc_testkey"))
    }
    #expect(await allowed.flags(for: FlagContext("user-1")).isOn("beta"))
  }
}
