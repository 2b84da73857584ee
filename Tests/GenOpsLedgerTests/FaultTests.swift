import Foundation
import GRDB
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsLedger
@testable import GenOpsPostHog
import GenOpsAdmission

@Suite("Faults")
struct FaultTests {
  let fixture: LedgerFixture
  init() throws { fixture = try LedgerFixture() }

  @Test("A full disk: what was accepted is there, nothing more is accepted, no budget is exceeded")
  func diskFull() throws {
    let limit = Int64(50_000 * 100_000)
    var accepted: [UInt64] = []
    var spent: Int64 = 0
    do {
      let ledger = try fixture.open(mostPages: 96)
      let account = try ledger.account("main", at: fixture.clock.now())
      let adapter = try fixture.adapter(account, limit: limit)
      var refused = 0
      for number in 0..<2000 {
        var event = fixture.event(number)
        event.properties = ["filler": .string(String(repeating: "x", count: 500))]
        switch adapter.capture(event) {
        case .sent(let cost):
          accepted.append(UInt64(number))
          spent += cost?.nanos ?? 0
        case .refused(let refusal):
          #expect(refusal.reason == .ledgerUnavailable)
          refused += 1
        case .sampled, .duplicate: Issue.record("neither sampled nor offered twice")
        }
      }
      #expect(!accepted.isEmpty && refused > 1000)
      // Only the one that found out was paid for and not sent.
      #expect(adapter.snapshot().budgets[0].window.spent.nanos <= spent + 2 * 50_000)
      #expect(
        adapter.findings().all.contains {
          $0.code == "ledger-unwritten" || $0.code == "ledger-unavailable"
        })
    }
    let account = try fixture.account()
    let stored = try account.waiting(limit: 5000).compactMap(\.event.uuid?.low)
    #expect(Set(accepted).isSubset(of: stored) && stored.count <= accepted.count)
    // With room again it goes on.
    let again = try fixture.adapter(account, limit: limit)
    #expect(again.capture(fixture.event(9999)).wasSent)
  }

  @Test(
    "Files that are removed or replaced while they are open take nothing more, until they are back",
    arguments: [Ledger.Acceptance.onDisk, .soon], ["", "-wal"])
  func replaced(_ acceptance: Ledger.Acceptance, _ part: String) throws {
    let account = try fixture.account(acceptance)
    let adapter = try fixture.adapter(account)
    #expect(adapter.capture(fixture.event(1)).wasSent)
    try account.flush()
    let files = FileManager.default
    let (path, aside) = (fixture.path + part, fixture.path + part + "-aside")
    try files.moveItem(atPath: path, toPath: aside)
    for isReplaced in [false, true] {
      if isReplaced { try Data("another".utf8).write(to: URL(fileURLWithPath: path)) }
      #expect(throws: LedgerError.replaced(path: fixture.path)) { try account.flush() }
      // What a process that starts now would spend again must not be spent here.
      if case .refused(let refusal) = adapter.capture(fixture.event(2)) {
        #expect(refusal.reason == .ledgerUnavailable)
      } else {
        Issue.record("it was sent")
      }
      #expect(!account.isWritable)
    }
    try files.removeItem(atPath: path)
    try files.moveItem(atPath: aside, toPath: path)
    try account.flush()
    #expect(adapter.capture(fixture.event(3)).wasSent)
    try account.flush()
    #expect(try account.waiting(limit: 10).compactMap(\.event.uuid?.low) == [1, 3])
  }

  @Test("A file that was removed while another has it open is not made anew, and the lock is named")
  func removedAndOpenedAgain() throws {
    let first = try fixture.account()
    for part in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: fixture.path + part)
    }
    let lock = fixture.path + "-holder-1"
    let error = #expect(throws: LedgerError.self) { try fixture.account() }
    #expect(error == .lockHeld(path: fixture.path, lock: lock))
    #expect(
      error?.description
        == "the ledger \(fixture.path) was removed or replaced while another process has it open, which still holds "
        + "the lock \(lock); put the file back, or end that process first")
    withExtendedLifetime(first) {}
  }

  @Test("A damaged file is refused with a typed error, and is left as it is")
  func damaged() throws {
    do {
      let account = try fixture.account()
      let adapter = try fixture.adapter(account)
      for number in 0..<300 { adapter.capture(fixture.event(number)) }
      try account.close(at: fixture.clock.now())
      try account.ledger.checkpoint()
    }
    let whole = try Data(contentsOf: URL(fileURLWithPath: fixture.path))
    var found = 0
    var random = SeededGenerator(5)
    for _ in 0..<12 {
      var bytes = whole
      let start = Int.random(in: 0..<(bytes.count - 4096), using: &random) / 4096 * 4096
      for place in start..<start + 600 { bytes[place] = UInt8.random(in: 0...255, using: &random) }
      try bytes.write(to: URL(fileURLWithPath: fixture.path))
      for side in ["-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: fixture.path + side)
      }
      do {
        let account = try fixture.account()
        // Damage inside of a row is not a contradiction of pages; then it works, or says so.
        let adapter = try fixture.adapter(account, limit: 50_000 * 10)
        let sent = (1000..<1030).count { adapter.capture(fixture.event($0)).wasSent }
        #expect(sent <= 10)
      } catch let error as LedgerError {
        found += 1
        #expect(!"\(error)".contains("user-"))
      }
    }
    #expect(found > 3)
    try Data("no database at all, but long enough to be looked at".utf8).write(
      to: URL(fileURLWithPath: fixture.path))
    #expect(throws: LedgerError.damaged(path: fixture.path, reason: "26 (file is not a database)"))
    {
      try fixture.open()
    }
  }

  @Test(
    "A folder that is not there is made; one that cannot be, and a layout of the future, are typed errors"
  )
  func cannotOpen() throws {
    let new = fixture.folder.appendingPathComponent("var/new")
    _ = try Ledger(path: new.path + "/x.ledger")
    let mode = try FileManager.default.attributesOfItem(atPath: new.path)[.posixPermissions]
    #expect(mode as? Int == 0o700)
    try Data().write(to: fixture.folder.appendingPathComponent("file"))
    let error = #expect(throws: LedgerError.self) {
      try Ledger(path: fixture.folder.path + "/file/none/x.ledger")
    }
    #expect(error.map { if case .cannotOpen = $0 { true } else { false } } == true)
    do {
      let ledger = try fixture.open()
      try ledger.write {
        try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99 of the future')")
      }
    }
    #expect(throws: LedgerError.newerLayout(path: fixture.path)) { try fixture.open() }
  }

  @Test("A migration that dies in the middle leaves the layout before it, and is run again")
  func migration() throws {
    struct Killed: Error {}
    var early = DatabaseMigrator()
    early.registerMigration("1 accounts and leases") { db in
      try db.execute(sql: "CREATE TABLE account (id INTEGER PRIMARY KEY, name TEXT)")
      throw Killed()
    }
    do {
      let pool = try DatabasePool(path: fixture.path)
      #expect(throws: Killed.self) { try early.migrate(pool) }
      try pool.close()
    }
    let account = try fixture.account()
    #expect(try fixture.adapter(account).capture(fixture.event(1)).wasSent)
  }

  @Test(
    "A child killed in mid-load: what it reported as sent is in the spool; never over the limit")
  func killed() throws {
    let limit = Int64(50_000 * 4000)
    var reported: [UInt64] = []
    for round in 0..<3 {
      let child = try LoadChild(
        [
          "--file", fixture.path, "--acceptance", "disk", "--limit", "\(limit)", "--events",
          "1000000",
          "--first", "\(round * 1_000_000)", "--tell",
        ])
      reported += try child.readNumbers(upTo: 150 + 200 * round)
      reported += child.kill()
    }
    let account = try fixture.account()
    let stored = try account.waiting(limit: 1_000_000)
    let numbers = Set(stored.compactMap(\.event.uuid?.low))
    #expect(reported.count > 500 && Set(reported).isSubset(of: numbers))
    let spent = stored.reduce(0) { $0 + ($1.stamp.cost?.nanos ?? 0) }
    #expect(spent <= limit)
    #expect(try account.ledger.verifyAudit().holds)
    // The rest of the budget is there for the next process: nothing was burned.
    let day = SystemClock().now().day
    let standing = try account.standing(ofBudget: "day", window: day)
    #expect(standing.spent.nanos <= limit && standing.spent.nanos >= spent - 50_000 * 64)
  }

  @Test("Three processes on one ledger spend one budget, and not one nano-unit more")
  func threeProcesses() throws {
    let limit = Int64(50_000 * 3000 + 49_999)
    let children = try (0..<3).map { number in
      try LoadChild(
        [
          "--file", fixture.path, "--acceptance", "soon", "--limit", "\(limit)", "--events", "4000",
          "--tasks", "4", "--first", "\(number * 1_000_000)",
        ])
    }
    let costs = try children.map { try $0.finish() }
    let spent = costs.reduce(0) { $0 + $1.cost }
    #expect(spent <= limit && costs.reduce(0) { $0 + $1.sent } == spent / 50_000)
    let account = try fixture.account(.soon)
    let standing = try account.standing(
      ofBudget: "day", window: SystemClock().now().day)
    #expect(standing.spent.nanos == spent)
    #expect(try account.waitingCount() == Int(spent / 50_000))
  }
}
