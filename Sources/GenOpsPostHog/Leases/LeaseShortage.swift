public import GenOpsUnits

/// What a process has no lease for, of budgets that it shares with others.
public enum LeaseShortage: Sendable, Hashable, CustomStringConvertible {
  /// Its share of a hard budget is used up, and what is left of it belongs to other processes or is not handed
  /// out yet.
  case share(Share)
  /// It has used the units that it was given; no budget is used up.
  case units
  /// The ledger has not answered yet.
  case noAnswer
  /// It has given its leases back, as at a shutdown, and gets no more.
  case givenBack

  /// How the budget stands whose share is used up.
  public struct Share: Sendable, Hashable {
    /// The budget's name.
    public var budget: String
    /// What usage may cost in a period, over all processes.
    public var limit: Money
    public var currency: String
    /// What all processes have spent in this period, as far as this one knows: the others' part is ten seconds old
    /// at most.
    public var spent: Money
    /// How many processes live that share the budget, this one included; nil when that is not known.
    public var processes: Int?

    /// `spent` and `limit` are of one period and in `currency`.
    public init(
      budget: String, limit: Money, currency: String, spent: Money, processes: Int? = nil
    ) {
      self.budget = budget
      self.limit = limit
      self.currency = currency
      self.spent = spent
      self.processes = processes
    }
  }

  /// Why, in a sentence without a capital letter.
  public var why: String {
    switch self {
    case .share(let share):
      "this process has no share of the budget '\(share.budget)' left, and "
        + LeaseShortage.holders(of: share) + " the rest"
    case .units: "this process has used the units that the ledger gave it"
    case .noAnswer: "the ledger has given this process no lease yet"
    case .givenBack: "this process has given its leases back, and spends nothing more"
    }
  }

  private static func holders(of share: Share) -> String {
    switch share.processes {
    case 2: "one other process holds"
    case .some(let count) where count > 2: "\(count - 1) other processes hold"
    default: "other processes may hold"
    }
  }

  /// When it is asked again; nil where it is not.
  public var next: String? {
    switch self {
    case .share:
      "this process asks for more with the next event, every 0.25 s at most; the others give back what they do "
        + "not need every 2 s, one that was alone within 12 s"
    case .units, .noAnswer: "it asks with the next event, every 0.25 s at most"
    case .givenBack: nil
    }
  }

  public var description: String {
    var text = why
    if case .share(let share) = self {
      text += "; \(share.spent) of \(share.limit) \(share.currency) are spent, as far as it knows"
    }
    return text + (next.map { "; \($0)" } ?? "")
  }
}
