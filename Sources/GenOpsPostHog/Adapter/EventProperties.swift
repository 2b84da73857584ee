public import GenOpsUnits

/// Properties written with ordinary variables: every value may be anything that is `Encodable`.
///
/// ```swift
/// adapter.capture(
///   "order_completed", distinctID: user.id.uuidString.lowercased(),
///   properties: ["plan": plan, "price": price, "items": items, "placed_at": Date(), "coupon": coupon])
/// ```
///
/// | value | is sent as |
/// |---|---|
/// | texts, numbers, `Bool` | what they are; a number that is not finite as null |
/// | `nil` | null |
/// | `Date` | ISO 8601 in UTC: `2027-01-10T12:00:00.250000Z` |
/// | `UUID` | its text in lower case, as PostHog's clients write it |
/// | `URL` | its text |
/// | `Decimal` | a number with all its digits |
/// | `Data` | Base64 |
/// | arrays, dictionaries, structures | arrays and objects by their own encoding |
///
/// A value that fails to encode, or that is nested more than 200 deep, is sent as null: analytics must
/// not break the program. An object inside of another with values of several kinds is written
/// `["a": 1, "b": text] as EventProperties`.
public struct EventProperties: Sendable, Hashable {
  /// An object of JSON, in the order in which the properties were written.
  public let json: JSONValue

  /// The properties that `value` encodes to, such as a structure or a dictionary; none when it does not
  /// encode to an object.
  public init(_ value: some Encodable) {
    let json = PropertyEncoder.json(value)
    if case .object = json { self.json = json } else { self.json = [:] }
  }
}

extension EventProperties: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (String, (any Encodable)?)...) {
    json = .object(
      elements.map { name, value in
        JSONValue.Member(name, value.map { PropertyEncoder.json($0) } ?? .null)
      })
  }
}

extension EventProperties: Encodable {
  /// As ``json``.
  public func encode(to encoder: any Encoder) throws { try json.encode(to: encoder) }
}
