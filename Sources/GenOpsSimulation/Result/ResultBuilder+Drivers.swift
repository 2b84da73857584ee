import GenOpsNumerics
import GenOpsScenario

extension ResultBuilder {
  /// More futures than this move no digit that is shown.
  private static let driverPaths = 20_000
  /// What explains less of a figure is left out: of so many futures chance explains a part whose standard deviation is
  /// √6 over their number.
  private func leastShare(_ paths: Int) -> Double { max(0.001, 10 / Double(paths)) }

  /// What each uncertain input does to the cost "as is", and to its net present value.
  func drivers(_ value: ValueDraws) -> FigureDrivers {
    let paths = min(simulation.paths, ResultBuilder.driverPaths)
    let costs = Array(totals(0).prefix(paths))
    let values =
      plan.scenario.value == nil
      ? []
      : value.flows(
        option: 0, bills: costsByMonth(0).prefix(paths).flatMap { $0 },
        lost: lostByMonth(0),
        paths: paths
      ).map(\.netPresentValue)
    let sampler = plan.inputs.sampler
    // What an option alone draws moves nothing of "as is".
    let uncertain = sampler.inputs.indices.filter {
      !sampler.inputs[$0].distribution.isConstant && !sampler.inputs[$0].name.hasPrefix("option.")
    }
    guard !uncertain.isEmpty, paths > 1 else { return FigureDrivers() }
    var columns = [[Double]](repeating: [], count: uncertain.count)
    for path in 0..<paths {
      let uniforms = sampler.uniforms(path: path)
      for (place, input) in uncertain.enumerated() { columns[place].append(uniforms[input]) }
    }
    let spread = distribution(costs)
    let range = spread.p90 - spread.p10
    // Less than half a cent apart are sums that were rounded, and no spread that something could explain.
    let isSpread = (costs.max() ?? 0) - (costs.min() ?? 0) >= 0.005
    let drivers = zip(uncertain, columns).compactMap { input, uniforms in
      driver(sampler.inputs[input], uniforms, isSpread ? costs : [], costs, values, range)
    }
    let explained = drivers.reduce(0) { $0 + $1.share }
    return FigureDrivers(
      inputs: drivers.enumerated().sorted {
        ($1.element.swing, $0.offset) < ($0.element.swing, $1.offset)
      }.map(\.element),
      rest: isSpread ? max(0, 1 - explained) : 0)
  }

  private func driver(
    _ input: UncertainInput, _ uniforms: [Double], _ spread: [Double], _ costs: [Double],
    _ values: [Double], _ range: Double
  ) -> FigureDriver? {
    let least = leastShare(costs.count)
    func effect(_ figures: [Double]) -> MainEffect? {
      MainEffect(uniforms: uniforms, figures: figures).flatMap { $0.share >= least ? $0 : nil }
    }
    let cost = spread.isEmpty ? nil : effect(spread)
    let ofValue = values.isEmpty ? nil : effect(values)
    guard cost != nil || ofValue != nil else { return nil }
    let mean = Statistics.mean(costs)
    let share = cost?.share ?? 0
    let distribution = input.distribution
    return FigureDriver(
      name: input.name, origin: origin(input.name), low: distribution.quantile(0.1),
      mean: distribution.mean, high: distribution.quantile(0.9),
      costLow: cost?.expected(at: 0.1) ?? mean, costHigh: cost?.expected(at: 0.9) ?? mean,
      share: share, worth: range * (1 - (1 - share).squareRoot()),
      npv: ofValue.map { ($0.expected(at: 0.1), $0.expected(at: 0.9)) },
      breakEven: ofValue?.crossing(of: 0).map(distribution.quantile))
  }

  func origin(_ name: String) -> FigureDriver.Origin {
    if let draw = plan.draws.first(where: { $0.name == name }) {
      return draw.assumption == nil ? .given : .assumed
    }
    let isFitted = plan.scenario.growth.contains {
      $0.fit != nil && name.hasPrefix("growth.\($0.target.name).")
    }
    return isFitted ? .history : .given
  }
}
