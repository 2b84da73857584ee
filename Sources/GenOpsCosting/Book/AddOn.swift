public import GenOpsUnits

/// A flat fee per billing period that a customer may choose, such as PostHog's Boost.
public struct AddOn: Sendable, Hashable {
  /// The name in files: `boost`.
  public var id: String
  /// The line of the invoice: "Boost".
  public var name: String
  /// PostHog's plan key.
  public var plan: String?
  /// Per billing period.
  public var price: Money

  /// `price` is for one billing period, in the currency of the book.
  public init(id: String, name: String, plan: String? = nil, price: Money) {
    self.id = id
    self.name = name
    self.plan = plan
    self.price = price
  }
}
