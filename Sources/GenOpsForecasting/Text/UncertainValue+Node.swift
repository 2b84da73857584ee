public import GenOpsUnits

extension UncertainValue {
  /// A distribution spelled out:
  ///
  ///     {dist: normal, mean: 4% per month, sd: 1% per month}
  ///     {dist: lognormal, p5: 100, p95: 140}
  ///     {dist: uniform, low: 2, high: 3}
  ///
  /// `number` reads one number with whatever unit the key takes and reports what it cannot read.
  public static func decode(
    _ node: Node, key: String, _ findings: inout Findings,
    number: (Node, _ key: String, inout Findings) -> Double?
  ) -> UncertainValue? {
    var keys = MappingReader(node, "the distribution of '\(key)'", &findings)
    guard
      let kind = keys.required("dist", example: "dist: normal", &findings)
    else { return nil }
    let names: (String, String)
    switch kind.text {
    case "normal": names = ("mean", "sd")
    case "lognormal": names = ("p5", "p95")
    case "uniform": names = ("low", "high")
    default:
      let near = nearestName(to: kind.text ?? "", among: ["normal", "lognormal", "uniform"])
      findings.error(
        "unknown-kind", "there is no distribution '\(kind.text ?? kind.kindName)'",
        help: near.map { "did you mean '\($0)'?" } ?? "known: normal, lognormal, uniform",
        at: kind.location)
      return nil
    }
    let first = keys.required(names.0, example: "\(names.0): 3", &findings)
    let second = keys.required(names.1, example: "\(names.1): 4", &findings)
    keys.finish(&findings)
    guard let first, let second else { return nil }
    // Both are read before giving up, so that both are reported.
    let a = number(first, names.0, &findings)
    let b = number(second, names.1, &findings)
    guard let a, let b else { return nil }
    func wrong(_ message: String) -> UncertainValue? {
      findings.error("wrong-value", message, at: second.location)
      return nil
    }
    switch names.0 {
    case "mean":
      if b < 0 { return wrong("a standard deviation is not negative") }
      return b == 0 ? .constant(a) : .normal(mean: a, sd: b)
    case "p5":
      if a <= 0 || b < a { return wrong("a lognormal has 0 < p5 <= p95") }
      return try? .between(a, b)
    default:
      if b < a { return wrong("'low' is above 'high'") }
      return a == b ? .constant(a) : .uniform(low: a, high: b)
    }
  }
}
