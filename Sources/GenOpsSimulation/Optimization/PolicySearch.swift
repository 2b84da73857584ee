import GenOpsScenario
package import GenOpsUnits

/// Finds the best of all combinations of choices. Where they are few, all are tried; else policies are bettered
/// one choice at a time from several starts, and two at a time where one does not help any more (coordinate
/// exchange; Meyer and Nachtsheim 1995, Technometrics 37:60).
///
/// It draws nothing, so it looks at the same policies for any seed and any number of threads.
package struct PolicySearch {
  /// Judges policies, all on the same futures.
  package typealias Judge = @Sendable ([[Int]]) async throws(FindingsError) -> [PolicyEvaluation]

  /// How many choices each variable has; the first leaves its place as it is.
  package let levels: [Int]
  /// Up to how many combinations all are tried.
  package let exhaustiveLimit: Int
  /// The most policies that are tried otherwise.
  package let most: Int
  private let judge: Judge
  private let onProgress: @Sendable (Double) -> Void

  /// What was tried, in the order in which it was.
  package private(set) var tried: [PolicyEvaluation] = []
  private var places: [[Int]: Int] = [:]

  package init(
    levels: [Int], exhaustiveLimit: Int, most: Int,
    onProgress: @escaping @Sendable (Double) -> Void = { _ in }, judge: @escaping Judge
  ) {
    self.levels = levels
    self.exhaustiveLimit = exhaustiveLimit
    self.most = most
    self.judge = judge
    self.onProgress = onProgress
  }

  /// All combinations; infinity is more than can be counted.
  package var combinations: Double { levels.reduce(1.0) { $0 * Double($1) } }
  package var isExhaustive: Bool { combinations <= Double(exhaustiveLimit) }

  /// Policies that one simulation walks.
  private static let batch = 48
  /// The most pairs that are tried around one policy.
  private static let mostPairs = 600
  private static let starts = 8

  /// Tries what leads to the best policy, and to the front of cost against loss.
  package mutating func run() async throws(FindingsError) {
    if isExhaustive {
      try await evaluate(all)
      return
    }
    for start in starts {
      try await descend(from: start, pairs: true, by: \.standing)
      if tried.count >= most { return }
    }
    // On the way from what loses nothing to what costs least lie the points of the front: each is the best for
    // some worth of what is lost.
    guard let asIs = tried.first, let cheapest = tried.min(by: { $0.shownCost < $1.shownCost }),
      cheapest.summary.lost.total > asIs.summary.lost.total
    else { return }
    let worth =
      (asIs.shownCost - cheapest.shownCost)
      / (cheapest.summary.lost.total - asIs.summary.lost.total)
    for factor in [0.0, 0.25, 1, 4] where tried.count < most {
      try await descend(from: asIs.choices, pairs: false) {
        var standing = $0.standing
        standing.violation = 0
        standing.primary = $0.shownCost + factor * worth * $0.summary.lost.total
        standing.secondary = $0.summary.lost.total
        return standing
      }
    }
  }

  /// Those that were tried, the best first.
  package var ranked: [PolicyEvaluation] { tried.sorted { $0.standing < $1.standing } }

  /// Tries those that were not yet.
  package mutating func evaluate(_ policies: [[Int]]) async throws(FindingsError) {
    var new: [[Int]] = []
    for policy in policies where places[policy] == nil {
      // Its place among those that are tried; at most as many as there are policies.
      places[policy] = tried.count + new.count
      new.append(policy)
    }
    for first in stride(from: 0, to: new.count, by: PolicySearch.batch) {
      let part = Array(new[first..<min(new.count, first + PolicySearch.batch)])
      tried += try await judge(part)
      onProgress(min(1, Double(tried.count) / min(combinations, Double(most))))
    }
  }

  // MARK: Around a policy

  /// Goes from `start` to a policy that no other choice of one variable betters, nor of two where `pairs`.
  private mutating func descend(
    from start: [Int], pairs: Bool, by standing: (PolicyEvaluation) -> PolicyStanding
  ) async throws(FindingsError) {
    var here = start
    try await evaluate([here])
    while tried.count < most {
      if let better = try await best(of: neighbours(of: here), than: here, by: standing) {
        here = better
      } else if pairs,
        let better = try await best(of: pairNeighbours(of: here), than: here, by: standing)
      {
        here = better
      } else {
        return
      }
    }
  }

  private mutating func best(
    of policies: [[Int]], than here: [Int], by standing: (PolicyEvaluation) -> PolicyStanding
  ) async throws(FindingsError) -> [Int]? {
    try await evaluate(policies)
    let now = places[here].map { standing(tried[$0]) }
    let found = policies.compactMap { places[$0] }.map { tried[$0] }
      .min { standing($0) < standing($1) }
    guard let found, let now, standing(found) < now else { return nil }
    return found.choices
  }

  private func neighbours(of policy: [Int]) -> [[Int]] {
    levels.indices.flatMap { variable in
      (0..<levels[variable]).filter { $0 != policy[variable] }.map { choice in
        var other = policy
        other[variable] = choice
        return other
      }
    }
  }

  /// Two variables at once: all where they are few, else evenly many of them.
  private func pairNeighbours(of policy: [Int]) -> [[Int]] {
    var pairs: [[Int]] = []
    for first in levels.indices {
      for second in levels.indices.dropFirst(first + 1) {
        for a in 0..<levels[first] where a != policy[first] {
          for b in 0..<levels[second] where b != policy[second] {
            var other = policy
            other[first] = a
            other[second] = b
            pairs.append(other)
          }
        }
      }
    }
    // At least one where there is one, so the division holds.
    let step = max(1, (pairs.count + PolicySearch.mostPairs - 1) / PolicySearch.mostPairs)
    return stride(from: 0, to: pairs.count, by: step).map { pairs[$0] }
  }

  /// As it is, all the way, and between them places that are spread over the grid.
  private var starts: [[Int]] {
    [levels.map { _ in 0 }, levels.map { $0 - 1 }]
      + (1..<PolicySearch.starts - 1).map { number in
        // Both are small whole numbers, so the product and the sum fit.
        levels.enumerated().map { ($0.offset * number + number) % $0.element }
      }
  }

  /// Every combination, the last variable running fastest.
  private var all: [[Int]] {
    levels.reduce([[]]) { heads, count in
      heads.flatMap { head in (0..<count).map { head + [$0] } }
    }
  }
}
