import GenOpsUnits

/// The sessions that are open and have a budget of their own, in a bounded memory.
struct SessionTable {
  /// What one takes besides its name, rounded up: its account, its id, and its place here.
  static let bytesEach = 512

  private var spending: [String: SessionSpending] = [:]
  private var bytes = 0
  private let mostBytes: Int
  /// Sessions that had ended when their budget had refused something or was passed.
  private(set) var reached: Int64 = 0
  /// What ended sessions' budgets refused.
  private(set) var refused: Int64 = 0
  /// Sessions whose budget found no place here.
  private(set) var turnedAway: Int64 = 0

  init(mostBytes: Int) { self.mostBytes = mostBytes }

  /// How many are kept.
  var count: Int { spending.count }

  /// Keeps the account of the session `id`. False when there is no memory left for it.
  mutating func open(_ id: String, _ account: SessionSpending) -> Bool {
    let size = SessionTable.size(account)
    guard mostBytes - bytes >= size else {
      turnedAway = turnedAway.addingClamped(1)
      return false
    }
    bytes += size
    spending[id] = account
    return true
  }

  /// Lets go of the session `id`, and notes how its own budget did.
  mutating func close(_ id: String) {
    guard let account = spending.removeValue(forKey: id) else { return }
    bytes -= SessionTable.size(account)
    guard account.sessionID == id else { return }
    let standing = account.standing
    guard standing.refused > 0 || standing.overspent > .zero else { return }
    reached = reached.addingClamped(1)
    refused = refused.addingClamped(standing.refused)
  }

  /// Takes back what an item of the session `id` cost; nothing when the session has ended.
  func giveBack(_ cost: Int64, to id: String) { spending[id]?.giveBack(cost) }

  private static func size(_ account: SessionSpending) -> Int {
    bytesEach + account.name.utf8.count
  }
}

extension AccountState {
  /// What the sessions' own budgets did.
  var sessionFindings: Findings {
    var findings = Findings()
    if sessions.reached > 0 {
      findings.note(
        "session-budget",
        "\(sessions.reached) sessions came to the end of their own budget, which refused "
          + "\(sessions.refused) items",
        help: "raise the budget of such a session, or thin what matters least in it")
    }
    if sessions.turnedAway > 0 {
      findings.warning(
        "session-budgets-full",
        "\(sessions.turnedAway) sessions with a budget began while too many others were open",
        help: "hard budgets of theirs had no room; end sessions when their work is done")
    }
    return findings
  }
}
