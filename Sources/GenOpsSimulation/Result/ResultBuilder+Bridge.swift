import GenOpsGovernance
import GenOpsHistory
import GenOpsMetering
import GenOpsScenario
import GenOpsUnits

/// The bridge from the year before.
extension ResultBuilder {
  /// Enough for the mean effect of a change, path by path.
  private static let bridgePaths = 200

  /// Nil where the history does not know a meter on every day of the same months a year before, and for a period
  /// longer than a year.
  func bridge() -> YearBridge? {
    guard plan.recording == nil, months.count <= 12, !plan.history.series.isEmpty else {
      return nil
    }
    var before = plan
    before.period.first = plan.period.first.advanced(by: -12)
    before.period.last = plan.period.last.advanced(by: -12)
    // What was used before it is not known, and its months are whole.
    before.opening = .init()
    before.earlier = []
    let expected = meanUsage(simulation.tables[0])
    let shares = expected.map { month in
      month[.events] > 0 ? Double(month[.identifiedEvents]) / Double(month[.events]) : 0
    }
    let known = KnownUsage(plan.history, before.period) { day in
      let month = before.period.start.advanced(by: day).month
      return months.firstIndex { $0.advanced(by: -12) == month }.map { shares[$0] }
    }
    let meters = known.meters.filter { meter in
      (0..<known.dayCount).allSatisfy { known[$0, meter] != nil }
    }
    guard !meters.isEmpty, known.dayCount > 0 else { return nil }
    var past = DailyUsage(dayCount: known.dayCount)
    for day in 0..<known.dayCount {
      for meter in meters { past[day, meter] = known[day, meter] ?? 0 }
    }
    let agreed = AgreedPrices(plan)
    let lastYear = MonthlyBills(before, agreed).months(past)
    let used = months.indices.map { past.totals(known.range(before.period.months[$0])) }
    guard var bridge = steps(lastYear, used, meters, expected, MonthlyBills(plan, agreed)) else {
      return nil
    }
    if let free = agreed.withoutCredits {
      // What credits pay does not change a price: it is taken out of that step into one of its own.
      let all = price(used, MonthlyBills(plan, free)) - price(used, MonthlyBills(plan, agreed))
      let then = MonthlyBills(before, free).months(past).reduce(0) { $0 + $1.approximate }
      let credits = then - lastYear.reduce(0) { $0 + $1.approximate } - all
      bridge.steps[0].amount -= credits
      bridge.steps.insert(.init(kind: .credits, label: "credits", amount: credits), at: 1)
    }
    return bridge
  }

  /// What the months of the period cost with this usage.
  private func price(_ usage: [MeterTotals], _ bills: MonthlyBills) -> Double {
    var daily = DailyUsage(dayCount: plan.period.dayCount)
    for (month, totals) in zip(months, usage) {
      let first = plan.period.start.distance(to: month.firstDay)
      daily.replace(first..<(first + month.dayCount), with: totals)
    }
    return bills.months(daily).reduce(0) { $0 + $1.approximate }
  }

  private func steps(
    _ lastYear: [Money], _ used: [MeterTotals], _ meters: [Meter], _ expected: [MeterTotals],
    _ bills: MonthlyBills
  ) -> YearBridge? {
    func price(_ usage: [MeterTotals]) -> Double { self.price(usage, bills) }
    guard let changes = changeEffects() else { return nil }
    let usual = zip(expected, changes.usage).map { all, change in
      var totals = all
      for meter in Meter.allCases {
        totals[meter] = max(0, totals[meter].subtractingClamped(change[meter]))
      }
      return totals
    }
    let volume = meters.contains(.events) ? Meter.events : meters[0]
    func only(_ totals: MeterTotals, _ kept: [Meter]) -> MeterTotals {
      var some = MeterTotals()
      for meter in kept { some[meter] = totals[meter] }
      return some
    }
    let scaled = zip(used, usual).map { past, usual in
      var totals = MeterTotals()
      for meter in meters {
        totals[meter] =
          past[volume] > 0
          ? MissSplit.scaled(past[meter], by: usual[volume], over: past[volume]) : past[meter]
      }
      return totals
    }
    var at = lastYear.reduce(0.0) { $0 + $1.approximate }
    var steps: [YearBridge.Step] = []
    func step(_ kind: YearBridge.Step.Kind, _ label: String, to value: Double) {
      steps.append(.init(kind: kind, label: label, amount: value - at))
      at = value
    }
    step(.prices, "prices and fees", to: price(used))
    step(.volume, "volume of \(volume.invoiceName)", to: price(scaled))
    step(.mix, "mix of the others", to: price(usual.map { only($0, meters) }))
    var kept = meters
    for meter in Meter.allCases where !meters.contains(meter) {
      guard usual.contains(where: { $0[meter] > 0 }) else { continue }
      kept.append(meter)
      step(
        .unknown, "\(meter.invoiceName), not known a year ago",
        to: price(usual.map { only($0, kept) }))
    }
    let mean = totals(0).reduce(0, +) / Double(max(1, simulation.paths))
    let ofChanges = changes.costs.reduce(0) { $0 + $1.amount }
    let last = mean - ofChanges
    let uncertainty = YearBridge.Step(kind: .uncertainty, label: "uncertainty", amount: last - at)
    steps += changes.costs.map { .init(kind: .change, label: $0.name, amount: $0.amount) }
    return YearBridge(
      lastYear: lastYear, steps: steps + [uncertainty], volumeMeter: volume, expected: mean)
  }

  private func meanUsage(_ table: PathTable) -> [MeterTotals] {
    let paths = table.meterUnits.paths
    return months.indices.map { month in
      var totals = MeterTotals()
      for (slot, meter) in table.meters.enumerated() where paths > 0 {
        let sum = (0..<paths).reduce(Int128(0)) { $0 + Int128(table.meterUnits[$1, month, slot]) }
        totals[meter] = Int64(clamping: sum / Int128(paths))
      }
      return totals
    }
  }

  /// What each of `changes:` adds to the expected cost, in the order of their first days, each beside those before it,
  /// and what all add to the expected usage. Nil where it cannot be walked.
  private func changeEffects() -> (costs: [(name: String, amount: Double)], usage: [MeterTotals])? {
    let none = months.map { _ in MeterTotals() }
    guard !plan.changes.isEmpty else { return ([], none) }
    func walk(_ changes: [PlanChange]) -> PathTable? {
      var plan = plan
      plan.changes = changes
      let worker = try? PathWorker(
        plan, recorded: simulation.recorded, studiesFaults: false, options: [0])
      return try? worker?.walk(0..<min(simulation.paths, ResultBuilder.bridgePaths)).tables[0]
    }
    func mean(_ table: PathTable) -> Double {
      let extra = MonthlyExtras(
        plan.options[0], asIs: plan.options[0], months: months, slices: plan.slices,
        usage: table.usageBySlice, earlier: plan.earlier)
      let paths = table.total.values.count
      return (0..<paths).reduce(0) { $0 + Double(table.total[$1]) / 1e9 + extra.total($1) }
        / Double(max(1, paths))
    }
    var names: [String] = []
    for change in plan.changes.sorted(by: { $0.days.lowerBound < $1.days.lowerBound })
    where !names.contains(change.name) { names.append(change.name) }
    guard let first = walk([]), let last = walk(plan.changes) else { return nil }
    var at = mean(first)
    var costs: [(name: String, amount: Double)] = []
    for index in names.indices {
      let sofar = Set(names[...index])
      guard
        let table = index == names.count - 1
          ? last : walk(plan.changes.filter { sofar.contains($0.name) })
      else { return nil }
      let value = mean(table)
      costs.append((names[index], value - at))
      at = value
    }
    let usage = zip(meanUsage(last), meanUsage(first)).map { all, usual in
      var totals = MeterTotals()
      for meter in Meter.allCases { totals[meter] = all[meter] - usual[meter] }
      return totals
    }
    return (costs, usage)
  }
}
