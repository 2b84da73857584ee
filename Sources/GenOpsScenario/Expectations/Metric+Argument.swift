import GenOpsMetering
import GenOpsUnits

extension Metric.Unit {
  /// Whether `written` is this unit: a currency in either case, months in any spelling.
  func matches(_ written: String?, _ currency: String) -> Bool {
    guard let written else { return self == .count }
    return switch self {
    case .money: Figures.currency(written) == currency
    case .percent: written == "%"
    case .count: false
    case .months: TimeUnit(written) == .month
    }
  }
}

extension Metric {
  /// Whether `argument` can be one of this metric; what is wrong with it by itself is a finding.
  func accepts(
    _ argument: String?, _ currency: String, at location: SourceLocation?,
    _ findings: inout Findings
  ) -> Bool {
    let problem: String
    switch (self.argument, argument) {
    case (nil, let argument?): problem = "\(name) takes no argument, this has '\(argument)'"
    case (.meter, nil) where id == .usage: problem = "\(name) needs its meter"
    case (_, ""): problem = "the brackets after \(name) are empty"
    case (.meter, let argument?) where Meter(named: argument) == nil:
      findings.add(Meter.unknown(argument, at: location))
      return false
    default: return true
    }
    findings.error(
      "metric-argument", problem, help: "write: \(example(currency))", at: location)
    return false
  }
}
