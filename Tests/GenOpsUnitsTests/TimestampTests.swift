import GenOpsTestSupport
import GenOpsUnits
import Testing

@Suite("Timestamps")
struct TimestampTests {
  @Test(
    "the forms that PostHog's clients and exports write",
    arguments: [
      ("2026-11-22T19:07:29.073494+00:00", "2026-11-22T19:07:29.073494Z"),
      ("2026-11-22T19:07:29Z", "2026-11-22T19:07:29Z"),
      ("2026-11-22t19:07:29z", "2026-11-22T19:07:29Z"),
      ("2026-11-22 19:07:29", "2026-11-22T19:07:29Z"),
      ("2026-11-22 19:07", "2026-11-22T19:07:00Z"),
      ("2026-11-22", "2026-11-22T00:00:00Z"),
      ("2026-11-22T19:07:29.1Z", "2026-11-22T19:07:29.100000Z"),
      ("2026-11-22T19:07:29.123456789Z", "2026-11-22T19:07:29.123456Z"),
      ("2026-11-22T01:00:00+02:00", "2026-11-21T23:00:00Z"),
      ("2026-11-22T23:00:00-0230", "2026-11-23T01:30:00Z"),
      ("2026-11-22T23:00:00-02", "2026-11-23T01:00:00Z"),
      ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
      ("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"),
    ])
  func forms(_ text: String, _ utc: String) throws {
    #expect(try #require(Timestamp(text)).description == utc)
  }

  @Test(
    "texts that are not instants",
    arguments: [
      "", "now", "2026-11-22T", "2026-11-22T19", "2026-11-22T24:00:00Z", "2026-11-22T19:60:00Z",
      "2026-11-22T19:07:61Z", "2026-11-22T19:07:29.Z", "2026-11-22T19:07:29Q",
      "2026-02-30T00:00:00Z",
      "2026-11-22T19:07:29+25:00", "2026-11-22T19:07:29Z ", "1764000000", "2026-11-22x19:07:29Z",
    ])
  func noInstant(_ text: String) { #expect(Timestamp(text) == nil) }

  @Test("the day of an instant is its UTC day, before 1970 too", arguments: 0..<200)
  func day(seed: Int) {
    var random = SeededGenerator(UInt64(seed))
    let instant = Timestamp(
      microseconds: Int64(random.below(4_000_000)) * 1_000_000_007 - 2_000_000_000_000_000)
    let start = Timestamp(startOf: instant.day)
    #expect(start <= instant)
    #expect(instant < Timestamp(startOf: instant.day.advanced(by: 1)))
    #expect(Timestamp(instant.description) == instant)
  }

  @Test("moving by seconds keeps microseconds")
  func advanced() throws {
    let instant = try #require(Timestamp("2027-01-01T00:00:00Z")).advanced(bySeconds: 0.000001)
    #expect(instant.description == "2027-01-01T00:00:00.000001Z")
  }

  @Test("what programs count from 1970 is one instant in each unit", arguments: 0..<200)
  func epoch(seed: Int) throws {
    var random = SeededGenerator(UInt64(seed))
    let instant = Timestamp(
      microseconds: 1_000_000_000_000_000 + Int64(random.below(2_999_999_999)) * 1_000_000
        + Int64(random.below(1_000_000)))
    let (micros, text) = (instant.microseconds, String(instant.microseconds))
    let (seconds, rest) = (text.prefix(10), text.dropFirst(10))
    #expect(Timestamp(epoch: text) == instant && Timestamp(epoch: text + "999") == instant)
    #expect(Timestamp(epoch: "\(seconds).\(rest)") == instant)
    #expect(Timestamp(epoch: seconds)?.microseconds == micros / 1_000_000 * 1_000_000)
    #expect(Timestamp(epoch: text.prefix(13))?.microseconds == micros / 1_000 * 1_000)
    for digits in [1, 8, 9, 11, 12, 14, 15, 17, 18] {
      #expect(Timestamp(epoch: (text + "000").prefix(digits)) == nil)
    }
  }
}
