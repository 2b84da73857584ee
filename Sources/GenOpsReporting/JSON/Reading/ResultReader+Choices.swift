import GenOpsMetering
import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// What can be decided, what it is worth, and what may go wrong.
extension ResultReader {
  static func budget(_ node: ResultNode) throws -> BudgetResult {
    var budget = BudgetResult(
      name: try node.text("name"), limit: try node.money("limit"), period: try node.word("period"),
      refuses: try node.bool("refuses"), breachProbability: try node.number("breachProbability"),
      firstBreach: try node.optional("firstBreach").map {
        (try $0.day("p10"), try $0.day("p50"), try $0.day("p90"))
      }, expectedOvershoot: try node.number("expectedOvershoot"),
      askFor: try node.optionalNumber("askFor"),
      askForWithOption: try node.optional("askForWithOption").map {
        (try $0.text("option"), try $0.number("amount"))
      })
    budget.wasOver = try node.number("wasOver")
    return budget
  }

  static func option(_ node: ResultNode) throws -> OptionResult {
    var option = OptionResult(
      name: try node.text("name"), cost: try node.spread("cost"), saves: try node.spread("saves"),
      breachProbability: try node.optionalNumber("breachProbability"),
      refuses: try node.bool("refuses"), assumptions: try node.texts("assumptions"),
      shownSaving: try node.number("shownSaving"), lost: try lost(node.at("lost")),
      sideEffects: try node.texts("sideEffects"), npv: try node.optional("npv")?.spread(),
      askFor: try node.optionalNumber("askFor"))
    option.wasOver = try node.number("wasOver")
    option.decision = try node.optional("decision").map {
      DecisionReturn(
        cost: try $0.spread("cost"), net: try $0.spread("net"),
        probabilityOfLoss: try $0.number("probabilityOfLoss"),
        paybackMonths: try $0.spread("paybackMonths", null: .infinity),
        paybackProbability: 1 - (try $0.at("paybackMonths").number("neverShare")),
        npv: try $0.optional("npv")?.spread(), roi: try $0.optional("roi")?.spread(),
        discountRatePerYear: try $0.number("discountRatePerYear"))
    }
    return option
  }

  static func value(_ node: ResultNode) throws -> ReturnOnInvestment {
    var value = ReturnOnInvestment(
      npv: try node.spread("npv"), roi: try node.optional("roi")?.spread(),
      benefitCostRatio: try node.optional("benefitCostRatio")?.spread(),
      irr: try node.optionalNumber("irr"),
      paybackMonths: try node.spread("paybackMonths", null: .infinity),
      simplePaybackMonths: try node.spread("simplePaybackMonths", null: .infinity),
      paybackProbability: try node.number("paybackProbability"),
      probabilityOfLoss: try node.number("probabilityOfLoss"),
      discountRatePerYear: try node.number("discountRatePerYear"),
      lines: try node.list("lines").map {
        (try $0.text("name"), try $0.text("kind"), try $0.number("presentValue"))
      },
      sensitivity: try node.list("sensitivity").map {
        (try $0.text("input"), try $0.number("low"), try $0.number("high"))
      })
    value.flows = try node.list("flows").map {
      ValueFlow(
        name: try $0.text("name"), kind: try $0.text("kind"), isBenefit: try $0.bool("benefit"),
        atStart: try $0.number("atStart"),
        byMonth: try $0.list("byMonth").map { try $0.number() })
    }
    return value
  }

  static func drivers(_ node: ResultNode) throws -> FigureDrivers {
    FigureDrivers(
      inputs: try node.list("inputs").map { one in
        let cost = try one.at("cost")
        return FigureDriver(
          name: try one.text("input"), origin: try one.word("origin"), low: try one.number("p10"),
          mean: try one.number("mean"), high: try one.number("p90"),
          costLow: try cost.number("low"), costHigh: try cost.number("high"),
          share: try one.number("share"), worth: try one.number("worth"),
          npv: try one.optional("npv").map { (try $0.number("low"), try $0.number("high")) },
          breakEven: try one.optionalNumber("breakEven"))
      }, rest: try node.number("rest"))
  }

  static func fault(_ node: ResultNode) throws -> FaultResult {
    FaultResult(
      name: try node.text("name"), kind: try node.text("kind"),
      probability: try node.number("probability"), cost: try node.spread("cost"),
      units: try node.number("units"), duplicates: try node.number("duplicates"),
      notice: try node.optional("noticed").map { notice in
        .init(
          probability: try notice.number("probability"),
          days: try notice.optional("days").map {
            (try $0.number("p10"), try $0.number("p50"), try $0.number("p90"))
          })
      },
      options: try node.list("options").map {
        .init(
          option: try $0.text("name"), cost: try $0.number("cost"),
          othersLost: try $0.number("othersLost"), stops: try $0.bool("stops"))
      })
  }
}
