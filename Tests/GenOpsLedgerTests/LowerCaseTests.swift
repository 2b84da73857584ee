import Foundation
import GenOpsPostHogTesting
import GenOpsUnits
import Testing

@testable import GenOpsLedger
@testable import GenOpsPostHog

@Suite("Ids in lower case")
struct LowerCaseTests {
  @Test(
    "An id of ours, or given as a UUID, is in lower case in journal, spool, export and both bodies")
  func everywhere() throws {
    let fixture = try LedgerFixture()
    let account = try fixture.account()
    let adapter = try fixture.adapter(account)
    let id = try #require(UUID(uuidString: "ABCDEF00-0000-4000-8000-00000000000A"))
    struct Order: Encodable { let id: UUID }
    adapter.withSession("checkout") { session in
      session.capture(
        "ordered", distinctID: "00000000-0000-4000-8000-0000000000EE",
        properties: ["order": Order(id: id), "all": [id], "id": id] as EventProperties)
      session.capture("anonymous")
    }
    let pending = try account.pending(limit: 10)
    try #require(pending.count == 2)
    let batch = Batch(id: 1, events: pending)
    let endpoint = DeliveryEndpoint(host: .eu, key: Secret("phc_k"))
    let bodies = CaptureProtocol.allCases.map {
      $0.request(batch, to: endpoint, isHistorical: false, at: fixture.clock.now()).body
    }
    let export = fixture.folder.appendingPathComponent("events.jsonl")
    _ = try account.exportEvents(toFile: export.path)
    let texts =
      try account.waiting().map(\.outgoing.json) + pending.map(\.json)
      + bodies.map { String(decoding: $0, as: UTF8.self) }
      + [String(decoding: try Data(contentsOf: export), as: UTF8.self)]
    // Hex digits in upper case between hyphens.
    let upper = /[0-9A-Fa-f]{8}-[0-9A-Fa-f-]*[A-F]/
    for text in texts {
      // What came in as text stays as it came.
      let ours = text.replacing("00000000-0000-4000-8000-0000000000EE", with: "")
      #expect(ours.firstMatch(of: upper) == nil, "\(text)")
    }
    #expect(texts[0].contains("00000000-0000-4000-8000-0000000000EE"))
    #expect(texts[0].contains(#""order":{"id":"abcdef00-0000-4000-8000-00000000000a"}"#))
  }
}
