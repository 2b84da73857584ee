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
      pause: { pauses.pause($0) })
    webhook.add(notice())
    webhook.add(notice())
    await webhook.flush()
    #expect(exchange.requests.count == 3 && pauses.all == [.seconds(1), .seconds(2)])
    let request = try #require(exchange.requests.last)
    #expect(Set(exchange.requests.map { $0.headers }).count == 1)
    let signature = try #require(request.headers.first { $0.name == "X-GenOps-Signature" })
    #expect(
      MessageSignature.isValid(
        String(signature.value.dropFirst("sha256=".count)), of: request.body,
        key: Array("s3cret".utf8)))
    #expect(String(decoding: request.body, as: UTF8.self).contains("approaching daily limit"))
    #expect(
      await webhook.statistics == AlertWebhook.Statistics(delivered: 1, repeated: 1, lost: 0))
    webhook.add(notice(to: "manager"))
    await webhook.flush()
    #expect(await webhook.statistics.delivered == 2)
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
