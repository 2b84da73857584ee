import GenOpsCosting
import GenOpsMetering
import GenOpsNumerics
import GenOpsScenario
package import GenOpsUnits

extension Snapshot {
  static let schemaVersion = 1

  /// One line for each price, quote and figure, so that a change of the file reads as a change of
  /// numbers.
  package var json: JSONValue {
    .object([
      .init("schemaVersion", .integer(Snapshot.schemaVersion)), .init("paths", .integer(paths)),
      .init(
        "tolerance",
        [
          "cost": .double(tolerance.cost), "probability": .double(tolerance.probability),
          "count": .double(tolerance.count),
        ]),
      .init("version", .string(version)), .init("mathFingerprint", .string(mathFingerprint)),
      .init("currency", .string(currency)),
      .init("data", .object(data.map { .init($0.file, .string($0.sha256)) })),
      .init("prices", .array(prices.entries.map(Snapshot.json))),
      .init(
        "quotes",
        .array(
          quotes.map {
            .array([
              .string($0.book), .string($0.meter), .integer($0.units),
              $0.cost.map { .money($0) } ?? .null,
            ])
          })),
      .init("figures", .array(figures.map(Snapshot.json))),
      .init("text", .array(text.map { .array([.string($0)]) })),
    ])
  }

  private static func json(_ figure: Figure) -> JSONValue {
    .array([
      .string(figure.option), .string(figure.metric), .string(figure.unit.rawValue),
      .string(text(figure.value, figure.unit)),
    ])
  }

  /// Money and counts with two decimals, probabilities with four.
  package static func text(_ value: Double, _ unit: Figure.Unit) -> String {
    Money(approximately: value)?.text(decimals: unit == .probability ? 4 : 2) ?? "\(value)"
  }

  private static func json(_ entry: (from: CalendarDay?, book: PriceBook)) -> JSONValue {
    let book = entry.book
    return .object([
      .init("from", entry.from.map { .string($0.description) } ?? .null),
      .init("id", .string(book.id)), .init("retrieved", .string(book.retrieved.description)),
      .init("addOns", .object(book.addOns.map { .init($0.id, .money($0.price)) })),
      .init("terms", book.terms.json),
      .init(
        "rates",
        .object(
          book.rates.map { rate in
            let known = rate.table.knownUpTo
            return .init(
              rate.meter.id,
              .array(
                rate.table.segments.map { segment in
                  .array([
                    segment.upTo == .max ? .null : .integer(segment.upTo),
                    .money(Money(nanos: segment.unit)), .integer(segment.step),
                    .integer(segment.origin), .money(Money(nanos: segment.base)),
                    .bool(segment.upTo <= known),
                  ])
                }))
          })),
    ])
  }
}

extension PriceSchedule {
  /// All books with the days from which they hold.
  var entries: [(from: CalendarDay?, book: PriceBook)] {
    [(start, first)] + changes.map { ($0.from, $0.book) }
  }
}
