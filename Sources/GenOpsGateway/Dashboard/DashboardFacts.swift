import GenOpsGovernance
import GenOpsLedger
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits

/// What the dashboard shows of one account at one instant: pages and API are made of it. Sums are those of the ledger, so
/// of all processes that share it.
struct DashboardFacts: Sendable {
  /// What a span of days came to.
  struct Totals: Sendable, Hashable {
    var cost = Money.zero
    var sent: Int64 = 0
    var refused: Int64 = 0
    /// The part of ``sent`` whose cost is unknown.
    var unpriced: Int64 = 0

    /// Adds a sum of the ledger. Totals stay at the ends of their range rather than trap.
    mutating func add(_ sum: UsageSum) {
      cost = Money(nanos: cost.nanos.addingClamped(sum.cost.nanos))
      sent = sent.addingClamped(sum.sent)
      refused = refused.addingClamped(sum.refused)
      unpriced = unpriced.addingClamped(sum.unpriced)
    }
  }

  /// A budget in its present period.
  struct BudgetFacts: Sendable {
    var budget: Budget
    var start: CalendarDay
    /// The first day that is no longer in it.
    var end: CalendarDay
    var spent: Money
    /// By this budget, in this process.
    var refused: Int64

    /// Percent of the limit; nil where the limit is 0.
    var percent: Double? {
      let limit = budget.limitForUsage
      return limit > .zero ? spent.approximate / limit.approximate * 100 : nil
    }
  }

  var account: String
  var accounts: [String]
  var at: Timestamp
  var currency: String
  var mode: GovernanceMode
  var today = Totals()
  var month = Totals()
  /// The last 31 days, today included, oldest first.
  var days: [(day: CalendarDay, totals: Totals)] = []
  var budgets: [BudgetFacts] = []
  /// Month to date by dimension of attribution; a nil name is what has none.
  var owners: [String: [(name: String?, totals: Totals)]] = [:]
  /// The share of the month's items that no attribution rule says anything of; nil without items.
  var unattributedShare: Double?
  /// What was refused this month, by reason.
  var refusals: [(reason: String, count: Int64)] = []
  /// Month to date.
  var units = MeterTotals()
  var names: [EventNameSum] = []
  var alerts: [AlertNotice] = []
  var decisions: [AuditEntry] = []
  /// Events on their way, in memory and on disk.
  var waiting = 0
  /// Taken and refused by PostHog since this process began.
  var delivered = 0
  var lost = 0
  var landing = LandingState.none

  /// What was not kept of this month's offers: refused here, or by PostHog.
  var eventsLost: Int64 { month.refused.addingClamped(Int64(lost)) }
}

extension DashboardFacts {
  /// How many names of events and decisions are read.
  static let most = 500

  /// Reads what there is to show. It waits for the file.
  /// - Throws: What the ledger says.
  init(_ account: BillingAccount, of accounts: Accounts, landing: LandingState, at now: Timestamp)
    throws
  {
    let adapter = account.adapter
    let today = now.day
    let first = today.month.firstDay
    let chartStart = today.advanced(by: -30)
    self.init(
      account: account.name, accounts: accounts.all.map(\.name), at: now,
      currency: adapter.currency, mode: adapter.plan.mode)
    let sums = try account.ledger.usage(from: min(chartStart, first), to: today)
    var byDay: [CalendarDay: Totals] = [:]
    var byOwner: [String: [String?: Totals]] = [:]
    var byReason: [String: Int64] = [:]
    var unattributed: Int64 = 0
    for sum in sums {
      byDay[sum.day, default: Totals()].add(sum)
      guard sum.day >= first else { continue }
      month.add(sum)
      for dimension in Attribution.dimensions {
        byOwner[dimension, default: [:]][sum.owner[dimension], default: Totals()].add(sum)
      }
      if sum.owner == adapter.attribution { unattributed = unattributed.addingClamped(sum.sent) }
      if sum.refused > 0 {
        let reason = sum.eventClass == "recorded" ? "usage that is not an event" : sum.eventClass
        byReason[reason, default: 0] = byReason[reason, default: 0].addingClamped(sum.refused)
      }
    }
    self.today = byDay[today] ?? Totals()
    days = (0...30).map { offset in
      let day = chartStart.advanced(by: offset)
      return (day, byDay[day] ?? Totals())
    }
    owners = byOwner.mapValues { named in
      named.map { (name: $0.key, totals: $0.value) }.sorted {
        ($1.totals.cost, $1.totals.sent, $0.name ?? "") < (
          $0.totals.cost, $0.totals.sent, $1.name ?? ""
        )
      }
    }
    unattributedShare = month.sent > 0 ? Double(unattributed) / Double(month.sent) : nil
    refusals = byReason.map { (reason: $0.key, count: $0.value) }.sorted {
      ($1.count, $0.reason) < ($0.count, $1.reason)
    }
    units = try account.ledger.units(from: first, to: today)
    names = try account.ledger.eventNames(
      first...today, before: today, limit: DashboardFacts.most)
    decisions = try accounts.ledger.latestAudit(of: account.name, limit: DashboardFacts.most)
    budgets = try adapter.plan.budgets.map { try BudgetFacts($0, of: account, on: today) }
    alerts = account.alerts.latest
    waiting = account.transport.held
    let counts = account.transport.counts
    (delivered, lost) = (counts.accepted, counts.lost)
    self.landing = landing
  }
}

extension DashboardFacts.BudgetFacts {
  /// What the file knows of all processes, or this one of itself and others, whichever is more.
  fileprivate init(_ budget: Budget, of account: BillingAccount, on today: CalendarDay) throws {
    let window = budget.period.window(containing: today, fiscalStart: budget.fiscalStart)
    let filed = try account.ledger.standing(ofBudget: budget.name, window: window.start).spent
    let own = account.adapter.standing(ofBudget: budget.name)
    let isPresent = own?.start == window.start
    self.init(
      budget: budget, start: window.start, end: window.end,
      spent: max(filed, isPresent ? own?.spent ?? .zero : .zero),
      refused: isPresent ? own?.refused ?? 0 : 0)
  }
}
