public import GenOpsUnits

/// What a contract adds to the prices of units: lines of the bill at the end of a period.
public struct BillingTerms: Sendable, Hashable {
  /// Off usage and fees.
  public var discount: Percent?
  /// Off each period's bill, after the discount.
  public var amountOff: Money?
  /// The least a period costs after discounts, before credits.
  public var minimum: Money?
  public var commitment: Commitment?
  /// Used up in the order of their expiry.
  public var credits: [Credit]

  /// Amounts are in the currency of the book; what is left out does not apply.
  public init(
    discount: Percent? = nil, amountOff: Money? = nil, minimum: Money? = nil,
    commitment: Commitment? = nil, credits: [Credit] = []
  ) {
    self.discount = discount
    self.amountOff = amountOff
    self.minimum = minimum
    self.commitment = commitment
    self.credits = credits
  }

  /// No terms: the bill is usage and fees.
  public static let none = BillingTerms()

  public var isEmpty: Bool { self == .none }

  /// An amount that is owed over a term, used or not. The last period of the term bills what is
  /// missing.
  public struct Commitment: Sendable, Hashable {
    public var amount: Money
    public var from: CalendarDay
    /// The last day of the term.
    public var to: CalendarDay

    /// `amount` is owed for the whole term, both days included.
    public init(amount: Money, from: CalendarDay, to: CalendarDay) {
      self.amount = amount
      self.from = from
      self.to = to
    }
  }

  /// Money that bills are paid with.
  public struct Credit: Sendable, Hashable {
    /// Where a credit comes from.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
      /// Bought ahead for a year at a discount.
      case annual
      /// Given to a startup.
      case startup
      /// What an account has left of credits, wherever they came from.
      case balance

      /// The line of the bill where the credit has no name of its own.
      public var invoiceName: String {
        switch self {
        case .annual: "Annual credits"
        case .startup: "Startup credits"
        case .balance: "Credits"
        }
      }
    }
    public var kind: Kind
    public var name: String
    public var amount: Money
    /// What it costs, on the bill of the period that contains ``from``; zero for a gift.
    public var price: Money
    /// The first day on which it pays; nil is always.
    public var from: CalendarDay?
    /// The last day of its life: it pays the bills of periods that end on it or earlier.
    public var expires: CalendarDay?
    /// The most it pays of one period's bill; nil without such a limit.
    public var mostPerPeriod: Money?

    /// `amount` is what it pays and `price` what it costs, both in the currency of the book.
    public init(
      kind: Kind, name: String, amount: Money, price: Money = .zero, from: CalendarDay? = nil,
      expires: CalendarDay? = nil, mostPerPeriod: Money? = nil
    ) {
      self.kind = kind
      self.name = name
      self.amount = amount
      self.price = price
      self.from = from
      self.expires = expires
      self.mostPerPeriod = mostPerPeriod
    }
  }
}

/// What PostHog takes off for credits bought for a year.
///
/// Source: posthog.com handbook, growth/sales/contract-rules.md @01d48e21. Below 25,000 the credits
/// are self-serve and a twelfth of them is applied each month.
public enum AnnualCredits {
  /// The discount on `amount` of credits; nil where the table ends, at 1,000,000.
  public static func discount(on amount: Money) -> Percent? {
    let steps: [(below: Int64, percent: Int64)] = [
      (25_000, 10), (60_000, 20), (100_000, 25), (250_000, 30), (500_000, 35), (1_000_000, 40),
    ]
    return steps.first { amount < Money(units: $0.below) }.map {
      Percent(nanos: $0.percent * 1_000_000_000)
    }
  }

  /// Whether such credits are applied in twelfths.
  public static func areTwelfths(_ amount: Money) -> Bool { amount < Money(units: 25_000) }
}
