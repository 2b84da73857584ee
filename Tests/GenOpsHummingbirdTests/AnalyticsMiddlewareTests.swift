import Foundation
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHog
import GenOpsPostHogTesting
import GenOpsUnits
import Hummingbird
import HummingbirdTesting
import InMemoryTracing
import Testing

@testable import GenOpsHummingbird

@Suite("A session per request")
struct AnalyticsMiddlewareTests {
  let log = SessionLog()

  @Test("An exhausted budget changes no answer: the session shows what was refused")
  func exhausted() async throws {
    let adapter = try shopAdapter(oneEventPlan)
    let router = Router()
    router.add(middleware: AnalyticsMiddleware(adapter, onEnd: log.add))
    router.get("buy") { _, _ in
      for _ in 0..<3 { GenOps.capture("viewed") }
      return "bought"
    }
    try await Application(router: router).test(.router) { client in
      for _ in 0..<2 {
        try await client.execute(uri: "/buy", method: .get) { response in
          #expect(response.status == .ok && String(buffer: response.body) == "bought")
        }
      }
    }
    // The budget is the server's, not the request's.
    #expect(log.all.map(\.summary.eventsCaptured) == [1, 0])
    #expect(log.all.map(\.summary.refused) == [2, 3])
    #expect(log.all.allSatisfy { $0.isClosed && $0.name == "web_request" })
    #expect(adapter.costSummary().activeSessions == 0)
  }

  @Test("A session's events carry route, method and attribution of their request")
  func stamps() async throws {
    let transport = RecordingTransport()
    let router = Router()
    router.add(
      middleware: AnalyticsMiddleware(
        try shopAdapter(transport: transport), name: "api_request",
        attribution: { request, _ in
          Attribution(team: request.uri.path.hasPrefix("/api") ? "api-team" : nil)
        }))
    router.post("api/orders/:id") { _, _ in
      GenOps.capture("ordered")
      return "ok"
    }
    router.get("about") { _, _ in
      GenOps.capture("read")
      return "ok"
    }
    try await Application(router: router).test(.router) { client in
      try await client.execute(uri: "/api/orders/77", method: .post)
      try await client.execute(uri: "/about", method: .get)
    }
    let ordered = try #require(transport.named("ordered").first).properties
    #expect(ordered["genops_team"] == "api-team" && ordered["genops_project"] == "shop")
    #expect(ordered["genops_session_http_method"] == "POST")
    #expect(ordered["genops_session_http_route"] == "/api/orders/{id}")
    let read = try #require(transport.named("read").first).properties
    #expect(read["genops_team"] == "web-team" && read["genops_session_id"] != nil)
    #expect(read["genops_session_id"] != ordered["genops_session_id"])
  }

  @Test("Requests at the same time do not count each other's events, in child tasks neither")
  func concurrent() async throws {
    let (count, gate) = (12, Gate(12))
    let router = Router()
    router.add(middleware: AnalyticsMiddleware(try shopAdapter(), onEnd: log.add))
    router.get("capture/:n") { _, context in
      let n = try context.parameters.require("n", as: Int.self)
      await gate.arrive()
      await withTaskGroup { group in
        for _ in 0..<n {
          group.addTask {
            await Task.yield()
            GenOps.capture("viewed")
          }
        }
      }
      return "\(AnalyticsSession.current?.summary.eventsCaptured ?? -1)"
    }
    try await Application(router: router).test(.router) { client in
      try await withThrowingTaskGroup { group in
        for n in 0..<count {
          group.addTask {
            try await client.execute(uri: "/capture/\(n)", method: .get) { response in
              #expect(String(buffer: response.body) == "\(n)")
            }
          }
        }
        try await group.waitForAll()
      }
    }
    #expect(log.all.map(\.summary.eventsCaptured).sorted() == (0..<12).map(Int64.init))
    #expect(Set(log.all.map(\.id)).count == count)
  }

  @Test("What a handler captures belongs to the person of its request")
  func identity() async throws {
    let transport = RecordingTransport()
    let adapter = try shopAdapter(transport: transport)
    let router = Router()
    router.add(
      middleware: AnalyticsMiddleware { request, _ in
        RequestAnalytics(
          adapter, attributes: ["page": "cart"],
          identity: request.uri.queryParameters["user"].map {
            RequestIdentity(distinctID: String($0), sessionID: "s-1")
          })
      })
    router.get("cart") { _, _ in
      GenOps.capture("viewed")
      return "ok"
    }
    try await Application(router: router).test(.router) { client in
      for uri in ["/cart?user=ann", "/cart"] {
        try await client.execute(uri: uri, method: .get) { #expect($0.status == .ok) }
      }
    }
    let sent = transport.all.map(\.event)
    #expect(sent.map { $0.distinctID == "ann" } == [true, false])
    #expect(sent.map(\.sessionID) == ["s-1", nil])
    #expect(sent.map(\.processPersonProfile) == [nil, false])
    let stamp = try #require(transport.named("viewed").first).properties
    let names = ["http_method", "http_route", "page"]
    #expect(names.map { stamp["genops_session_\($0)"] } == ["GET", "/cart", "cart"])
  }

  @Test("A handler that throws ends its session, and its error is the answer")
  func throwing() async throws {
    let tracer = InMemoryTracer()
    let adapter = try shopAdapter(tracing: AdapterTracing(tracer: tracer))
    let router = Router()
    router.add(middleware: AnalyticsMiddleware(adapter, onEnd: log.add))
    router.get("gone") { _, _ -> String in
      GenOps.capture("viewed")
      throw HTTPError(.gone, message: "no longer here")
    }
    try await Application(router: router).test(.router) { client in
      try await client.execute(uri: "/gone", method: .get) { response in
        #expect(response.status == .gone)
      }
      // Not found is an answer as well, and has a session.
      try await client.execute(uri: "/nowhere", method: .get) { response in
        #expect(response.status == .notFound)
      }
    }
    #expect(log.all.map(\.summary.eventsCaptured) == [1, 0])
    #expect(log.all.allSatisfy { $0.isClosed })
    let spans = tracer.finishedSpans.filter { $0.operationName == "posthog_analytics_session" }
    #expect(spans.count == 2 && spans.first?.errors.isEmpty == false)
    #expect(adapter.costSummary().activeSessions == 0 && AnalyticsSession.current == nil)
  }

  @Test("A PostHog that never answers delays no request, whatever the mode")
  func silent() async throws {
    for mode in GovernanceMode.allCases {
      let exchange = SilentExchange()
      var configuration = DeliveryConfiguration(
        endpoints: [DeliveryEndpoint(host: .eu, key: Secret("phc_testkey"))])
      configuration.limits.flushCount = 1
      let delivery = try EventDelivery(configuration, exchange: exchange)
      let plan = GovernancePlan(mode: mode)
      let router = Router()
      router.add(
        middleware: AnalyticsMiddleware(
          try shopAdapter(plan, transport: delivery), onEnd: log.add))
      router.get("buy") { _, _ in
        GenOps.capture("viewed")
        return "bought"
      }
      let sending = Task { await delivery.run() }
      try await Application(router: router).test(.router) { client in
        try await client.execute(uri: "/buy", method: .get) { #expect($0.status == .ok) }
        // The request to PostHog hangs from here on.
        for await _ in exchange.asked { break }
        for _ in 0..<20 {
          try await client.execute(uri: "/buy", method: .get) { #expect($0.status == .ok) }
        }
      }
      sending.cancel()
      await sending.value
    }
    #expect(log.all.count == 63 && log.all.allSatisfy { $0.summary.eventsCaptured == 1 })
  }

  @Test("A request that is chosen to have none has no session")
  func left() async throws {
    let adapter = try shopAdapter()
    let router = Router()
    router.add(
      middleware: AnalyticsMiddleware(onEnd: log.add) { request, _ in
        request.uri.path == "/health" ? nil : RequestAnalytics(adapter)
      })
    router.get("health") { _, _ in "\(AnalyticsSession.current == nil)" }
    try await Application(router: router).test(.router) { client in
      try await client.execute(uri: "/health", method: .get) { response in
        #expect(String(buffer: response.body) == "true")
      }
    }
    #expect(log.all.isEmpty)
  }

  @Test("Two tenants: the one that is exhausted stops nobody, and an unknown one is the account's")
  func tenants() async throws {
    let transport = RecordingTransport()
    let directory = try TenantDirectory(
      [
        Tenant(id: "a", dailyBudget: Money(nanos: 100_000)),
        Tenant(id: "b", dailyBudget: Money(nanos: 1_000_000)),
      ], in: shopConfiguration(), transport: transport,
      clock: ManualClock("2027-01-10T12:00:00Z"))
    let router = Router()
    router.add(
      middleware: AnalyticsMiddleware(
        directory, tenant: { request, _ in request.headers[.init("X-Tenant")!] },
        onEnd: log.add))
    router.get("view") { _, _ in
      for _ in 0..<4 { GenOps.capture("viewed") }
      return "seen"
    }
    try await Application(router: router).test(.router) { client in
      for id in ["a", "b", "typo"] {
        try await client.execute(
          uri: "/view", method: .get, headers: [.init("X-Tenant")!: id]
        ) { #expect($0.status == .ok) }
      }
    }
    #expect(log.all.map(\.summary.eventsCaptured) == [2, 4, 4])
    #expect(log.all.map(\.summary.refused) == [2, 0, 0])
    let sent = transport.all.map(\.properties)
    #expect(
      sent.map { $0["genops_customer_id"]?.string }
        == ["a", "a", "b", "b", "b", "b", nil, nil, nil, nil])
    #expect(sent.map { $0["genops_session_unknown_tenant"] != nil }.filter { $0 }.count == 4)
  }

  @Test("Keys choose the billing account, and an unlisted one the standard account")
  func accounts() async throws {
    let (shop, blog) = (try shopAdapter(), try shopAdapter(oneEventPlan))
    let router = Router()
    router.add(
      middleware: AnalyticsMiddleware(
        AccountDirectory(standard: shop, byKey: [Secret("phc_blog"): blog]),
        key: { request, _ in request.uri.queryParameters["key"].map { Secret(String($0)) } }))
    router.get("view") { _, _ in
      "\((0..<3).count { _ in GenOps.capture("viewed")?.wasSent == true })"
    }
    try await Application(router: router).test(.router) { client in
      for (key, expected) in [("phc_blog", "1"), ("phc_other", "3"), ("phc_blog", "0")] {
        try await client.execute(uri: "/view?key=\(key)", method: .get) { response in
          #expect(String(buffer: response.body) == expected)
        }
      }
    }
  }

  @Test("A whole server: what its requests captured is delivered when it shuts down")
  func server() async throws {
    let exchange = AcceptingExchange()
    var sending = DeliveryConfiguration(
      endpoints: [DeliveryEndpoint(host: .eu, key: Secret("phc_testkey"))])
    // A machine that is busy with other tests flushes between the two otherwise.
    sending.limits.flushInterval = .seconds(86_400)
    sending.limits.drainTimeout = .seconds(3_600)
    let app = try shop(shopConfiguration(), sending, exchange)
    // Its services run and shut down as those of a server that listens.
    try await app.test(.router) { client in
      for user in ["ann", "bob"] {
        try await client.execute(uri: "/signup/\(user)", method: .get) { response in
          #expect(response.status == .ok && String(buffer: response.body) == "welcome")
        }
      }
    }
    let bodies = exchange.requests.map { String(decoding: $0.body, as: UTF8.self) }
    #expect(bodies.map { $0.contains(#""distinct_id":"ann""#) && $0.contains("bob") } == [true])
  }

  @Test("The page shows the example that is compiled here")
  func page() throws {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    func text(_ url: URL) throws -> String {
      String(decoding: try Data(contentsOf: url), as: UTF8.self)
    }
    let parts = try text(tests.appendingPathComponent("ExampleServer.swift"))
      .components(separatedBy: "// example\n")
    try #require(parts.count == 3)
    let page = try text(
      tests.appendingPathComponent("../../docs/middleware.md").standardizedFileURL)
    #expect(page.contains("```swift\n\(parts[1])```"))
  }
}
