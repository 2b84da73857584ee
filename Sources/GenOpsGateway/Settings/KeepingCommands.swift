import ArgumentParser
import Foundation
import GenOpsLedger
import GenOpsPostHog
import GenOpsUnits

/// Writes a copy of the ledger.
struct GatewayBackup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Write a copy of the ledger into one file; the gateway may run meanwhile.",
    discussion: """
      Examples:
        genops-gateway backup --to /backup/genops-2026-12-01.ledger
      """)

  @Option(help: "The folder of the ledger.")
  var ledger = "genops-gateway"

  @Option(help: "The file; one of its name is replaced.")
  var to: String

  mutating func run() throws {
    let path = try KeptLedger.path(in: ledger)
    try Ledger(path: path).backup(to: to)
    print("the ledger of \(ledger) is in \(to)")
  }
}

/// Puts a copy in the ledger's place.
struct GatewayRestore: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Put a copy of backup in the ledger's place. No gateway may have it open.",
    discussion: """
      Examples:
        genops-gateway restore --from /backup/genops-2026-12-01.ledger
        genops-gateway restore --from copy.ledger --replace      what was there is kept as genops.ledger.before

      What was decided after the backup counts for no budget then. What had not been delivered when it was made is sent
      again under the same uuids.
      """)

  @Option(help: "The folder of the ledger.")
  var ledger = "genops-gateway"

  @Option(help: "The file that backup wrote.")
  var from: String

  @Flag(help: "Replace a ledger that is there; it is kept beside.")
  var replace = false

  mutating func run() throws {
    try Ledger.restore(from, to: ledger + "/genops.ledger", replaces: replace)
    print("\(from) is the ledger of \(ledger)")
  }
}

/// Deletes what is kept of one person.
struct GatewayErase: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "erase",
    abstract:
      "Delete everything that the ledger holds of a person, delivered or not; the gateway may run meanwhile.",
    discussion: """
      Examples:
        genops-gateway erase --person ann@example.com
        genops-gateway erase --person ann@example.com --account agency

      It is about the ledger: what PostHog holds is deleted there. Events that a gateway is sending at this moment still
      arrive. Sums of usage and the audit log name no person and stay. Files of export and backup are yours to delete.
      """)

  @Option(help: "The folder of the ledger.")
  var ledger = "genops-gateway"

  @Option(help: "The distinct id.")
  var person: String

  @Option(help: "The account; all of them without it.")
  var account: String?

  mutating func run() throws {
    let clock = SystemClock()
    let opened = try Ledger(path: KeptLedger.path(in: ledger))
    let names = try opened.accountNames()
    if let account, !names.contains(account) {
      throw FindingsError(
        "account-name", "the ledger has no account '\(account)'",
        help: "its accounts are \(names.joined(separator: ", "))")
    }
    var count = 0
    for name in account.map({ [$0] }) ?? names {
      let one = try opened.account(name, clock: clock)
      defer { try? one.close(at: clock.now()) }
      count += try one.erase(person, at: clock.now())
    }
    print("\(count) events of this person are deleted")
  }
}

/// A ledger that is to be there: a typing mistake must not make a new one.
enum KeptLedger {
  /// - Throws: When the folder holds none.
  static func path(in folder: String) throws(FindingsError) -> String {
    let path = folder + "/genops.ledger"
    guard FileManager.default.fileExists(atPath: path) else {
      throw FindingsError(
        "no-file", "'\(folder)' holds no ledger", help: "name its folder with --ledger")
    }
    return path
  }
}
