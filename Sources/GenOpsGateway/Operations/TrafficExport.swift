import Foundation
import GenOpsLedger
import GenOpsPostHog
import GenOpsUnits

/// Writes what passed through a gateway as a file that `genops replay` reads: the ledger holds it already.
struct TrafficExport {
  /// The folder of the ledger.
  var ledger: String
  var account = "default"
  /// False leaves out all properties but those that metering reads: their values may be anything.
  var keepsProperties = false

  /// What metering reads of an event.
  private static let metered: Set<String> = [
    "$process_person_profile", "$session_id", "$groups", "$group_0", "$group_1", "$group_2",
    "$group_3", "$group_4", "$snapshot_source", "$survey_id", "$survey_submission_id",
    "$product_tour_id", "$anon_distinct_id", "alias",
  ]

  /// Writes a line for each event, in the order of the decisions, into a file that its owner alone reads.
  ///
  /// - Parameters:
  ///   - path: The file; one of its name is replaced.
  ///   - clock: Tells when the account is closed again.
  /// - Returns: How many events.
  /// - Throws: What the ledger or the disk says.
  func write(to path: String, clock: any WallClock = SystemClock()) throws -> Int {
    let opened = try Ledger(path: ledger + "/genops.ledger").account(account, clock: clock)
    defer { try? opened.close(at: clock.now()) }
    if keepsProperties { return try opened.exportEvents(toFile: path) }
    var lines: [UInt8] = []
    let count = try opened.exportEvents { line in
      lines += TrafficExport.reduced(line).utf8
    }
    let manager = FileManager.default
    let part = path + ".part"
    guard
      manager.createFile(
        atPath: part, contents: Data(lines), attributes: [.posixPermissions: 0o600])
    else {
      throw FindingsError(
        "unwritable", "'\(path)' cannot be written", help: "check the folder's permissions")
    }
    if manager.fileExists(atPath: path) { try manager.removeItem(atPath: path) }
    try manager.moveItem(atPath: part, toPath: path)
    return count
  }

  private static func reduced(_ line: String) -> String {
    guard let node = try? JSONParser.parse(Array(line.utf8), file: "event"),
      case .object(let members) = JSONValue(node)
    else { return "" }
    return JSONValue.object(
      members.map { member in
        guard member.key == "properties", case .object(let own) = member.value else {
          return member
        }
        return .init("properties", .object(own.filter { metered.contains($0.key) }))
      }
    ).description + "\n"
  }
}
