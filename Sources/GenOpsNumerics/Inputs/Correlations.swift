public import GenOpsUnits

/// Which inputs move together: rank correlations that were found consistent.
///
/// Inputs that are tied to each other, directly or through others, form a group; an input in no
/// group stays independent, and its draws do not change whatever the groups do.
public struct Correlations: Sendable, Hashable {
  /// One rank correlation (Spearman's ρ) between two inputs.
  public struct Pair: Sendable, Hashable {
    public var first: String
    public var second: String
    /// −1…1.
    public var rank: Double
    public var location: SourceLocation?

    /// `rank` is Spearman's, −1…1, between two inputs by name.
    public init(
      _ first: String, _ second: String, _ rank: Double, at location: SourceLocation? = nil
    ) {
      self.first = first
      self.second = second
      self.rank = rank
      self.location = location
    }
  }

  struct Group: Sendable, Hashable {
    /// In the order of the inputs.
    var names: [String]
    /// The Cholesky factor of their normal correlations, by rows.
    var factor: [Double]
  }

  let copula: Copula
  let groups: [Group]

  /// No input is tied to another.
  public static let none = Correlations(copula: .gaussian, groups: [])

  private init(copula: Copula, groups: [Group]) {
    self.copula = copula
    self.groups = groups
  }

  /// The correlations of `pairs` among `inputs`; pairs that are not named have 0. Nil with findings
  /// when a name is unknown or certain, a number is not a correlation, or the numbers cannot all
  /// hold: that finding offers the nearest that can.
  public init?(
    _ pairs: [Pair], copula: Copula = .gaussian, among inputs: [UncertainInput],
    _ findings: inout Findings
  ) {
    var all = Findings()
    Correlations.check(pairs, inputs, &all)
    if all.hasErrors {
      findings.merge(all)
      return nil
    }
    var groups: [Group] = []
    for names in Correlations.groups(pairs, inputs.map(\.name)) {
      let inside = pairs.filter { names.contains($0.first) }
      if let factor = Correlations.factor(names, inside, copula, &all) {
        groups.append(Group(names: names, factor: factor))
      }
    }
    findings.merge(all)
    if all.hasErrors { return nil }
    self.init(copula: copula, groups: groups)
  }

  private static func check(
    _ pairs: [Pair], _ inputs: [UncertainInput], _ findings: inout Findings
  ) {
    var seen: Set<Set<String>> = []
    for pair in pairs {
      for name in [pair.first, pair.second] {
        guard let input = inputs.first(where: { $0.name == name }) else {
          let near = nearestName(to: name, among: inputs.map(\.name))
          findings.error(
            "unknown-input", "there is no uncertain input '\(name)'",
            help: near.map { "did you mean '\($0)'?" }
              ?? "known: \(inputs.map(\.name).joined(separator: ", "))", at: pair.location)
          continue
        }
        if input.distribution.isConstant {
          findings.error(
            "certain-input", "'\(name)' is known exactly, so nothing moves with it",
            help: "give it an interval, or leave the correlation out", at: pair.location)
        }
      }
      if pair.first == pair.second {
        findings.error(
          "wrong-value", "'\(pair.first)' is correlated with itself", help: "name two inputs",
          at: pair.location)
      } else if !seen.insert([pair.first, pair.second]).inserted {
        findings.error(
          "duplicate-key", "the correlation of '\(pair.first)' and '\(pair.second)' stands twice",
          help: "keep one of them", at: pair.location)
      }
      if !(-1...1).contains(pair.rank) {
        findings.error(
          "wrong-value", "a rank correlation lies between -1 and 1", help: "rank: 0.6",
          at: pair.location)
      }
    }
  }

  /// The names that are correlated, directly or through others, each group in the order of `names`.
  private static func groups(_ pairs: [Pair], _ names: [String]) -> [[String]] {
    var groups: [[String]] = []
    for pair in pairs {
      var merged: Set<String> = [pair.first, pair.second]
      groups.removeAll { group in
        let touches = !merged.isDisjoint(with: group)
        if touches { merged.formUnion(group) }
        return touches
      }
      groups.append(names.filter(merged.contains))
    }
    return groups
  }

  /// The most inputs of a group: the nearest matrix that can hold takes their cube, hundreds of times.
  private static let mostTogether = 100

  /// The Cholesky factor; nil with a finding when the ranks of a group cannot all hold.
  private static func factor(
    _ names: [String], _ pairs: [Pair], _ copula: Copula, _ findings: inout Findings
  ) -> [Double]? {
    let location = pairs.first?.location
    guard names.count <= mostTogether else {
      findings.error(
        "too-large",
        "\(names.count) inputs are correlated with each other; at most \(mostTogether) are",
        help: "let a variable move those that go together", at: location)
      return nil
    }
    do throws(NumericalError) {
      let matrix = normal(names, pairs.map { ($0.first, $0.second, $0.rank) }, copula)
      let least = try matrix.eigen().values.min() ?? 1
      // What rounding takes from a matrix that holds is given back.
      if least > -1e-8 { return try matrix.towardsIdentity(max(0, -least) + 1e-10).cholesky() }
      let offer = try nearest(names, matrix, copula)
      findings.error(
        "impossible-correlations",
        "the correlations of \(names.map { "'\($0)'" }.joined(separator: ", ")) cannot all hold",
        help: "the nearest that can: "
          + offer.map { "\($0.first), \($0.second): \($0.rank)" }.joined(separator: "; "),
        at: location)
    } catch {
      findings.error(
        "impossible-correlations",
        "whether the correlations of \(names.map { "'\($0)'" }.joined(separator: ", ")) can all hold "
          + "cannot be computed, because \(error.meaning)",
        help: "leave some of them out", at: location)
    }
    return nil
  }

  private static func normal(
    _ names: [String], _ ranks: [(String, String, Double)], _ copula: Copula
  ) -> SymmetricMatrix {
    var matrix = SymmetricMatrix(identity: names.count)
    for (first, second, rank) in ranks {
      if let i = names.firstIndex(of: first), let j = names.firstIndex(of: second) {
        matrix[i, j] = copula.correlation(rank: rank)
      }
    }
    return matrix
  }

  /// The nearest ranks that can hold, rounded to hundredths: those that differ from 0.
  private static func nearest(_ names: [String], _ matrix: SymmetricMatrix, _ copula: Copula)
    throws(NumericalError) -> [Pair]
  {
    let nearest = try matrix.nearestCorrelation()
    // Rounding may lead out again; a little of the identity leads back.
    for step in 0...20 {
      let inner = nearest.towardsIdentity(Double(step) * 0.005)
      var pairs: [Pair] = []
      for i in names.indices {
        for j in names.indices where i < j {
          let rank = (copula.rank(correlation: inner[i, j]) * 100).rounded() / 100
          if rank != 0 { pairs.append(Pair(names[i], names[j], rank)) }
        }
      }
      let rounded = normal(names, pairs.map { ($0.first, $0.second, $0.rank) }, copula)
      if try rounded.eigen().values.min() ?? 1 > -1e-8 { return pairs }
    }
    return []
  }
}
