public import GenOpsUnits

extension Correlations {
  /// Correlations as a scenario writes them: a list of pairs, or a mapping with a copula.
  ///
  ///     - {between: [events.rate, recordings.rate], rank: 0.6}
  ///
  ///     {copula: t, degrees: 4, pairs: [{between: [a, b], rank: 0.6}]}
  public static func decode(
    _ node: Node, among inputs: [UncertainInput], _ findings: inout Findings
  ) -> Correlations? {
    guard let (pairs, copula) = decodePairs(node, &findings) else { return nil }
    return Correlations(pairs, copula: copula, among: inputs, &findings)
  }

  /// The pairs and the copula as they are written, for callers that add pairs of their own.
  public static func decodePairs(_ node: Node, _ findings: inout Findings)
    -> (pairs: [Pair], copula: Copula)?
  {
    var copula: Copula? = .gaussian
    var list: Node? = node
    if node.mapping != nil {
      var keys = MappingReader(node, "correlations", &findings)
      let kind = keys.take("copula")
      let degrees = keys.take("degrees")
      list = keys.required("pairs", example: "pairs: [{between: [a, b], rank: 0.6}]", &findings)
      keys.finish(&findings)
      copula = decodeCopula(kind, degrees, &findings)
    }
    guard let list else { return nil }
    guard let items = list.sequence else {
      findings.error(
        "wrong-type", "correlations are a list of pairs",
        help: "- {between: [a, b], rank: 0.6}", at: list.location)
      return nil
    }
    let pairs = items.map { pair($0, &findings) }
    guard let copula, !pairs.contains(nil) else { return nil }
    return (pairs.compactMap { $0 }, copula)
  }

  private static func decodeCopula(_ kind: Node?, _ degrees: Node?, _ findings: inout Findings)
    -> Copula?
  {
    switch kind?.text ?? "gaussian" {
    case "gaussian":
      guard let degrees else { return .gaussian }
      findings.error(
        "wrong-value", "a Gaussian copula has no degrees of freedom", help: "copula: t",
        at: degrees.location)
    case "t":
      if let value = degrees?.text.flatMap({ NumberText.value($0) }), (1...200).contains(value) {
        return .t(degrees: value)
      }
      findings.error(
        "wrong-value", "a t copula needs degrees of freedom from 1 to 200", help: "degrees: 4",
        at: degrees?.location ?? kind?.location)
    default:
      findings.error(
        "unknown-kind", "there is no copula '\(kind?.text ?? "")'", help: "known: gaussian, t",
        at: kind?.location)
    }
    return nil
  }

  private static func pair(_ node: Node, _ findings: inout Findings) -> Pair? {
    var keys = MappingReader(node, "a correlation", &findings)
    let between = keys.required("between", example: "between: [a, b]", &findings)
    let rank = keys.required("rank", example: "rank: 0.6", &findings)
    keys.finish(&findings)
    let names = between?.sequence?.compactMap(\.text)
    if let between, names?.count != 2 {
      findings.error(
        "wrong-type", "'between' names two inputs", help: "between: [a, b]", at: between.location)
    }
    let value = rank?.text.flatMap { NumberText.value($0) }
    if let rank, value == nil {
      findings.error(
        "wrong-value", "'rank' is a number between -1 and 1", help: "rank: 0.6", at: rank.location)
    }
    guard let names, names.count == 2, let value else { return nil }
    return Pair(names[0], names[1], value, at: node.location)
  }
}
