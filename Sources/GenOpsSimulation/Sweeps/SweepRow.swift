import GenOpsScenario
import GenOpsUnits

/// What one scenario of a sweep came to, "as is".
package struct SweepRow: Sendable, Equatable {
  /// What the numbers are a function of.
  package var source: ShardSource
  /// By axis.
  package var values: [String]
  package var currency: String
  /// Currency units of the whole period.
  package var mean: Double
  package var p10: Double
  package var p90: Double
  /// Of the first budget; nil without one.
  package var breachProbability: Double?
  /// The amount that 80 of 100 futures stay within; nil where none may be named.
  package var askFor: Double?
  /// Items refused or sampled, in the mean, and those of critical classes.
  package var lost: Double
  package var critical: Double
  /// The option that costs least in the mean, with what it costs; nil without options.
  package var cheapest: String?
  package var cheapestMean: Double?

  init(_ run: ScenarioRun, values: [String]) {
    let asIs = run.result.options[0]
    source = ShardSource(run.plan)
    self.values = values
    currency = run.result.currency
    mean = asIs.cost.mean
    p10 = asIs.cost.p10
    p90 = asIs.cost.p90
    breachProbability = asIs.breachProbability
    askFor = asIs.askFor
    lost = asIs.lost.total
    critical = asIs.lost.critical
    let best = run.result.options.dropFirst().min { $0.cost.mean < $1.cost.mean }
    cheapest = best?.name
    cheapestMean = best?.cost.mean
  }

  /// A line of a file in which a sweep remembers what it has run. Numbers have all their digits.
  var line: String {
    func number(_ value: Double?) -> JSONValue { value.map { .double($0) } ?? .null }
    return JSONValue.object(
      [
        .init("sweep", "scenario"), .init("values", .array(values.map { .string($0) })),
        .init("currency", .string(currency)), .init("mean", number(mean)),
        .init("p10", number(p10)), .init("p90", number(p90)),
        .init("breachProbability", number(breachProbability)), .init("askFor", number(askFor)),
        .init("lost", number(lost)), .init("critical", number(critical)),
        .init("cheapest", cheapest.map { .string($0) } ?? .null),
        .init("cheapestMean", number(cheapestMean)),
      ] + source.members
    ).description
  }

  /// Nil where the line is not whole.
  init?(_ line: some Collection<UInt8>) {
    guard let node = try? JSONParser.parse(line, file: "sweep"),
      node["sweep"]?.text == "scenario", let source = ShardSource(node),
      let values = node["values"]?.sequence?.compactMap(\.text),
      let currency = node["currency"]?.text
    else { return nil }
    func number(_ key: String) -> Double? { node[key]?.text.flatMap { Double($0) } }
    guard let mean = number("mean"), let p10 = number("p10"), let p90 = number("p90"),
      let lost = number("lost"), let critical = number("critical")
    else { return nil }
    self.source = source
    self.values = values
    self.currency = currency
    self.mean = mean
    self.p10 = p10
    self.p90 = p90
    breachProbability = number("breachProbability")
    askFor = number("askFor")
    self.lost = lost
    self.critical = critical
    cheapest = node["cheapest"].flatMap { $0.isNull ? nil : $0.text }
    cheapestMean = number("cheapestMean")
  }
}
