public import GenOpsUnits

extension UncertainValue {
  /// A distribution spelled out, of any kind in ``Distributions``, cut off by `min` and `max`:
  ///
  ///     {dist: normal, mean: 4% per month, sd: 1% per month}
  ///     {dist: lognormal, p5: 100, p95: 140, max: 200}
  ///     {dist: beta, alpha: 2, beta: 5}
  ///
  /// `reader` reads one amount with whatever unit the key takes and reports what it cannot read.
  public static func decode(
    _ node: Node, key: String, _ findings: inout Findings, amount reader: @escaping AmountReader
  ) -> UncertainValue? {
    var keys = DistributionReader(node, key: key, amount: reader)
    defer { findings.merge(keys.findings) }
    guard let kind = keys.required("dist", example: "normal") else { return nil }
    guard let type = Distributions.registry[kind.text ?? ""] else {
      let near = nearestName(to: kind.text ?? "", among: Distributions.registry.names)
      findings.error(
        "unknown-kind", "there is no distribution '\(kind.text ?? kind.kindName)'",
        help: near.map { "did you mean '\($0)'?" }
          ?? "known: \(Distributions.registry.names.joined(separator: ", "))", at: kind.location)
      return nil
    }
    let distribution = type.decode(&keys)
    let isCut = keys.has("min") || keys.has("max")
    let low = keys.optionalAmount("min")
    let high = keys.optionalAmount("max")
    keys.finish()
    guard let distribution, !keys.findings.hasErrors else { return nil }
    let value = UncertainValue.distribution(distribution)
    guard isCut else { return value }
    if let low, let high, low >= high {
      keys.refuse("'min' lies below 'max'")
      return nil
    }
    guard
      let cut = TruncatedDistribution(value, low: low ?? -.infinity, high: high ?? .infinity)
    else {
      keys.refuse(
        "less than a millionth of the distribution lies between 'min' and 'max'",
        help: "half of it lies below \(NumberText.shown(value.quantile(0.5)))")
      return nil
    }
    return .truncated(cut)
  }
}
