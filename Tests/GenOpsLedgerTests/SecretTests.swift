import Foundation
import GRDB
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsLedger
import GenOpsPostHog

@Suite("Secrets")
struct SecretTests {
  let fixture: LedgerFixture
  init() throws { fixture = try LedgerFixture() }

  @Test("are in no file, error, finding, dump or audit entry once a rule takes them out")
  func nowhere() throws {
    let salt = "a-salt-that-nobody-should-see"
    let secrets = [salt, "ghp_0123456789abcdefXYZ", "4111 1111 1111 1111", "jane.roe@example.com"]
    let account = try fixture.account()
    let adapter = try fixture.adapter(account) {
      $0.plan.privacy.data =
        [DataRule("token", properties: ["a"], action: .hash, salt: salt)]
        + ComplianceFramework.hipaa.dataRules
      $0.plan.privacy.data[1].properties.append(NamePattern("b"))
    }
    for (number, secret) in secrets.enumerated() {
      var event = fixture.event(number)
      event.properties = ["a": .string(secret), "deep": [["b": .string("x " + secret)]]]
      #expect(adapter.capture(event).wasSent)
    }
    try account.flush()
    var texts = ["\(adapter.findings())", "\(adapter.snapshot())", "\(try account.ledger.audit())"]
    texts.append("\(try account.waiting())")
    var dump = ""
    Swift.dump(account, to: &dump)
    Swift.dump(adapter, to: &dump)
    texts.append(dump)
    // A statement that fails on a row with the secret: the error names no value.
    do {
      try account.ledger.write { db in
        try db.execute(
          sql: "INSERT INTO event (account, name) VALUES (?, ?)", arguments: [1, secrets[0]])
      }
      Issue.record("the statement should have failed")
    } catch { texts.append("\(error) \(error.localizedDescription)") }
    try account.exportEvents { texts.append($0) }
    for secret in secrets {
      #expect(!texts.contains { $0.contains(secret) })
      for name in try FileManager.default.contentsOfDirectory(atPath: fixture.folder.path) {
        let bytes = try Data(contentsOf: fixture.folder.appendingPathComponent(name))
        #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(name)")
      }
    }
  }
}
