public import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits

/// Why something was not sent.
public struct Refusal: Error, Sendable, Hashable, CustomStringConvertible {
  public var reason: RefusalReason
  /// Boxed, so that outcomes are small: they are copied with every event, refused or not.
  private var box: Box?

  private final class Box: Sendable, Hashable {
    let budget: BudgetExceeded?
    let shortage: LeaseShortage?

    init(_ budget: BudgetExceeded?, _ shortage: LeaseShortage?) {
      self.budget = budget
      self.shortage = shortage
    }

    static func == (a: Box, b: Box) -> Bool { a.budget == b.budget && a.shortage == b.shortage }

    func hash(into hasher: inout Hasher) {
      hasher.combine(budget)
      hasher.combine(shortage)
    }
  }

  /// `budget` says which one, how much of it and until when, where the reason is a budget; `shortage` what there is no
  /// lease for.
  public init(
    _ reason: RefusalReason, budget: BudgetExceeded? = nil, shortage: LeaseShortage? = nil
  ) {
    self.reason = reason
    box = budget == nil && shortage == nil ? nil : Box(budget, shortage)
  }

  /// Set when the reason is a budget.
  public var budget: BudgetExceeded? { box?.budget }

  /// Set when the reason is that no lease was left: which budget, what is spent of it, and when it is asked again.
  public var shortage: LeaseShortage? { box?.shortage }

  public var description: String {
    budget?.description ?? "refused: \(reason.id)" + (shortage.map { ": \($0)" } ?? "")
  }
}
