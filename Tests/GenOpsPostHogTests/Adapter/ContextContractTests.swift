import Foundation
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsPostHog

private struct Declined: Error, CustomStringConvertible {
  var description: String { "declined" }
  let reason: POSIXError
}

private struct Second: Error {}

private enum Several: Error { case two([any Error]) }

@Suite("Contexts and chained errors, against requests recorded from posthog-python 7.91.1")
struct ContextContractTests {
  let base = AdapterFixture()

  private let declined = Declined(reason: POSIXError(.EACCES))

  /// The same calls as `make_context_cases.py` makes, in its order.
  private func send(_ adapter: PostHogAdapter) throws {
    let order = try #require(UUID(uuidString: "ABCDEF00-0000-4000-8000-00000000000A"))
    GenOps.withIdentity(RequestIdentity()) {
      _ = adapter.capture("no tags", distinctID: "ann")
      GenOps.withIdentity(
        RequestIdentity(
          distinctID: "ann", sessionID: "s-1", properties: ["path": "/cart", "plan": "free"])
      ) {
        adapter.capture("viewed", properties: ["plan": "paid"])
        GenOps.withIdentity(RequestIdentity(properties: ["inner": 1, "path": "/pay"])) {
          _ = adapter.capture("inner")
        }
        adapter.capture("own", properties: ["$context_tags": ["mine"]])
        adapter.group("company", "acme", set: ["size": 7], distinctID: "ann")
        adapter.alias("ann", of: "old")
        adapter.captureException(declined)
        adapter.capture("id", properties: ["order": order] as EventProperties)
      }
    }
    adapter.capture("outside", distinctID: "ann")
    adapter.captureException(Several.two([declined, Second()]), distinctID: "ann")
  }

  /// An event in the form of `context-cases.json`. Types, texts and modules of errors are Swift's here.
  private func reduced(_ name: String, _ distinctID: String, _ properties: JSONValue) -> JSONValue {
    let kept = [
      "$context_tags", "$session_id", "$exception_list", "$exception_level", "$group_type", "alias",
    ]
    var members: [JSONValue.Member] = []
    for member in properties.members
    where kept.contains(member.key) || !member.key.hasPrefix("$") && member.key != "distinct_id" {
      switch member.key {
      case "$context_tags":
        let tags = member.value.items.compactMap(\.string).sorted()
        members.append(.init(member.key, .array(tags.map { .string($0) })))
      case "$exception_list":
        let mechanisms = member.value.items.map { $0["mechanism"] ?? .null }
        members.append(.init(member.key, .array(mechanisms)))
      default: members.append(member)
      }
    }
    return JSONValue.object([
      .init("event", .string(name)), .init("distinct_id", .string(distinctID)),
      .init("properties", .object(members)),
    ]).canonical
  }

  @Test("Tags, session, the order of errors and the lower case of ids are the client's")
  func contract() throws {
    let adapter = try base.adapter()
    try send(adapter)
    let sent = base.transport.all.map(\.event)
    let cases = try Sample.json("context-cases").items
    try #require(sent.count == cases.count && cases.count == 10)
    for (event, expected) in zip(sent, cases) {
      #expect(
        reduced(event.name, event.distinctID, event.properties)
          == reduced(
            expected["event"]?.string ?? "", expected["distinct_id"]?.string ?? "",
            expected["properties"] ?? .null))
    }
  }
}
