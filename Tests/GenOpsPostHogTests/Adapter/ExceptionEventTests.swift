import Foundation
import GenOpsPostHogTesting
import GenOpsTestSupport
import Testing

import GenOpsPostHog

struct PaymentError: Error, CustomStringConvertible {
  enum Kind: Error, LocalizedError {
    case declined
    var errorDescription: String? { "The card was declined." }
  }

  var description: String { "no route to the bank" }
}

@Suite("Errors for PostHog's error tracking")
struct ExceptionEventTests {
  let base = AdapterFixture()

  @Test("An error goes out in the form of the Python client and on its own meter")
  func form() throws {
    let adapter = try base.adapter()
    let route = "checkout"
    let receipt = adapter.captureException(
      PaymentError(), distinctID: "ann", properties: ["route": route])
    #expect(
      receipt.event.properties.description
        == #"{"$exception_type":"PaymentError","$exception_message":"no route to the bank","#
        + #""$exception_list":[{"mechanism":"#
        + #"{"exception_id":0,"type":"generic","handled":true,"synthetic":false},"#
        + #""module":"GenOpsPostHogTests","type":"PaymentError","value":"no route to the bank"}],"#
        + #""$exception_level":"error","route":"checkout"}"#)
    #expect(receipt.event.name == "$exception" && receipt.event.distinctID == "ann")
    let totals = adapter.snapshot().totals
    #expect(totals[Meter.exceptions.index].units == 1)
  }

  @Test("Session and façade have it; an error that was not handled says so")
  func everywhere() throws {
    struct Local: Error {}
    let adapter = try base.adapter()
    adapter.withSession("work") { session in
      session.captureException(PaymentError.Kind.declined, isHandled: false)
      #expect(session.summary.eventsCaptured == 1)
    }
    GenOps.withAdapter(adapter) {
      _ = GenOps.captureException(Local(), ["$exception_type": "Own"], distinctID: "ann")
    }
    #expect(GenOps.captureException(PaymentError()) == nil)
    let sent = base.transport.all.map(\.event.properties)
    #expect(sent[0]["$process_person_profile"] == false)
    #expect(
      sent[0]["$exception_list"]?.description
        == #"[{"mechanism":{"exception_id":0,"type":"generic","handled":false,"synthetic":false},"#
        + #""module":"GenOpsPostHogTests","#
        + #""type":"PaymentError.Kind","value":"The card was declined."}]"#)
    // A name that Swift makes of an address would be another error in every process.
    #expect(
      sent[1]["$exception_list"]?.description
        == #"[{"mechanism":{"exception_id":0,"type":"generic","handled":true,"synthetic":false},"#
        + #""module":null,"#
        + #""type":"Local","value":"Local()"}]"#)
    #expect(sent[1]["$exception_type"] == "Own")
  }
}
