import Foundation
public import GenOpsNumerics
public import GenOpsUnits

/// Users as a stock with flows: new ones come, some leave, some of those who left come back. Usage
/// follows the number of users.
///
///     U′ = U − c·U + b·L + n·(1 + g)^t,   L′ = L + c·U − b·L   per day, U₀ = 1
///
/// U active and L lapsed users in units of today's users; `new` n per month as a part of today's
/// users, `new_growth` g how that inflow itself grows; `churn` c the part of the active who leave,
/// `returning` b the part of the lapsed who come back, per month; `lapsed` L on day 0. With
/// `users`, today's number, chance decides for each user (binomial and Poisson numbers); the
/// expectation is the same. From a history: the parts are counted where there are user tables.
public struct UserFlowGrowth: ExpectedGrowth, Hashable {
  public static let name = "users"
  public static let summary = "new users, churn and users who come back"
  public static let example = """
    model: users
    new: 6% to 9% per month
    new_growth: 1% per month
    churn: 3% to 5% per month
    returning: 2% per month
    lapsed: x0.8
    users: 4000
    """

  public static let manual = KindManual(
    "U' = U - c·U + b·L + n·(1 + g)^t, L' = L + c·U - b·L per day, U = 1 on day 0",
    [
      "new": "n, new users as a part of today's, % per month",
      "new_growth": "g, how that inflow grows, % per month",
      "churn": "c, the part of the active who leave, % per month",
      "returning": "b, the part of the lapsed who come back, % per month",
      "lapsed": "L on day 0, as a multiple of today's users: x0.8",
      "users": "today's users, when chance shall decide for each",
      "volatility": "how far each day strays, % per year (standard deviation of the logarithm)",
    ],
    source: "stock and flow: J. Forrester 1961",
    calibration: "the parts are counted in tables of users")

  /// New users per month as a part of today's users.
  public var newPerMonth: UncertainValue
  /// Growth of that inflow, fraction per month.
  public var newGrowthPerMonth: UncertainValue
  /// Part per month that leaves, and that comes back.
  public var churnPerMonth: UncertainValue
  public var returningPerMonth: UncertainValue
  /// Lapsed users today, in units of today's users.
  public var lapsed: UncertainValue
  /// Today's users, for chance; nil leaves chance out.
  public var users: Double?
  public var volatility: Volatility

  public static func decode(_ node: Node, _ findings: inout Findings) -> UserFlowGrowth? {
    var keys = MappingReader(node, "growth by users", &findings)
    _ = keys.take("model")
    let newNode = keys.required("new", example: "new: 6% to 9% per month", &findings)
    let growthNode = keys.take("new_growth")
    let churnNode = keys.required("churn", example: "churn: 3% to 5% per month", &findings)
    let backNode = keys.take("returning")
    let lapsedNode = keys.take("lapsed")
    let usersNode = keys.take("users")
    let volatility = Volatility.take(from: &keys, &findings)
    keys.finish(&findings)
    func rate(_ node: Node?, _ key: String, _ kind: RateText.Kind) -> UncertainValue? {
      guard let node else { return .constant(0) }
      return RateText.read(node, key: key, as: kind, &findings)
    }
    let new = rate(newNode, "new", .proportional)
    let growth = rate(growthNode, "new_growth", .compound)
    let churn = rate(churnNode, "churn", .loss)
    let back = rate(backNode, "returning", .loss)
    let lapsed =
      lapsedNode == nil
      ? .constant(0)
      : ParameterText.read(lapsedNode, key: "lapsed", as: .factor, example: "x0.8", &findings)
    let users = UserCount.read(usersNode, &findings)
    guard newNode != nil, churnNode != nil, let new, let growth, let churn, let back, let lapsed,
      let users
    else { return nil }
    return UserFlowGrowth(
      newPerMonth: new, newGrowthPerMonth: growth, churnPerMonth: churn, returningPerMonth: back,
      lapsed: lapsed, users: users.count, volatility: volatility)
  }

  public var parameters: [GrowthParameter] {
    [
      GrowthParameter("new", newPerMonth), GrowthParameter("new_growth", newGrowthPerMonth),
      GrowthParameter("churn", churnPerMonth), GrowthParameter("returning", returningPerMonth),
      GrowthParameter("lapsed", lapsed),
    ] + volatility.parameters
  }
  public var strays: Bool { volatility.isGiven }
  public var isDeterministic: Bool {
    users == nil && parameters.allSatisfy(\.distribution.isConstant) && volatility.isNone
  }

  /// One path's flows per day.
  private struct Flows {
    var new: Double
    var newFactor: Double
    var churn: Double
    var back: Double
    var active: Double
    var lapsed: Double

    /// One day in which everything is as expected.
    mutating func advance() {
      let (left, returned) = (active * churn, lapsed * back)
      active += returned + new - left
      lapsed += left - returned
      new *= newFactor
    }

    /// One day by chance; the numbers are whole.
    mutating func advance(_ generator: inout RandomGenerator) {
      let left = Double(generator.binomial(n: Int64(active), p: churn))
      let returned = Double(generator.binomial(n: Int64(lapsed), p: back))
      active = min(UserCount.most, active + returned - left + Double(generator.poisson(mean: new)))
      lapsed = min(UserCount.most, lapsed + left - returned)
      new = min(UserCount.most, new * newFactor)
    }
  }

  private func flows(_ draw: (UncertainValue) -> Double) -> Flows {
    func daily(_ part: Double) -> Double {
      -expm1(log1p(-min(0.999999, max(0, part))) / RateText.daysPerMonth)
    }
    let new = min(UserCount.most, max(0, draw(newPerMonth))) / RateText.daysPerMonth
    let factor = exp(DailyRate.log(perMonth: draw(newGrowthPerMonth)))
    let churn = daily(draw(churnPerMonth))
    let back = daily(draw(returningPerMonth))
    let size = users ?? 1
    let lapsed = min(UserCount.most, max(0, draw(lapsed)) * size)
    return Flows(
      new: min(UserCount.most, new * size), newFactor: factor, churn: churn, back: back,
      active: size,
      lapsed: users == nil ? lapsed : lapsed.rounded())
  }

  public func path(into days: UnsafeMutableBufferPointer<Double>, generator: inout RandomGenerator)
  {
    var flows = flows { $0.value(&generator) }
    var walk = Volatility.Walk(volatility: volatility.drawn(&generator))
    var around = 1.0
    for day in days.indices {
      days[day] = flows.active / (users ?? 1) * around
      if users == nil { flows.advance() } else { flows.advance(&generator) }
      around = walk.next(&generator)
    }
  }

  public func expectation(days count: Int) -> [Double]? {
    var flows = flows { $0.quantile(0.5) }
    return (0..<count).map { _ in
      defer { flows.advance() }
      return flows.active / (users ?? 1)
    }
  }
}
