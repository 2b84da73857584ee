package import GenOpsCosting
package import GenOpsScenario
import GenOpsUnits

/// The prices an account pays: books with their days, add-ons and terms. A ledger keeps those that a
/// forecast was made with, so that a later change of prices can be told from a change of usage even
/// after the books' files are gone.
package struct AgreedPrices: Sendable {
  package var prices: PriceSchedule
  package var addOns: Set<String>
  /// The account's own; nil takes those of the books.
  package var terms: BillingTerms?

  package init(prices: PriceSchedule, addOns: Set<String>, terms: BillingTerms?) {
    self.prices = prices
    self.addOns = addOns
    self.terms = terms
  }

  /// What "as is" of a plan pays.
  package init(_ plan: Plan) {
    let asIs = plan.options[0]
    self.init(prices: asIs.prices, addOns: asIs.addOns, terms: asIs.terms)
  }

  /// The same without the credits that bills are paid with; nil where there are none.
  var withoutCredits: AgreedPrices? {
    var free = self
    free.terms?.credits = []
    free.prices.first.terms.credits = []
    for index in free.prices.changes.indices { free.prices.changes[index].book.terms.credits = [] }
    let has =
      terms.map { !$0.credits.isEmpty } ?? prices.books.contains { !$0.terms.credits.isEmpty }
    return has ? free : nil
  }

  /// The option of a plan with these prices.
  func applied(to option: OptionPlan) -> OptionPlan {
    var option = option
    option.prices = prices
    option.addOns = addOns
    option.terms = terms
    return option
  }

  /// A fingerprint of everything that decides an amount; equal prices have one, whatever file they are in.
  package var id: String { String(Digest.sha256(Array(content.description.utf8)).prefix(16)) }
}

extension AgreedPrices {
  /// One line of a ledger, without its end.
  var json: JSONValue {
    guard case .object(let members) = content else { return content }
    return .object([.init("kind", "prices"), .init("id", .string(id))] + members)
  }

  private var content: JSONValue {
    let spans =
      [(from: CalendarDay?.none, book: prices.first)]
      + prices.changes.map { (from: $0.from, book: $0.book) }
    return .object([
      .init("addOns", .array(addOns.sorted().map { .string($0) })),
      .init("terms", terms?.json ?? .null),
      .init(
        "books",
        .array(
          spans.map { span in
            .object([
              .init("from", span.from.map { .string($0.description) } ?? .null),
              .init("id", .string(span.book.id)), .init("currency", .string(span.book.currency)),
              .init("terms", span.book.terms.json),
              .init("addOns", .array(span.book.addOns.map(\.agreed))),
              .init("rates", .array(span.book.rates.map(\.agreed))),
            ])
          })),
    ])
  }

  /// Reads a line; throws what is wrong with it.
  init(_ node: Node) throws(LedgerLineError) {
    guard let items = node["books"]?.sequence, !items.isEmpty else {
      throw LedgerLineError("it has no 'books'")
    }
    var books: [(from: CalendarDay?, book: PriceBook)] = []
    for item in items { books.append(try AgreedPrices.book(item)) }
    let currency = books[0].book.currency
    let changes = try books.dropFirst().map { entry throws(LedgerLineError) in
      guard let from = entry.from else { throw LedgerLineError("a later book has no 'from'") }
      return PriceSchedule.Change(from: from, book: entry.book, location: node.location)
    }
    let addOns = (node["addOns"]?.sequence ?? []).compactMap(\.text)
    self.init(
      prices: PriceSchedule(books[0].book, changes: changes), addOns: Set(addOns),
      terms: try AgreedPrices.terms(node["terms"], currency))
    if let said = node["id"]?.text, said != id {
      throw LedgerLineError("its prices do not have its 'id'")
    }
  }

  private static func terms(_ node: Node?, _ currency: String) throws(LedgerLineError)
    -> BillingTerms?
  {
    guard let node, !node.isNull else { return nil }
    var findings = Findings()
    guard let terms = BillingTerms(node, currency: currency, &findings) else {
      throw LedgerLineError(findings.all.first?.message ?? "its 'terms' cannot be read")
    }
    return terms
  }

  private static func book(_ node: Node) throws(LedgerLineError) -> (CalendarDay?, PriceBook) {
    guard let id = node["id"]?.text, let currency = node["currency"]?.text,
      let rates = node["rates"]?.sequence
    else { throw LedgerLineError("a book has no 'id', 'currency' or 'rates'") }
    var from: CalendarDay?
    if let place = node["from"], !place.isNull {
      guard let day = place.text.flatMap({ CalendarDay($0) }) else {
        throw LedgerLineError("'from' of a book is not a day")
      }
      from = day
    }
    let book = PriceBook(
      // Neither source nor day decides an amount.
      id: id, title: id, currency: currency, source: "a forecast ledger",
      retrieved: from ?? CalendarDay(number: 0),
      rates: try rates.map { rate throws(LedgerLineError) in try Rate(agreed: rate) },
      addOns: try (node["addOns"]?.sequence ?? []).map { addOn throws(LedgerLineError) in
        try AddOn(agreed: addOn)
      },
      terms: try terms(node["terms"], currency) ?? .none)
    return (from, book)
  }
}
