package import GenOpsCosting
package import GenOpsMetering
package import GenOpsUnits

/// What a billing answer says of the account that decides what its usage costs: every fact is used or
/// named, because each of them may be the larger part of the bill.
package struct AccountFacts: Sendable {
  /// Whether nothing is paid and every product ends at its free allotment.
  package var isFree = false
  /// Who pays in the account's place, such as Vercel; nil when the account pays.
  package var partner: String?
  /// Off the whole bill.
  package var discount: Percent?
  package var credit: Balance?
  /// What PostHog drops beyond.
  package var limits: [Limit] = []
  /// Flat add-ons that are paid for.
  package var fees: [FlatFee] = []
  /// Products that are billed only for those who choose them, and whether this account does.
  package var choices: [Choice] = []
  /// The products whose amounts so far show that their tiers count once a year.
  package var yearlyTiers: [Meter] = []

  package init() {}

  /// Credits that are left: they pay bills until they are used up or expire.
  package struct Balance: Sendable, Hashable {
    package var amount: Money
    /// The first day of the period that is billed next; earlier bills were paid from what is gone.
    package var from: CalendarDay?
    /// The last day on which they pay; nil without an end.
    package var expires: CalendarDay?
    /// Whether they were given to a startup.
    package var isStartup: Bool
  }

  /// A limit as PostHog keeps it.
  package struct Limit: Sendable, Hashable {
    package enum Cap: Sendable, Hashable {
      case money(Money)
      case units(Int64)
      /// The product is not paid for: it ends at its free allotment.
      case free
    }
    /// The product's key, as the answer writes it.
    package var product: String
    package var meter: Meter
    package var cap: Cap
    /// Days on which data still flows, by PostHog's trust in the account.
    package var graceDays: Int
    package var location: SourceLocation
    /// What it was set to, where PostHog says the units that it makes of that; nil otherwise.
    package var amount: Money?
  }

  /// A subscription that does not depend on usage.
  package struct FlatFee: Sendable, Hashable {
    package var key: String
    package var name: String
    /// For a month; nil where the answer does not say it.
    package var price: Money?
  }

  /// A product that has to be chosen.
  package struct Choice: Sendable, Hashable {
    package var meter: Meter
    package var isChosen: Bool
  }

  /// The terms of its bills, as a price book writes them.
  package var terms: BillingTerms {
    BillingTerms(
      discount: discount,
      credits: credit.map {
        [
          BillingTerms.Credit(
            kind: $0.isStartup ? .startup : .balance,
            name: ($0.isStartup ? BillingTerms.Credit.Kind.startup : .balance).invoiceName,
            amount: $0.amount, from: $0.from, expires: $0.expires)
        ]
      } ?? [])
  }

  /// The add-ons of `book` that are paid for, in the order of the answer: flat ones, and products that
  /// are chosen by being subscribed to or billed.
  package func addOns(in book: PriceBook) -> [String] {
    let flat = fees.compactMap { fee in
      book.addOns.first { $0.id == fee.key || $0.name.lowercased() == fee.name.lowercased() }?.id
    }
    let chosen = choices.filter(\.isChosen).compactMap { choice in
      book.rate(of: choice.meter).flatMap { $0.isOptIn ? $0.product : nil }
    }
    return flat + chosen
  }
}
