import GenOpsAdmission
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits
import Synchronization

/// A store in memory that many adapters share, one handle each. It checks its own contract.
final class MemoryStore: Sendable {
  struct State {
    var nextID: Int64 = 1
    var ends: [MeterAxis: (end: Int64, isKnown: Bool)] = [:]
    var open: [Int64: (lease: MeterLease, holder: Int)] = [:]
    var holes: [MeterAxis: [Range<Int64>]] = [:]
    var opening: [BudgetAxis: Int64] = [:]
    var granted: [BudgetAxis: [Int: Int64]] = [:]
    var reserve: [BudgetAxis: [Int: Int64]] = [:]
    var spent: [BudgetAxis: [Int: Int64]] = [:]
    var fails = false
  }

  struct Failure: Error {}

  let state = Mutex(State())
  /// Units per interval at most, to have many of them.
  let largest: Int64
  init(largest: Int64 = .max) { self.largest = largest }

  func handle(_ holder: Int) -> Handle { Handle(store: self, holder: holder) }
  var fails: Bool {
    get { state.withLock { $0.fails } }
    set { state.withLock { $0.fails = newValue } }
  }

  struct Handle: BudgetStore {
    let store: MemoryStore
    let holder: Int

    func renew(_ request: LeaseRequest) throws -> LeaseReply {
      try store.state.withLock { state in
        if state.fails { throw Failure() }
        state.note(request.use, holder)
        var reply = LeaseReply()
        for interval in request.intervals {
          let line = state.ends[interval.axis] ?? (interval.opening ?? 0, interval.opening != nil)
          let units = min(interval.units, store.largest)
          var range = line.end..<line.end + units
          if let hole = state.holes[interval.axis]?.popLast() {
            range = hole
            state.ends[interval.axis] = line
          } else {
            state.ends[interval.axis] = (range.upperBound, line.isKnown)
          }
          let lease = MeterLease(
            id: state.nextID, axis: interval.axis, next: range.lowerBound, end: range.upperBound,
            isOpeningKnown: line.isKnown)
          state.nextID += 1
          state.open[lease.id] = (lease, holder)
          reply.leases.append(lease)
        }
        for share in request.shares { reply.shares.append(state.share(share, holder)) }
        return reply
      }
    }

    func release(_ use: LeaseUse) throws {
      store.state.withLock { state in
        state.note(use, holder)
        for axis in Array(state.granted.keys) {
          state.granted[axis]?[holder] = state.spent[axis]?[holder] ?? 0
          state.reserve[axis]?[holder] = 0
        }
      }
    }
  }
}

extension MemoryStore.State {
  mutating func note(_ use: LeaseUse, _ holder: Int) {
    for meter in use.meters {
      guard let (lease, owner) = open[meter.id], owner == holder else { continue }
      if meter.isDone {
        open[meter.id] = nil
        if meter.next < lease.end { holes[lease.axis, default: []].append(meter.next..<lease.end) }
      }
    }
    for budget in use.budgets { spent[budget.axis, default: [:]][holder] = budget.spent.nanos }
  }

  mutating func share(_ asked: LeaseRequest.Share, _ holder: Int) -> BudgetShare {
    let opened = opening[asked.axis] ?? asked.opening.nanos
    opening[asked.axis] = opened
    if asked.wantsMore {
      let ordinary = opened + (granted[asked.axis] ?? [:]).values.reduce(0, +)
      let kept = (reserve[asked.axis] ?? [:]).values.reduce(0, +)
      granted[asked.axis, default: [:]][holder, default: 0] +=
        max(0, asked.bound.nanos - ordinary) / 3
      reserve[asked.axis, default: [:]][holder, default: 0] +=
        max(0, asked.limit.nanos - asked.bound.nanos - kept) / 3
    }
    let others = (spent[asked.axis] ?? [:]).filter { $0.key != holder }.values.reduce(opened, +)
    return BudgetShare(
      axis: asked.axis, others: Money(nanos: others),
      granted: Money(nanos: granted[asked.axis]?[holder] ?? 0),
      reserve: Money(nanos: reserve[asked.axis]?[holder] ?? 0))
  }
}
