import GenOpsCosting
import GenOpsHistory
import GenOpsMetering
import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// What it costs, and how that was checked.
extension ResultReader {
  static func month(_ node: ResultNode) throws -> MonthResult {
    var month = MonthResult(
      month: try node.month("month"), actualDays: try node.whole("actualDays"),
      cost: try node.spread("cost"),
      usage: try node.at("usage").members().map {
        (try meter($0.key, $0.value), try $0.value.spread())
      },
      costByMeter: try node.at("costByMeter").members().map {
        (try meter($0.key, $0.value), try $0.value.spread())
      },
      lost: try lost(node.at("lost")),
      breachProbability: try node.optionalNumber("breachProbability"),
      drivers: try node.texts("drivers"), unknown: try node.texts("unknown"))
    month.wasOver = try node.number("wasOver")
    month.agreedTerms = try node.number("agreedTerms")
    return month
  }

  private static func meter(_ id: String, _ node: ResultNode) throws -> Meter {
    guard let meter = Meter(named: id) else { throw node.failure("the usage of a meter") }
    return meter
  }

  static func lost(_ node: ResultNode) throws -> LostData {
    var lost = LostData(
      refused: try node.number("refused"), sampled: try node.number("sampled"),
      critical: try node.number("critical"), offered: try node.number("offered"),
      byClass: try node.list("byClass").map { (try $0.text("name"), try $0.number("lost")) },
      byMeter: try node.at("byMeter").members().map {
        (try meter($0.key, $0.value), try $0.value.number())
      })
    lost.offeredByMeter = try node.at("offeredByMeter").members().map {
      (try meter($0.key, $0.value), try $0.value.number())
    }
    return lost
  }

  static func period(_ node: ResultNode) throws -> PeriodResult {
    PeriodResult(
      label: try node.text("label"), start: try node.day("start"), end: try node.day("end"),
      cost: try node.spread("cost"))
  }

  static func attribution(_ node: ResultNode) throws -> AttributionResult {
    func dimension(_ name: String) throws -> String? { try node.optional(name)?.text() }
    return AttributionResult(
      attribution: Attribution(
        team: try dimension("team"), project: try dimension("project"),
        environment: try dimension("environment"), customer: try dimension("customer"),
        costCenter: try dimension("cost_center"), feature: try dimension("feature")),
      cost: try node.spread("cost"), proRata: try node.number("proRata"))
  }

  static func billCheck(_ node: ResultNode) throws -> BillCheck {
    let discount = try node.optional("discount")
    return BillCheck(
      months: try node.list("months").map {
        BillCheck.Month(
          month: try $0.month("month"), modelled: try $0.money("modelled"),
          billed: try $0.money("billed"))
      }, modelled: try node.money("modelled"), billed: try node.money("billed"),
      passes: try node.bool("passes"), leftOut: try node.list("leftOut").map { try $0.meter() },
      discount: try discount.map {
        guard let percent = Percent(try $0.text()) else { throw $0.failure("a percentage") }
        return percent
      })
  }

  static func actual(_ node: ResultNode) throws -> ActualPeriod {
    ActualPeriod(
      start: try node.day("start"), end: try node.day("end"), knownTo: try node.day("knownTo"),
      lines: try node.list("lines").map { line in
        .init(
          label: try line.text("label"), meter: try line.optional("meter")?.meter(),
          project: try line.optional("project")?.text(),
          units: try line.optional("units").map { _ in Int64(try line.whole("units")) },
          listed: try line.optional("listed").map { _ in try line.money("listed") },
          billed: try line.optional("billed").map { _ in try line.money("billed") })
      }, unknown: try node.list("unknown").map { try $0.meter() })
  }

  static func trackRecord(_ node: ResultNode) throws -> TrackRecord {
    TrackRecord(
      months: try node.whole("months"),
      meanAbsolutePercentError: try node.number("meanAbsolutePercentError"),
      coverage80: try node.number("coverage80"), widening: try node.number("widening"),
      simple: try node.optional("simple").map {
        .init(flat: try $0.number("flat"), sameMonth: try $0.optionalNumber("sameMonth"))
      })
  }

  static func bridge(_ node: ResultNode) throws -> YearBridge {
    YearBridge(
      lastYear: try node.list("lastYear").map { try $0.money("cost") },
      steps: try node.list("steps").map {
        .init(
          kind: try $0.word("kind"), label: try $0.text("label"), amount: try $0.number("amount"))
      }, volumeMeter: try node.optional("volumeMeter")?.meter(),
      expected: try node.number("expected"))
  }

  static func fan(_ node: ResultNode) throws -> Fan {
    func line(_ key: String) throws -> [Double] { try node.list(key).map { try $0.number() } }
    let days = try node.list("days").map { try $0.day() }
    let (mean, p10, p50, p90) = (
      try line("mean"), try line("p10"), try line("p50"), try line("p90")
    )
    guard [mean, p10, p50, p90].allSatisfy({ $0.count == days.count }) else {
      throw node.failure("one value of each line for each day")
    }
    return Fan(
      days: days.indices.map {
        .init(day: days[$0], p10: p10[$0], p50: p50[$0], p90: p90[$0], mean: mean[$0])
      }, actualDays: try node.whole("actualDays"),
      budget: try node.optional("budget") == nil ? nil : try node.money("budget"),
      options: try node.list("options").map {
        (try $0.text("name"), try $0.list("mean").map { try $0.number() })
      })
  }
}
