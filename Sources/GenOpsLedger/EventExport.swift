import Foundation
import GRDB
import GenOpsMetering
public import GenOpsUnits

extension LedgerAccount {
  /// Writes the account's events as JSON lines, in the order in which they were decided: the form
  /// of PostHog's batch export, which `genops` replays. Nothing else can be in between: the export
  /// sees one state of the ledger.
  ///
  /// - Parameters:
  ///   - first: The first UTC day of decision; nil for all.
  ///   - last: The last one, included; nil for all.
  ///   - write: Takes each line, with its newline.
  /// - Returns: How many events.
  /// - Throws: When the ledger cannot be read, or what `write` throws.
  @discardableResult
  public func exportEvents(
    from first: CalendarDay? = nil, to last: CalendarDay? = nil, _ write: (String) throws -> Void
  ) throws(LedgerError) -> Int {
    try writer.flush()
    let from = first.map { Timestamp(startOf: $0).microseconds } ?? .min
    let to = last.map { Timestamp(startOf: $0.advanced(by: 1)).microseconds } ?? .max
    return try ledger.read { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT uuid, distinct_id, name, at, json FROM event
          WHERE account = ? AND decided >= ? AND decided < ? ORDER BY seq
          """, arguments: [id, from, to])
      var count = 0
      while let row = try rows.next() {
        let event = StoredEvent.event(row)
        let line: JSONValue = [
          "uuid": event.uuid.map { .string($0.description) } ?? .null,
          "event": .string(event.name), "distinct_id": .string(event.distinctID),
          "properties": event.properties, "timestamp": .string(event.timestamp.description),
        ]
        try write(line.description + "\n")
        count += 1
      }
      return count
    }
  }

  /// The same into a file, which appears when it is whole, for its owner alone to read. A link of that
  /// name is replaced, not followed. The ledger's own file is refused.
  @discardableResult
  public func exportEvents(
    toFile path: String, from first: CalendarDay? = nil, to last: CalendarDay? = nil
  ) throws -> Int {
    if let target = FileIdentity(path: path), target == FileIdentity(path: ledger.path) {
      throw LedgerError.cannotOpen(path: path, reason: "it is the ledger itself")
    }
    // Of a name of its own: a file of somebody else's may be called so.
    let part = "\(path).\(getpid()).part"
    // What an earlier export of this process left, had it been killed.
    unlink(part)
    guard let descriptor = PrivateFile.make(part) else {
      throw LedgerError.cannotOpen(path: path, reason: PrivateFile.reason(part))
    }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      var buffer: [UInt8] = []
      let count = try exportEvents(from: first, to: last) { line in
        buffer += Array(line.utf8)
        if buffer.count > 1 << 16 {
          try file.write(contentsOf: buffer)
          buffer.removeAll(keepingCapacity: true)
        }
      }
      try file.write(contentsOf: buffer)
      try file.close()
      guard rename(part, path) == 0 else {
        throw LedgerError.cannotOpen(path: path, reason: "its folder cannot be written")
      }
      return count
    } catch {
      unlink(part)
      throw error
    }
  }
}
