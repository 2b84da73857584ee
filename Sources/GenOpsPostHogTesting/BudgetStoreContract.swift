import GenOpsAdmission
import GenOpsMetering
public import GenOpsPostHog
import GenOpsUnits

/// What every ``BudgetStore`` promises, to be held against one's own.
///
/// ```swift
/// #expect(try BudgetStoreContract.violations(open: { try MyStore(path) }) == [])
/// ```
public enum BudgetStoreContract {
  /// Every promise that a store breaks; empty when it keeps them all.
  ///
  /// Three processes ask in turn, 120 times, for units of a meter and a share of a budget, use what
  /// they have, and end and begin anew in between:
  /// - No unit is given to two processes, and none that was used is given again.
  /// - What all may spend together never passes the limit, and what a process spent stays spent.
  /// - A reply never takes back what was granted while the process lives.
  /// - What a process gives back is there for others: half of the limit at least is spent in the end.
  ///
  /// - Parameter open: Opens the same store, empty at first, as another process would.
  /// - Returns: Sentences.
  /// - Throws: What the store throws where it must not.
  public static func violations(open: () throws -> any BudgetStore) throws -> [String] {
    var walk = Walk()
    for process in 0..<3 { walk.processes.append(Process(store: try open(), number: process)) }
    for process in walk.processes { try process.store.claim() }
    for step in 0..<120 {
      let number = step % 3
      try walk.ask(number)
      if step % 17 == 16 {
        try walk.end(number)
        let next = Process(store: try open(), number: 3 + step)
        try next.store.claim()
        walk.processes[number] = next
      }
    }
    for number in 0..<3 { try walk.end(number) }
    if walk.spentByAll() < limit / 2 {
      walk.violations.insert("what is given back is there for others")
    }
    return walk.violations.sorted()
  }

  private static let limit: Int64 = 1_000_000
  private static let axis = BudgetAxis("day", window: CalendarDay(number: 20_000))
  private static let meter = MeterAxis(.events, period: CalendarDay(number: 19_995))

  private struct Process {
    var store: any BudgetStore
    var number: Int
    var leases: [MeterLease] = []
    var granted: Int64 = 0
    var spent: Int64 = 0
  }

  /// What happened so far, as somebody knows who sees all processes.
  private struct Walk {
    var processes: [Process] = []
    var violations: Set<String> = []
    /// Intervals given, by process and id.
    var given: [(owner: Int, next: Int64, end: Int64)] = []
    var used: [(next: Int64, end: Int64)] = []
    var spentByEnded: Int64 = 0

    func spentByAll() -> Int64 { processes.reduce(spentByEnded) { $0 + $1.spent } }

    mutating func ask(_ number: Int) throws {
      var process = processes[number]
      let reply = try process.store.renew(
        LeaseRequest(
          at: Timestamp(microseconds: 1_728_000_000_000_000), use: use(of: process, isLast: false),
          intervals: [
            LeaseRequest.Interval(axis: BudgetStoreContract.meter, units: 50, opening: 1_000)
          ],
          shares: [
            LeaseRequest.Share(
              axis: BudgetStoreContract.axis, bound: Money(nanos: BudgetStoreContract.limit),
              limit: Money(nanos: BudgetStoreContract.limit), opening: .zero,
              wantsMore: true, least: Money(nanos: 10))
          ]))
      for lease in reply.leases { take(lease, process.number) }
      process.leases += reply.leases
      for share in reply.shares where share.axis == BudgetStoreContract.axis {
        if share.granted.nanos < process.granted {
          violations.insert("a grant is never taken back while its process lives")
        }
        process.granted = share.granted.nanos
      }
      spend(&process)
      processes[number] = process
      let granted = processes.reduce(spentByEnded) { $0 + $1.granted }
      if granted > BudgetStoreContract.limit {
        violations.insert("grants never add up to more than the limit")
      }
    }

    mutating func take(_ lease: MeterLease, _ owner: Int) {
      if lease.next < 1_000 { violations.insert("units begin behind the opening balance") }
      let overlaps =
        given.contains { $0.owner != owner && $0.next < lease.end && lease.next < $0.end }
        || used.contains { $0.next < lease.end && lease.next < $0.end }
      if overlaps { violations.insert("no unit is given twice") }
      given.append((owner, lease.next, lease.end))
    }

    /// Uses a third of the first lease and of what may be spent.
    mutating func spend(_ process: inout Process) {
      process.spent += (process.granted - process.spent) / 3
      guard let lease = process.leases.first, lease.room > 0 else { return }
      let some = max(1, lease.room / 3)
      used.append((lease.next, lease.next + some))
      process.leases[0].next += some
      let owner = process.number
      if let index = given.firstIndex(where: { $0.owner == owner && $0.next == lease.next }) {
        given[index].next += some
      }
    }

    func use(of process: Process, isLast: Bool) -> LeaseUse {
      LeaseUse(
        meters: process.leases.map {
          LeaseUse.OfMeter(id: $0.id, next: $0.next, isDone: isLast || $0.room == 0)
        },
        budgets: [
          LeaseUse.OfBudget(axis: BudgetStoreContract.axis, spent: Money(nanos: process.spent))
        ])
    }

    mutating func end(_ number: Int) throws {
      let process = processes[number]
      try process.store.release(use(of: process, isLast: true))
      spentByEnded += process.spent
      let owner = process.number
      given.removeAll { $0.owner == owner }
      processes[number] = Process(store: process.store, number: -1)
    }
  }
}
