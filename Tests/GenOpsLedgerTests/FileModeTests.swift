import Foundation
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits
import Testing

@testable import GenOpsLedger

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite("Files of a ledger")
struct FileModeTests {
  let fixture: LedgerFixture
  init() throws { fixture = try LedgerFixture() }

  private func mode(_ path: String) throws -> Int {
    let facts = try FileManager.default.attributesOfItem(atPath: path)
    return try #require(facts[.posixPermissions] as? Int)
  }

  @Test("are for their owner alone: database, log, locks and exports")
  func modes() throws {
    let account = try fixture.account()
    let adapter = try fixture.adapter(account)
    #expect(adapter.capture(fixture.event(1)).wasSent)
    let export = fixture.folder.appendingPathComponent("events.jsonl").path
    try account.exportEvents(toFile: export)
    let names = try FileManager.default.contentsOfDirectory(atPath: fixture.folder.path)
    #expect(names.contains { $0.hasSuffix("-wal") } && names.contains { $0.hasSuffix("-open") })
    #expect(names.contains { $0.contains("-holder-") } && names.contains("events.jsonl"))
    for name in names {
      #expect(try mode(fixture.folder.appendingPathComponent(name).path) == 0o600, "\(name)")
    }
  }

  @Test("A ledger that others can read is closed to them when it is opened")
  func tightened() throws {
    do { _ = try fixture.account() }
    chmod(fixture.path, 0o644)
    _ = try fixture.open()
    #expect(try mode(fixture.path) == 0o600)
  }

  @Test(
    "A symbolic link in the place of a ledger or of its lock is refused, and what it names is left alone"
  )
  func links() throws {
    let other = fixture.folder.appendingPathComponent("other").path
    try Data("precious".utf8).write(to: URL(fileURLWithPath: other))
    for place in ["", "-open", "-wal", "-shm"] {
      let path = fixture.path + place
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: other)
      let error = #expect(throws: LedgerError.self) { _ = try fixture.open() }
      #expect(error.map { "\($0)" }?.contains("it is a symbolic link") == true, "\(place)")
      #expect(try Data(contentsOf: URL(fileURLWithPath: other)) == Data("precious".utf8))
      for used in ["", "-open", "-wal", "-shm"] { unlink(fixture.path + used) }
    }
  }

  @Test("An export replaces a link of its name and does not write where it leads")
  func exports() throws {
    let account = try fixture.account()
    #expect(try fixture.adapter(account).capture(fixture.event(1)).wasSent)
    let other = fixture.folder.appendingPathComponent("other").path
    let export = fixture.folder.appendingPathComponent("events.jsonl").path
    try Data("precious".utf8).write(to: URL(fileURLWithPath: other))
    try FileManager.default.createSymbolicLink(atPath: export, withDestinationPath: other)
    try FileManager.default.createSymbolicLink(
      atPath: "\(export).\(getpid()).part", withDestinationPath: other)
    #expect(try account.exportEvents(toFile: export) == 1)
    #expect(try Data(contentsOf: URL(fileURLWithPath: other)) == Data("precious".utf8))
    #expect(try mode(export) == 0o600)
    let facts = try FileManager.default.attributesOfItem(atPath: export)
    #expect(facts[.type] as? FileAttributeType == .typeRegular)
  }
}
