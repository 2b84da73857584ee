import GenOpsCosting
import GenOpsMetering
import GenOpsReporting
import GenOpsUnits

/// `genops prices …`: each verb is a file beside this one.
package enum PriceCommands {
  package enum Format: String, Sendable, CaseIterable { case text, json }

  /// The books there are.
  package static func list(format: Format, _ options: OutputOptions) -> CommandOutput {
    let books = PriceBooks.builtIn.entries.map(\.kind)
    switch format {
    case .json:
      return CommandOutput(stdout: JSONValue.array(books.map { description($0) }).pretty)
    case .text:
      let rows = books.map { book in
        [
          book.id + (book.id == PriceBooks.defaultName ? " *" : ""), book.title, book.currency,
          book.effectiveFrom?.description ?? "unknown",
          book.effectiveTo?.description ?? (book.effectiveFrom == nil ? "" : "in force"),
          book.retrieved.description,
        ]
      }
      let table = ReportTable(
        [
          .init("Book"), .init("What", shrinksTo: 12), .init("Cur."), .init("From"),
          .init("To"), .init("Read on"),
        ], rows)
      return CommandOutput(
        stdout: table.text(options.style)
          + "\n* is used when none is named. 'genops prices show BOOK' draws its tiers.\n")
    }
  }

  static func description(_ book: PriceBook, withRates: Bool = false) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("id", .string(book.id)), .init("title", .string(book.title)),
      .init("currency", .string(book.currency)), .init("source", .string(book.source)),
      .init("retrieved", .string(book.retrieved.description)),
      .init("effectiveFrom", book.effectiveFrom.map { .string($0.description) } ?? .null),
      .init("effectiveTo", book.effectiveTo.map { .string($0.description) } ?? .null),
      .init("unknown", .array(book.unknown.map { .string($0) })),
      .init("sha256", .string(book.sha256)),
      .init("isDefault", .bool(book.id == PriceBooks.defaultName)),
    ]
    guard withRates else { return .object(members) }
    members.append(.init("rates", .array(book.rates.map(description))))
    members.append(
      .init(
        "addOns",
        .array(
          book.addOns.map {
            .object([.init("id", .string($0.id)), .init("amount", .money($0.price))])
          })))
    return .object(members)
  }

  private static func description(_ rate: Rate) -> JSONValue {
    .object([
      .init("meter", .string(rate.meter.id)), .init("model", .string(rate.model)),
      .init("optIn", .bool(rate.isOptIn)),
      .init(
        "tiers",
        .array(
          rate.table.segments.map { segment in
            var tier: [JSONValue.Member] = [
              .init("upTo", segment.upTo == .max ? .null : .integer(segment.upTo)),
              .init(
                "unitPrice",
                segment.upTo > rate.table.knownUpTo
                  ? .null : .string(UnitPrice(nanosPerUnit: segment.unit).description)),
            ]
            if segment.step != 1 { tier.append(.init("unitsToAPackage", .integer(segment.step))) }
            return .object(tier)
          })),
    ])
  }
}
