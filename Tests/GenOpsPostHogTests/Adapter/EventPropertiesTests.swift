import Foundation
import GenOpsPostHogTesting
import GenOpsTestSupport
import Testing

// Nothing else: what the guide's lines need comes with it.
import GenOpsPostHog

@Suite("Properties from ordinary variables")
struct EventPropertiesTests {
  struct Item: Encodable {
    var sku: String
    var price: Double
    var count: Int?
    var placed: Date
  }

  enum Plan: String, Encodable { case business }

  final class Ring: Encodable {
    var next: Ring?
    enum Key: CodingKey { case next }
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encodeIfPresent(next, forKey: .next)
    }
  }

  struct Failing: Encodable {
    struct Refusal: Error {}
    func encode(to encoder: any Encoder) throws { throw Refusal() }
  }

  static let date = Date(timeIntervalSince1970: 1_800_000_000.25)

  @Test("Variables of every kind go out as PostHog's clients send them, in the order written")
  func variables() throws {
    let base = AdapterFixture()
    let adapter = try base.adapter()
    let (plan, price, count, isPaid) = ("business", 299.5, 3, true)
    let coupon: String? = nil
    let seats: Int? = 7
    let id = try #require(UUID(uuidString: "0190B2A4-1111-7000-8000-000000000001"))
    let url = try #require(URL(string: "https://example.com/a?b=1"))
    let (small, large, share) = (Int8(-4), UInt64.max, Float(0.1))
    let decimal = try #require(Decimal(string: "12.340000000000000001"))
    let receipt = adapter.capture(
      "order_completed", distinctID: "ann",
      properties: [
        "plan": plan, "price": price, "count": count, "isPaid": isPaid, "coupon": coupon,
        "seats": seats, "at": Self.date, "id": id, "url": url, "small": small, "large": large,
        "share": share, "decimal": decimal, "nan": Double.nan, "tags": ["a", plan],
        "rates": ["z": 1, "b": count], "enum": Plan.business, "literal": "text", "none": nil,
        "json": JSONValue.number("299.00"), "mixed": ["a": 1, "b": plan] as EventProperties,
        "items": [Item(sku: "x", price: price, count: nil, placed: Self.date)],
      ])
    #expect(
      receipt.event.properties.description
        == #"{"plan":"business","price":299.5,"count":3,"isPaid":true,"coupon":null,"seats":7,"#
        + #""at":"2027-01-15T08:00:00.250000Z","id":"0190b2a4-1111-7000-8000-000000000001","#
        + #""url":"https://example.com/a?b=1","small":-4,"large":18446744073709551615,"#
        + #""share":0.1,"decimal":12.340000000000000001,"nan":null,"tags":["a","business"],"#
        + #""rates":{"b":3,"z":1},"enum":"business","literal":"text","none":null,"json":299.00,"#
        + #""mixed":{"a":1,"b":"business"},"#
        + #""items":[{"sku":"x","price":299.5,"placed":"2027-01-15T08:00:00.250000Z"}]}"#)
  }

  @Test("What fails to encode, or holds itself, becomes null and nothing else")
  func failures() {
    let ring = Ring()
    ring.next = ring
    let properties: EventProperties = [
      "ring": ring, "failing": Failing(), "kept": Self.date, "never": Date.distantFuture,
      "beyond": Date(timeIntervalSince1970: .infinity),
    ]
    #expect(properties.json["ring"] == .null && properties.json["failing"] == .null)
    #expect(properties.json["kept"] != .null && properties.json["never"] != .null)
    // In the year 287,159, which no text of RFC 3339 names.
    #expect(EventProperties(["at": Date(timeIntervalSince1970: 9e12)]).json == ["at": .null])
    #expect(properties.json["beyond"] == .null)
    ring.next = nil
    #expect(EventProperties("text").json == [:] && EventProperties(["b": 1]).json == ["b": 1])
  }

  @Test("A value that opens containers without end is null, and the stack holds")
  func endless() {
    struct Endless: Encodable {
      enum Key: CodingKey { case a }
      func encode(to encoder: any Encoder) throws {
        var items = encoder.unkeyedContainer()
        try items.encode("kept")
        for _ in 0..<100_000 { items = items.nestedUnkeyedContainer() }
        var members = items.nestedContainer(keyedBy: Key.self)
        for _ in 0..<100_000 { members = members.nestedContainer(keyedBy: Key.self, forKey: .a) }
        try members.encode(1, forKey: .a)
      }
    }
    struct Some: Encodable {
      func encode(to encoder: any Encoder) throws {
        var items = encoder.unkeyedContainer()
        for _ in 0..<3 { items = items.nestedUnkeyedContainer() }
        try items.encode(1)
      }
    }
    let properties: EventProperties = ["endless": Endless(), "some": Some(), "kept": 1]
    #expect(properties.json == ["endless": .null, "some": [[[[1]]]], "kept": 1])
  }

  @Test("Every call that takes properties takes variables, and literals as before")
  func calls() throws {
    let base = AdapterFixture()
    let adapter = try base.adapter()
    let plan = "paid"
    adapter.register(["app": plan])
    adapter.identify("ann", set: ["plan": plan])
    adapter.set(["plan": plan], for: "ann")
    adapter.setOnce(["plan": plan], for: "ann")
    adapter.group("company", "acme", set: ["plan": plan])
    adapter.capture(AIGeneration(model: "m", provider: "p"), properties: ["plan": plan])
    adapter.withSession("work") { session in
      session.capture("a", properties: ["plan": plan])
      session.recordConversion(properties: ["plan": plan])
    }
    GenOps.withAdapter(adapter) {
      GenOps.capture("b", ["plan": plan])
      GenOps.capture("b", distinctID: "ann", properties: ["plan": plan])
      GenOps.identify("ann", set: ["plan": plan])
      GenOps.set(["plan": plan], for: "ann")
      GenOps.group("company", "acme", set: ["plan": plan])
      GenOps.register(["app": plan])
      GenOps.capture("c", [:])
      GenOps.capture("c", ["plan": "paid", "mixed": [1, "a", nil], "n": .number("1.0")])
    }
    let sent = base.transport.all.map(\.event)
    #expect(sent.count == 14)
    for event in sent.dropLast(2) {
      #expect(event.properties.description.contains(#""plan":"paid""#), "\(event.name)")
      #expect(event.properties["app"] == "paid")
    }
    #expect(sent.last?.properties["mixed"] == [1, "a", nil])
  }
}
