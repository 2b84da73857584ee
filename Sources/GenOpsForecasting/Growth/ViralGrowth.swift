import Foundation
public import GenOpsNumerics
public import GenOpsUnits

/// Users who bring users: a branching process, in a market that may fill up (the SIR model of
/// epidemics, Kermack and McKendrick 1927, with `k` in the place of the reproduction number).
///
///     new = k/c · I · (1 − U/M) + o,   I′ = I + new − I/c,   U′ = U + new   per day, U₀ = 1
///
/// Each user invites for `cycle` c days in the mean, and wins `k` others in that time while the
/// market is empty; I are the users who still invite, `inviting` their part of today's users;
/// `organic` o come by themselves, per month as a part of today's users; `market` M is its size.
/// Below k = 1 the loop adds 1/(1 − k) users for each organic one; above, it grows by itself. With
/// `users`, today's number, chance decides (Poisson invitations, binomial stops).
public struct ViralGrowth: ExpectedGrowth, Hashable {
  public static let name = "viral"
  public static let summary = "users who bring users, until the market is full"
  public static let example = """
    model: viral
    k: 0.3 to 0.6
    cycle: 2 weeks
    inviting: 10% to 20%
    organic: 2% to 4% per month
    users: 5000
    """

  public static let manual = KindManual(
    "new = k/c · I · (1 - U/M) + o, I' = I + new - I/c, U' = U + new per day",
    [
      "k": "users that one user wins in an empty market",
      "cycle": "c, how long a user invites, a time span",
      "inviting": "I on day 0, as a part of today's users, %",
      "organic": "o, users who come by themselves, as a part of today's, % per month",
      "market": "M, its size as a multiple of today's users: x20",
      "users": "today's users, when chance shall decide for each",
      "volatility": "how far each day strays, % per year (standard deviation of the logarithm)",
    ],
    source: "W. Kermack and A. McKendrick 1927, with k for the reproduction number")

  /// Users won per user.
  public var k: UncertainValue
  /// Mean days for which a user invites; a draw below 1 counts as 1.
  public var cycle: UncertainValue
  /// Part of today's users who still invite.
  public var inviting: UncertainValue
  /// Per month, as a part of today's users.
  public var organicPerMonth: UncertainValue
  /// In units of today's users; nil has no end.
  public var market: UncertainValue?
  /// Today's users, for chance; nil leaves chance out.
  public var users: Double?
  public var volatility: Volatility

  public static func decode(_ node: Node, _ findings: inout Findings) -> ViralGrowth? {
    var keys = MappingReader(node, "viral growth", &findings)
    _ = keys.take("model")
    let kNode = keys.required("k", example: "k: 0.3 to 0.6", &findings)
    let cycleNode = keys.required("cycle", example: "cycle: 2 weeks", &findings)
    let invitingNode = keys.required("inviting", example: "inviting: 10% to 20%", &findings)
    let organicNode = keys.required("organic", example: "organic: 2% to 4% per month", &findings)
    let marketNode = keys.take("market")
    let usersNode = keys.take("users")
    let volatility = Volatility.take(from: &keys, &findings)
    keys.finish(&findings)
    let k = ParameterText.read(kNode, key: "k", as: .number, example: "0.3 to 0.6", &findings)
    let cycle = ParameterText.read(
      cycleNode, key: "cycle", as: .span, example: "2 weeks", &findings)
    let inviting = ParameterText.read(
      invitingNode, key: "inviting", as: .share, example: "10% to 20%", &findings)
    let organic = organicNode.flatMap {
      RateText.read($0, key: "organic", as: .proportional, &findings)
    }
    let market = ParameterText.read(
      marketNode, key: "market", as: .factor, example: "x10 to x20", &findings)
    let users = UserCount.read(usersNode, &findings)
    guard let k, let cycle, let inviting, let organic, let users,
      (market != nil) == (marketNode != nil)
    else { return nil }
    return ViralGrowth(
      k: k, cycle: cycle, inviting: inviting, organicPerMonth: organic, market: market,
      users: users.count, volatility: volatility)
  }

  public var parameters: [GrowthParameter] {
    [
      GrowthParameter("k", k), GrowthParameter("cycle", cycle),
      GrowthParameter("inviting", inviting), GrowthParameter("organic", organicPerMonth),
    ] + (market.map { [GrowthParameter("market", $0)] } ?? []) + volatility.parameters
  }
  public var strays: Bool { volatility.isGiven }
  public var isDeterministic: Bool {
    users == nil && parameters.allSatisfy(\.distribution.isConstant) && volatility.isNone
  }

  /// One path's state, in users.
  private struct Loop {
    var wonPerDay: Double
    var stop: Double
    var organic: Double
    var market: Double
    var all: Double
    var inviting: Double

    private var expectedNew: Double {
      wonPerDay * inviting * max(0, 1 - all / market) + organic
    }

    /// One day in which everything is as expected.
    mutating func advance() {
      let new = min(market - all, expectedNew)
      inviting = min(UserCount.most, inviting + new - inviting * stop)
      all = min(UserCount.most, all + new)
    }

    /// One day by chance; the numbers are whole.
    mutating func advance(_ generator: inout RandomGenerator) {
      let drawn = Double(generator.poisson(mean: expectedNew))
      let new = min((market - all).rounded(.down), drawn)
      let stopped = Double(generator.binomial(n: Int64(inviting), p: stop))
      inviting = min(UserCount.most, inviting + new - stopped)
      all = min(UserCount.most, all + new)
    }
  }

  private func loop(_ draw: (UncertainValue) -> Double) -> Loop {
    let won = max(0, draw(k))
    let days = max(1, draw(cycle))
    let part = min(1, max(0, draw(inviting)))
    let organic = max(0, draw(organicPerMonth)) / RateText.daysPerMonth
    let size = users ?? 1
    // A market smaller than today's users is full.
    let market = market.map { max(1, draw($0)) } ?? .infinity
    return Loop(
      wonPerDay: won / days, stop: 1 / days, organic: organic * size, market: market * size,
      all: size, inviting: users == nil ? part : (part * size).rounded())
  }

  public func path(into days: UnsafeMutableBufferPointer<Double>, generator: inout RandomGenerator)
  {
    var loop = loop { $0.value(&generator) }
    var walk = Volatility.Walk(volatility: volatility.drawn(&generator))
    var around = 1.0
    for day in days.indices {
      days[day] = loop.all / (users ?? 1) * around
      if users == nil { loop.advance() } else { loop.advance(&generator) }
      around = walk.next(&generator)
    }
  }

  /// Nil for chance in a market that fills up: what is expected is not linear there.
  public func expectation(days count: Int) -> [Double]? {
    if users != nil, market != nil { return nil }
    var loop = loop { $0.quantile(0.5) }
    return (0..<count).map { _ in
      defer { loop.advance() }
      return loop.all / (users ?? 1)
    }
  }
}
