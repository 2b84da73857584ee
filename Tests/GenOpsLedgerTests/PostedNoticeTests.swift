import GRDB
import GenOpsPostHogTesting
import GenOpsUnits
import Testing

@testable import GenOpsLedger

@Suite("Messages that were posted")
struct PostedNoticeTests {
  let fixture: LedgerFixture
  init() throws { fixture = try LedgerFixture() }

  @Test("are remembered over restarts, for all processes of the account, until their period ends")
  func remembered() throws {
    let now = fixture.clock.now()
    let (day, month) = (now.advanced(bySeconds: 43_200), now.advanced(bySeconds: 20 * 86_400))
    do {
      let account = try fixture.account()
      #expect(try !account.wasPosted("day/80//0"))
      try account.notePosted("day/80//0", at: now, until: day)
      try account.notePosted("day/80//0", at: now, until: day)
      try account.notePosted("month/80/finance/1", at: now, until: month)
      #expect(try account.noticeCount() == 2)
      try account.close(at: now)
      #expect(throws: LedgerError.self) { try account.notePosted("x", at: now, until: day) }
    }
    let (one, two) = (try fixture.account(), try fixture.account())
    for account in [one, two] {
      #expect(try account.wasPosted("day/80//0") && account.wasPosted("month/80/finance/1"))
      // Another recipient, another step: another message.
      #expect(try !account.wasPosted("day/80//1") && !account.wasPosted("day/80"))
    }
    #expect(try !fixture.open().account("other", clock: fixture.clock).wasPosted("day/80//0"))
    // The period is over with its last instant, and the next note takes it away.
    try two.notePosted("day/90//0", at: day.advanced(bySeconds: -1), until: day)
    #expect(try one.noticeCount() == 3)
    try two.notePosted("next/80//0", at: day, until: month)
    #expect(try one.noticeCount() == 2 && !one.wasPosted("day/80//0"))
    #expect(try one.wasPosted("month/80/finance/1"))
  }

  @Test("have a place in a ledger of the version before, too")
  func migration() throws {
    do {
      let pool = try DatabasePool(path: fixture.path)
      try LedgerSchema.migrator.migrate(pool, upTo: "5 what a process has not reported")
      try pool.close()
    }
    let account = try fixture.account()
    #expect(try !account.wasPosted("day/80//0"))
    try account.notePosted(
      "day/80//0", at: fixture.clock.now(), until: fixture.clock.now().advanced(bySeconds: 1))
    #expect(try account.wasPosted("day/80//0"))
  }
}
