import GRDB

/// The layout of a ledger file. A released step is never edited: a change is a new step, so that
/// every file can be brought up to date. Each step is one transaction, so a process that dies in
/// the middle leaves the file as it was before the step.
enum LedgerSchema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 accounts and leases") { try accountsAndLeases($0) }
    migrator.registerMigration("2 spool and usage") { try spoolAndUsage($0) }
    migrator.registerMigration("3 audit and consent") { try auditAndConsent($0) }
    migrator.registerMigration("4 events as they are sent") { try EventsAsSent.migrate($0) }
    migrator.registerMigration("5 what a process has not reported") { db in
      // Nil: a process of an earlier version, which may have spent all that it was granted.
      try db.execute(sql: "ALTER TABLE budget_share ADD COLUMN unreported INTEGER")
    }
    migrator.registerMigration("6 messages that were posted") { db in
      // `until`: the end of the budget period that the message is about.
      try db.execute(
        sql: """
          CREATE TABLE notice (
            account INTEGER NOT NULL, key TEXT NOT NULL, at INTEGER NOT NULL,
            until INTEGER NOT NULL, PRIMARY KEY (account, key)) WITHOUT ROWID;
          """)
    }
    migrator.registerMigration("7 legal holds") { db in
      // `day`: the first one whose records are kept.
      try db.execute(
        sql: """
          CREATE TABLE legal_hold (
            name TEXT NOT NULL PRIMARY KEY, day INTEGER NOT NULL, since INTEGER NOT NULL)
            WITHOUT ROWID;
          """)
    }
    migrator.registerMigration("8 ways of events") { db in
      // Empty: the one way of an application. A server before several projects has one for each.
      try db.execute(sql: "ALTER TABLE event ADD COLUMN lane TEXT NOT NULL DEFAULT ''")
    }
    migrator.registerMigration("9 sums by name") { try EventNameTable.migrate($0) }
    return migrator
  }

  private static func accountsAndLeases(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE account (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        -- A process that holds leases. `exact`: what it used is written with every event.
        CREATE TABLE holder (
          id INTEGER PRIMARY KEY AUTOINCREMENT, account INTEGER NOT NULL REFERENCES account(id),
          exact INTEGER NOT NULL, since INTEGER NOT NULL,
          state TEXT NOT NULL CHECK (state IN ('live', 'closed', 'lost')));
        -- The usage of a meter in a billing period: `next` units are given out.
        CREATE TABLE meter_axis (
          account INTEGER NOT NULL, meter TEXT NOT NULL, period INTEGER NOT NULL,
          next INTEGER NOT NULL CHECK (next >= 0), known INTEGER NOT NULL,
          PRIMARY KEY (account, meter, period)) WITHOUT ROWID;
        CREATE TABLE meter_lease (
          id INTEGER PRIMARY KEY AUTOINCREMENT, holder INTEGER NOT NULL, account INTEGER NOT NULL,
          meter TEXT NOT NULL, period INTEGER NOT NULL,
          next INTEGER NOT NULL, last INTEGER NOT NULL, CHECK (next <= last));
        CREATE INDEX meter_lease_holder ON meter_lease (holder);
        -- Units that were given back.
        CREATE TABLE meter_hole (
          id INTEGER PRIMARY KEY, account INTEGER NOT NULL, meter TEXT NOT NULL,
          period INTEGER NOT NULL, next INTEGER NOT NULL, last INTEGER NOT NULL,
          CHECK (next < last));
        CREATE TABLE budget_axis (
          account INTEGER NOT NULL, budget TEXT NOT NULL, "window" INTEGER NOT NULL,
          opening INTEGER NOT NULL, PRIMARY KEY (account, budget, "window")) WITHOUT ROWID;
        CREATE TABLE budget_share (
          account INTEGER NOT NULL, budget TEXT NOT NULL, "window" INTEGER NOT NULL,
          holder INTEGER NOT NULL, granted INTEGER NOT NULL DEFAULT 0,
          reserve INTEGER NOT NULL DEFAULT 0, spent INTEGER NOT NULL DEFAULT 0,
          PRIMARY KEY (account, budget, "window", holder)) WITHOUT ROWID;
        """)
  }

  private static func spoolAndUsage(_ db: Database) throws {
    try db.execute(
      sql: """
        -- Events that were accepted. `state`: 0 to be delivered, 1 delivered, 2 given up.
        CREATE TABLE event (
          seq INTEGER PRIMARY KEY AUTOINCREMENT, account INTEGER NOT NULL, uuid BLOB NOT NULL,
          distinct_id TEXT NOT NULL, name TEXT NOT NULL, at INTEGER NOT NULL,
          decided INTEGER NOT NULL, cost INTEGER, weight REAL NOT NULL, owner TEXT NOT NULL,
          -- `stamp`: the properties that governance adds when the event goes out.
          properties TEXT NOT NULL, stamp TEXT NOT NULL, state INTEGER NOT NULL DEFAULT 0,
          UNIQUE (account, uuid));
        CREATE INDEX event_waiting ON event (account, seq) WHERE state = 0;
        CREATE INDEX event_person ON event (distinct_id);
        CREATE INDEX event_decided ON event (decided);
        -- Sums by UTC day of the decision, owner and class. No person is named here.
        CREATE TABLE usage (
          account INTEGER NOT NULL, day INTEGER NOT NULL, owner TEXT NOT NULL, class TEXT NOT NULL,
          sent INTEGER NOT NULL DEFAULT 0, refused INTEGER NOT NULL DEFAULT 0,
          unpriced INTEGER NOT NULL DEFAULT 0, cost INTEGER NOT NULL DEFAULT 0,
          PRIMARY KEY (account, day, owner, class)) WITHOUT ROWID;
        CREATE TABLE usage_units (
          account INTEGER NOT NULL, day INTEGER NOT NULL, owner TEXT NOT NULL, meter TEXT NOT NULL,
          units INTEGER NOT NULL, PRIMARY KEY (account, day, owner, meter)) WITHOUT ROWID;
        -- Written to find out whether the disk has room again.
        CREATE TABLE probe (id INTEGER PRIMARY KEY, filler BLOB);
        """)
  }

  private static func auditAndConsent(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE audit (
          seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, account TEXT NOT NULL, kind TEXT NOT NULL,
          body TEXT NOT NULL, previous BLOB NOT NULL, digest BLOB NOT NULL);
        CREATE TABLE consent (
          account INTEGER NOT NULL, distinct_id TEXT NOT NULL, purpose TEXT NOT NULL,
          granted INTEGER NOT NULL, at INTEGER NOT NULL,
          PRIMARY KEY (account, distinct_id, purpose)) WITHOUT ROWID;
        """)
  }
}
