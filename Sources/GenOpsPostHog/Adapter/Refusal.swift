public import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits

/// Why something was not sent.
public struct Refusal: Error, Sendable, Hashable, CustomStringConvertible {
  public var reason: RefusalReason
  /// Boxed, so that outcomes are small: they are copied with every event, refused or not.
  private var box: Box?

  private final class Box: Sendable, Hashable {
    let value: BudgetExceeded
    init(_ value: BudgetExceeded) { self.value = value }
    static func == (a: Box, b: Box) -> Bool { a.value == b.value }
    func hash(into hasher: inout Hasher) { hasher.combine(value) }
  }

  /// `budget` says which one, how much of it and until when, where the reason is a budget.
  public init(_ reason: RefusalReason, budget: BudgetExceeded? = nil) {
    self.reason = reason
    box = budget.map { Box($0) }
  }

  /// Set when the reason is a budget.
  public var budget: BudgetExceeded? { box?.value }

  public var description: String { budget?.description ?? "refused: \(reason.id)" }
}
