import GenOpsMetering
import GenOpsUnits

extension ForecastStatement {
  /// One line of a ledger, without its end.
  var json: JSONValue {
    .object([
      .init("kind", "forecast"), .init("said", .string(said.description)),
      .init("name", .string(name)), .init("scenario", .string(scenario)),
      .init("version", .string(version)),
      .init("asOf", .string(asOf.description)), .init("month", .string(month.description)),
      .init("currency", .string(currency)), .init("prices", .string(prices)),
      .init("cost", ForecastStatement.json(cost) { .money($0) }),
      .init(
        "usage",
        .object(
          usage.map { one in
            .init(one.meter.id, ForecastStatement.json(one.units) { .integer($0) })
          })),
    ])
  }

  private static func json<Value>(_ range: Range<Value>, _ value: (Value) -> JSONValue)
    -> JSONValue
  {
    .object([
      .init("p10", value(range.p10)), .init("p50", value(range.p50)),
      .init("mean", value(range.mean)), .init("p90", value(range.p90)),
    ])
  }

  /// Reads a line; throws what is wrong with it, in a few words.
  init(_ node: Node) throws(LedgerLineError) {
    func text(_ key: String) throws(LedgerLineError) -> String {
      guard let text = node[key]?.text else { throw LedgerLineError("it has no '\(key)'") }
      return text
    }
    func read<Value>(_ key: String, _ convert: (String) -> Value?) throws(LedgerLineError) -> Value
    {
      let text = try text(key)
      guard let value = convert(text) else {
        throw LedgerLineError("'\(text)' is not a value of '\(key)'")
      }
      return value
    }
    func range<Value>(_ node: Node?, _ what: String, _ convert: (String) -> Value?)
      throws(LedgerLineError) -> Range<Value>
    {
      func one(_ key: String) throws(LedgerLineError) -> Value {
        guard let value = node?[key]?.text.flatMap(convert) else {
          throw LedgerLineError("'\(what)' has no usable '\(key)'")
        }
        return value
      }
      return Range(
        p10: try one("p10"), p50: try one("p50"), mean: try one("mean"), p90: try one("p90"))
    }
    guard let meters = node["usage"]?.mapping else { throw LedgerLineError("it has no 'usage'") }
    var usage: [Usage] = []
    for entry in meters {
      guard let meter = Meter(named: entry.key) else {
        throw LedgerLineError("'\(entry.key)' is not a meter")
      }
      if usage.contains(where: { $0.meter == meter }) {
        throw LedgerLineError("it has '\(entry.key)' twice")
      }
      usage.append(
        Usage(meter, try range(entry.value, entry.key) { Int64($0).flatMap { $0 < 0 ? nil : $0 } }))
    }
    self.init(
      said: try read("said") { Timestamp($0) }, name: try text("name"),
      scenario: try text("scenario"), version: try text("version"),
      asOf: try read("asOf") { CalendarDay($0) },
      month: try read("month") { CalendarMonth($0) }, currency: try text("currency"),
      prices: try text("prices"),
      cost: try range(node["cost"], "cost") { try? Money(parsing: $0) },
      usage: usage.sorted { $0.meter.index < $1.meter.index })
  }
}

/// What is wrong with a line of a ledger, in a few words that go on after "line 7 is not used: ".
struct LedgerLineError: Error {
  var reason: String

  init(_ reason: String) { self.reason = reason }
}
