import GenOpsPostHog
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsTelemetry

enum HMACVectors {
  /// RFC 4231, test cases 1, 2 and 6.
  static let all: [(key: [UInt8], message: String, expected: String)] = [
    (
      [UInt8](repeating: 0x0B, count: 20), "Hi There",
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      Array("Jefe".utf8), "what do ya want for nothing?",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      [UInt8](repeating: 0xAA, count: 131),
      "Test Using Larger Than Block-Size Key - Hash Key First",
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
  ]
}

@Suite("Messages to a web address")
struct WebhookTests {
  private static let now = AdapterFixture().clock.now()

  /// What a receiver checks.
  private struct Signed {
    var signature: String
    var id: String
    var time: Int64
    var body: [UInt8]

    init(_ request: WireRequest) throws {
      func header(_ name: String) throws -> String {
        try #require(request.headers.first { $0.name == name }).value
      }
      signature = try header("X-GenOps-Signature")
      id = try header("X-GenOps-Id")
      time = try #require(Int64(try header("X-GenOps-Timestamp")))
      body = request.body
    }

    func isValid(by secret: String, at now: Timestamp) -> Bool {
      MessageSignature.isValid(
        signature, of: body, id: id, at: time, key: Array(secret.utf8), now: now)
    }
  }

  private func notice(_ id: String = "daily/2027-01-10/80", to recipient: String? = nil)
    -> AlertNotice
  {
    AlertNotice(
      id: id, level: .warning, message: "PostHog costs approaching daily limit: 80.0%",
      recipient: recipient, escalations: 0, budget: "daily", percent: 80,
      at: AdapterFixture().clock.now())
  }

  @Test("HMAC-SHA256 gives the values of RFC 4231", arguments: HMACVectors.all)
  func hmac(vector: (key: [UInt8], message: String, expected: String)) {
    let message = Array(vector.message.utf8)
    #expect(MessageSignature.sign(message, key: vector.key) == vector.expected)
    #expect(MessageSignature.isValid(vector.expected, of: message, key: vector.key))
    #expect(!MessageSignature.isValid(vector.expected, of: message + [0], key: vector.key))
  }

  @Test("A message is signed, tried again, and posted once")
  func posts() async throws {
    let (exchange, pauses) = (ScriptedExchange([500, nil, 204]), PauseLog())
    let webhook = AlertWebhook(
      url: "https://alerts.example/hook", secret: Secret("s3cret"), exchange: exchange,
      clock: AdapterFixture().clock, pause: { pauses.pause($0) })
    webhook.add(notice())
    webhook.add(notice())
    await webhook.flush()
    #expect(exchange.requests.count == 3 && pauses.all == [.seconds(1), .seconds(2)])
    let request = try #require(exchange.requests.last)
    #expect(Set(exchange.requests.map { $0.headers }).count == 1)
    let signed = try Signed(request)
    #expect(signed.isValid(by: "s3cret", at: Self.now))
    #expect(signed.id == "daily/2027-01-10/80//0" && signed.time == 1_799_582_400)
    #expect(String(decoding: request.body, as: UTF8.self).contains("approaching daily limit"))
    #expect(
      await webhook.statistics == AlertWebhook.Statistics(delivered: 1, repeated: 1, lost: 0))
    webhook.add(notice(to: "manager"))
    await webhook.flush()
    #expect(await webhook.statistics.delivered == 2)
  }

  @Test("The signature is of the time and the id too, and is too old after five minutes")
  func covers() async throws {
    let exchange = ScriptedExchange()
    let webhook = AlertWebhook(
      url: "https://x", secret: Secret("s3cret"), exchange: exchange, clock: AdapterFixture().clock)
    webhook.add(notice())
    await webhook.flush()
    let signed = try Signed(try #require(exchange.requests.first))
    #expect(signed.isValid(by: "s3cret", at: Self.now.advanced(bySeconds: 300)))
    #expect(!signed.isValid(by: "s3cret", at: Self.now.advanced(bySeconds: 301)))
    #expect(!signed.isValid(by: "s3cret", at: Self.now.advanced(bySeconds: -301)))
    #expect(!signed.isValid(by: "other", at: Self.now))
    for change in [
      { (one: inout Signed) in one.id = "daily/2027-01-11/80//0" },
      { (one: inout Signed) in one.time += 60 },
      { (one: inout Signed) in one.body.append(32) },
      { (one: inout Signed) in
        one.id = "\(one.id)\n"; one.body = Array(one.body.dropFirst())
      },
    ] {
      var changed = signed
      change(&changed)
      #expect(!changed.isValid(by: "s3cret", at: Self.now))
    }
  }

  @Test("What fails for now waits again, twenty times at most, and then is lost")
  func again() async {
    let exchange = ScriptedExchange([nil, 503, 200])
    let webhook = AlertWebhook(url: "https://x", exchange: exchange, attempts: 1, pause: { _ in })
    webhook.add(notice())
    for _ in 0..<2 { await webhook.flush() }
    #expect(webhook.waitingCount == 1)
    #expect(await webhook.statistics == AlertWebhook.Statistics())
    await webhook.flush()
    #expect(await webhook.statistics == AlertWebhook.Statistics(delivered: 1))

    let down = AlertWebhook(
      url: "https://x", exchange: ScriptedExchange([Int?](repeating: 503, count: 99)), attempts: 1,
      pause: { _ in })
    down.add(notice())
    for _ in 0..<30 { await down.flush() }
    #expect(down.waitingCount == 0)
    #expect(await down.statistics == AlertWebhook.Statistics(lost: 1))
    // What was lost is not known: raised again, it is tried again.
    down.add(notice())
    await down.flush()
    #expect(down.waitingCount == 1)
  }

  @Test("Of more messages than may wait the oldest are dropped and counted")
  func dropped() async {
    let webhook = AlertWebhook(url: "https://x", exchange: ScriptedExchange())
    for number in 0..<1003 { webhook.add(notice("n\(number)")) }
    await webhook.flush()
    #expect(await webhook.statistics == AlertWebhook.Statistics(delivered: 1000, dropped: 3))
  }

  @Test("A budget's name cannot end a header or begin another")
  func headers() {
    #expect(
      AlertWebhook.headerValue("a b\r\nX-Evil: 1\u{2028}é%/80//0")
        == "a%20b%0D%0AX-Evil:%201%E2%80%A8%C3%A9%25/80//0")
  }

  @Test("What the receiver refuses is lost and counted")
  func refused() async {
    let exchange = ScriptedExchange([410])
    let webhook = AlertWebhook(url: "https://x", exchange: exchange, pause: { _ in })
    webhook.add(notice())
    await webhook.flush()
    #expect(exchange.requests.count == 1)
    #expect(await webhook.statistics.lost == 1)
    #expect(!exchange.requests[0].headers.contains { $0.name == "X-GenOps-Signature" })
  }

  @Test("An adapter's alerts reach it")
  func fromAdapter() async throws {
    let exchange = ScriptedExchange()
    let webhook = AlertWebhook(url: "https://x", exchange: exchange)
    _ = try sampleAdapter { $0.onNotice = { webhook.add($0) } }
    await webhook.flush()
    // The third event was refused, so the limit is used up although a part of it is left.
    let bodies = exchange.requests.map { String(decoding: $0.body, as: UTF8.self) }
    #expect(bodies.count == 4 && bodies[0].contains("approaching daily limit: 80.0%"))
    #expect(bodies[3].contains("daily limit is used up: 80.0% spent, more is refused"))
  }
}
