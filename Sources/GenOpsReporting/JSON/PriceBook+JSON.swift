package import GenOpsCosting
import GenOpsMetering
package import GenOpsUnits

extension PriceBook {
  /// The book for programs, with its tiers and add-ons or without.
  package func json(withRates: Bool) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("id", .string(id)), .init("title", .string(title)),
      .init("currency", .string(currency)), .init("source", .string(source)),
      .init("retrieved", .string(retrieved.description)),
      .init("effectiveFrom", effectiveFrom.map { .string($0.description) } ?? .null),
      .init("effectiveTo", effectiveTo.map { .string($0.description) } ?? .null),
      .init("unknown", .array(unknown.map { .string($0) })),
      .init("sha256", .string(sha256)),
      .init("isDefault", .bool(id == PriceBooks.defaultName)),
    ]
    guard withRates else { return .object(members) }
    members.append(.init("rates", .array(rates.map(\.json))))
    members.append(
      .init(
        "addOns",
        .array(
          addOns.map {
            .object([.init("id", .string($0.id)), .init("amount", .money($0.price))])
          })))
    return .object(members)
  }
}

extension Rate {
  fileprivate var json: JSONValue {
    .object([
      .init("meter", .string(meter.id)), .init("model", .string(model)),
      .init("optIn", .bool(isOptIn)),
      .init(
        "tiers",
        .array(
          table.segments.map { segment in
            var tier: [JSONValue.Member] = [
              .init("upTo", segment.upTo == .max ? .null : .integer(segment.upTo)),
              .init(
                "unitPrice",
                segment.upTo > table.knownUpTo
                  ? .null : .string(UnitPrice(nanosPerUnit: segment.unit).description)),
            ]
            if segment.step != 1 { tier.append(.init("unitsToAPackage", .integer(segment.step))) }
            return .object(tier)
          })),
    ])
  }
}
