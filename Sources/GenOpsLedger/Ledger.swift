import GRDB
import Synchronization

/// A file that several processes of one host share: budgets, events on their way, sums of usage, an
/// audit log.
///
/// ```swift
/// let ledger = try Ledger(path: "genops.ledger")
/// let account = try ledger.account("production")
/// let delivery = try EventDelivery(deliveryConfiguration, exchange: exchange, spool: account)
/// configuration.use(account)
/// let adapter = try PostHogAdapter(configuration, transport: delivery)
/// ```
///
/// It is an SQLite database in write-ahead mode. Every change is one transaction, so a process that
/// is killed leaves what it had finished and nothing else.
public final class Ledger: Sendable {
  /// How safe an accepted event is.
  public enum Acceptance: Sendable, Hashable {
    /// Written in the background, in a second at most: a killed process loses the last moments.
    case soon
    /// Written before `capture` returns: survives a killed process.
    case onDisk
    /// As ``onDisk``, and waits for the disk itself: survives a power cut.
    case onDiskSynced
  }

  /// How a ledger is opened.
  public struct Options: Sendable {
    public var acceptance: Acceptance
    /// How long a process waits for another one's transaction, in seconds.
    public var patience: Double
    /// Whether delivered events are kept, for export and replay, until they are swept.
    public var keepsDelivered: Bool
    /// The most pages of 4 KiB that the file may have; nil for no limit but the disk's.
    public var mostPages: Int?

    /// `patience` is in seconds, `mostPages` in pages of 4 KiB.
    public init(
      acceptance: Acceptance = .soon, patience: Double = 5, keepsDelivered: Bool = true,
      mostPages: Int? = nil
    ) {
      self.acceptance = acceptance
      self.patience = patience
      self.keepsDelivered = keepsDelivered
      self.mostPages = mostPages
    }
  }

  public let path: String
  public let options: Options
  let database: DatabasePool
  private let files: OpenFiles

  /// Opens the file, makes it and its folder when there is none, and brings its layout up to date.
  ///
  /// - Throws: Also when the file is damaged: its pages are checked first.
  public init(path: String, options: Options = Options()) throws(LedgerError) {
    self.path = path
    self.options = options
    do {
      try PrivateFile.makeFolder(of: path)
      // Two processes that make the file at once would run the same step twice.
      guard let lock = FileLock(path + "-open", waits: true) else {
        throw LedgerError.cannotOpen(path: path, reason: PrivateFile.reason(path + "-open"))
      }
      defer { withExtendedLifetime(lock) {} }
      try PrivateFile.prepareDatabase(path)
      database = try DatabasePool(path: path, configuration: Ledger.configuration(options))
      let verdict = try database.read { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") }
      if verdict != "ok" {
        throw LedgerError.damaged(path: path, reason: "its pages contradict each other")
      }
      let migrator = LedgerSchema.migrator
      if try database.read({ try migrator.hasBeenSuperseded($0) }) {
        throw LedgerError.newerLayout(path: path)
      }
      try migrator.migrate(database)
      files = OpenFiles(of: path)
    } catch {
      throw LedgerError(error, path: path)
    }
  }

  private static func configuration(_ options: Options) -> Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(options.patience)
    configuration.label = "genops.ledger"
    configuration.prepareDatabase { db in
      // Deleted data is overwritten: an erased person is not to be found in the file.
      try db.execute(sql: "PRAGMA secure_delete = ON")
      if let pages = options.mostPages {
        _ = try Int.fetchOne(db, sql: "PRAGMA max_page_count = \(pages)")
      }
      if !db.configuration.readonly {
        try db.execute(
          sql: "PRAGMA synchronous = \(options.acceptance == .onDiskSynced ? "FULL" : "NORMAL")")
      }
    }
    return configuration
  }

  /// One transaction that changes the file.
  func write<T>(_ body: (Database) throws -> T) throws(LedgerError) -> T {
    do {
      return try database.write { db in
        // Within the transaction: nothing that another process does to the file comes before it.
        guard files.areInPlace else { throw LedgerError.replaced(path: path) }
        return try body(db)
      }
    } catch { throw LedgerError(error, path: path) }
  }

  /// Reads one state of the file, whatever is written meanwhile.
  func read<T>(_ body: (Database) throws -> T) throws(LedgerError) -> T {
    do { return try database.read(body) } catch { throw LedgerError(error, path: path) }
  }

  /// Moves everything into the main file, so that it can be copied alone.
  public func checkpoint() throws(LedgerError) {
    do {
      try database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    } catch { throw LedgerError(error, path: path) }
  }
}
