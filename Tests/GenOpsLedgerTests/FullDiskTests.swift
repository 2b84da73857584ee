import Foundation
import Testing

/// A disk of its own in memory, with so little room that it is full in truth: `mostPages` bounds the file and not
/// what SQLite keeps beside it. Only the processes of the script see it.
struct SmallDisk {
  /// Whether this system lets a process mount one.
  static let isPossible = (try? run("mount -t tmpfs -o size=64k none \"$1\"", []))?.status == 0

  /// Runs a shell script in which `$1` is a folder and the arguments come after it. Returns how it ended and what
  /// it printed.
  static func run(_ script: String, _ arguments: [String]) throws -> (status: Int32, output: String)
  {
    let fixture = try LedgerFixture()
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      ["unshare", geteuid() == 0 ? "-m" : "-rm", "sh", "-c", script, "sh", fixture.folder.path]
      + arguments
    process.standardOutput = output
    process.standardError = output
    try process.run()
    defer { withExtendedLifetime(fixture) {} }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text)
  }
}

@Suite("A disk that is full", .enabled(if: SmallDisk.isPossible))
struct FullDiskTests {
  /// The price of an event of the load.
  private static let cost: Int64 = 50_000

  @Test(
    "A process ends in order, and the next one settles its leases when there is room",
    arguments: ["disk", "soon"])
  func endsInOrder(_ acceptance: String) throws {
    let (events, limit) = (Int64(3_000), 3_000 * FullDiskTests.cost)
    let arguments = "--file \"$1/ledger\" --acceptance \(acceptance) --limit \(limit)"
    let (status, output) = try SmallDisk.run(
      """
      mount -t tmpfs -o size=1500k none "$1" || exit 9
      "$2" \(arguments) --events \(events) || exit 8
      mount -o remount,size=64m "$1" || exit 9
      "$2" \(arguments) --events 300 --first 1000000 || exit 7
      """, [try LoadChild.program().path])
    let reports = output.split(separator: "\n").filter { $0.contains(" offered ") }
    func number(_ word: String, _ report: Int) -> Int64 {
      let words = reports[report].split(separator: " ")
      return words.firstIndex { $0 == word }.flatMap { Int64(words[$0 + 1]) } ?? -1
    }
    try #require(status == 0 && reports.count == 2, "\(status): \(output)")
    #expect(output.contains("the disk is full"))
    // The disk was full long before the first process was through, so most of the budget is the second one's.
    #expect(number("sent", 0) > 0 && number("sent", 0) < events, "\(output)")
    #expect(number("sent", 1) == 300 && number("cost", 0) + number("cost", 1) <= limit, "\(output)")
  }

  @Test("A disk without the room for a ledger is said, and nothing else happens")
  func noRoom() throws {
    let (status, output) = try SmallDisk.run(
      """
      mount -t tmpfs -o size=300k none "$1" || exit 9
      exec "$2" --file "$1/ledger" --acceptance disk --limit 1000000 --events 10
      """, [try LoadChild.program().path])
    #expect(status == 1 && output.hasPrefix("ledger-load: the disk of the ledger "), "\(output)")
  }
}
