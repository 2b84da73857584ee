public import GenOpsMetering
public import GenOpsPostHog

import Synchronization

/// A spool without a disk, for tests of what outlives a process. Each object is one process's; those
/// of one ``Disk`` share what they keep.
public final class MemorySpool: EventSpool {
  /// It is full, as a disk may be.
  public struct Full: Error, CustomStringConvertible {
    public var description: String { "the spool is full" }
  }

  /// What outlives the processes.
  public final class Disk: Sendable {
    fileprivate struct Row: Sendable {
      var event: OutgoingEvent
      /// Nil when the process that held it has ended.
      var holder: ObjectIdentifier?
    }

    fileprivate let rows = Mutex<[Row]>([])
    private let full: Atomic<Bool>

    /// An empty one; `isFull` lets nothing be kept.
    public init(isFull: Bool = false) { full = Atomic(isFull) }

    public var isFull: Bool {
      get { full.load(ordering: .relaxed) }
      set { full.store(newValue, ordering: .relaxed) }
    }
    /// How many events are kept and not over.
    public var count: Int { rows.withLock { $0.count } }
  }

  public let disk: Disk

  /// A process on `disk`.
  public init(_ disk: Disk = Disk()) { self.disk = disk }

  /// How many events are kept and not over, by all processes.
  public var count: Int { disk.count }

  /// Ends the process: others may have what it held.
  public func end() {
    let own = ObjectIdentifier(self)
    disk.rows.withLock { rows in
      for index in rows.indices where rows[index].holder == own { rows[index].holder = nil }
    }
  }

  deinit { end() }

  public func keep(_ event: OutgoingEvent) throws {
    if disk.isFull { throw Full() }
    let own = ObjectIdentifier(self)
    disk.rows.withLock { rows in
      if rows.contains(where: { $0.event.uuid == event.uuid }) { return }
      rows.append(Disk.Row(event: event, holder: own))
    }
  }

  public func confirm(uuids: [EventUUID]) {
    let over = Set(uuids)
    disk.rows.withLock { $0.removeAll { over.contains($0.event.uuid) } }
  }

  public func pending(limit: Int) throws -> [OutgoingEvent] {
    let own = ObjectIdentifier(self)
    return disk.rows.withLock { rows in
      var events: [OutgoingEvent] = []
      for index in rows.indices where events.count < limit {
        guard rows[index].holder == nil || rows[index].holder == own else { continue }
        rows[index].holder = own
        events.append(rows[index].event)
      }
      return events
    }
  }
}
