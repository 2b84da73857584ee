public import GenOpsUnits

extension BillingTerms {
  /// As a book or a scenario writes them; what is not agreed has no key.
  public var json: JSONValue {
    var members: [JSONValue.Member] = []
    func add(_ key: String, _ amount: Money?) {
      if let amount { members.append(.init(key, .money(amount))) }
    }
    if let discount { members.append(.init("discount", .string(discount.text))) }
    add("amount_off", amountOff)
    add("minimum", minimum)
    if let commitment {
      members.append(
        .init(
          "commitment",
          [
            "amount": .money(commitment.amount), "from": .string(commitment.from.description),
            "to": .string(commitment.to.description),
          ]))
    }
    if !credits.isEmpty { members.append(.init("credits", .array(credits.map(\.json)))) }
    return .object(members)
  }
}

extension BillingTerms.Credit {
  fileprivate var json: JSONValue {
    var members: [JSONValue.Member] = [.init("kind", .string(kind.rawValue))]
    if name != kind.invoiceName { members.append(.init("name", .string(name))) }
    members.append(.init("amount", .money(amount)))
    // Without a price, credits bought for a year get the published one.
    if price != .zero || kind == .annual { members.append(.init("price", .money(price))) }
    if let from { members.append(.init("from", .string(from.description))) }
    if let expires { members.append(.init("expires", .string(expires.description))) }
    if let mostPerPeriod { members.append(.init("most_per_period", .money(mostPerPeriod))) }
    return .object(members)
  }
}

extension Percent {
  /// As files write it: `20%`.
  fileprivate var text: String { description.replacing(" %", with: "%") }
}
