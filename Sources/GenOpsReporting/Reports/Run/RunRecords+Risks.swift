import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// What moves the figures, and what may go wrong.
extension RunRecords {
  var drivers: [[String]] {
    let period = span(result.year)
    func row(
      _ one: FigureDriver, _ measure: String, _ unit: String, _ values: [Quantile: Double],
      _ path: String
    ) -> [String] {
      ["driver", period, one.name, measure, unit]
        + Quantile.allCases.map { values[$0].map(ReportTable.value) ?? "" }
        + [one.origin.rawValue, path]
    }
    return result.drivers.inputs.enumerated().flatMap { index, one -> [[String]] in
      let path = "drivers.inputs[\(index)]"
      func ends(_ key: String) -> String { "\(path).\(key).low \(path).\(key).high" }
      var rows = [
        row(one, "input", "", [.mean: one.mean, .p10: one.low, .p90: one.high], "\(path).*"),
        row(one, "cost", result.currency, [.p10: one.costLow, .p90: one.costHigh], ends("cost")),
        row(one, "share", "", [.mean: one.share], "\(path).share"),
        row(one, "worth", result.currency, [.mean: one.worth], "\(path).worth"),
      ]
      if let npv = one.npv {
        rows.append(row(one, "npv", result.currency, [.p10: npv.low, .p90: npv.high], ends("npv")))
      }
      if let breakEven = one.breakEven {
        rows.append(row(one, "break_even", "", [.mean: breakEven], "\(path).breakEven"))
      }
      return rows
    }
  }

  var register: [[String]] {
    result.register.enumerated().map { index, one in
      let isDate = InputText.isDate(one.name)
      let values = [one.mean, one.low, one.high]
      let words =
        [DriverText.provenance(one.origin), "source: \(one.source)"]
        + (one.owner.map { ["owner: \($0)"] } ?? [])
        + (one.review.map { ["review: \($0)"] } ?? [])
        + (isDate ? ["\(InputText.date(one.low)) to \(InputText.date(one.high))"] : [])
      let filled: [Quantile: Double] =
        isDate ? [:] : [.mean: values[0], .p10: values[1], .p90: values[2]]
      return ["register", span(result.year), one.name, "input", ""]
        + Quantile.allCases.map { filled[$0].map(ReportTable.value) ?? "" }
        + [words.joined(separator: "; "), "register[\(index)].*"]
    }
  }

  var faults: [[String]] {
    result.faults.enumerated().flatMap { index, fault -> [[String]] in
      let (period, name, path) = (span(result.year), fault.name, "faults[\(index)]")
      var rows = [
        row(
          "fault", period, name, "cost", result.currency, fault.cost, "\(path).cost",
          fault.answerText),
        row(
          "fault", period, name, "probability", "", fault.probability, "\(path).probability",
          fault.kind),
        row("fault", period, name, "units", "units", fault.units, "\(path).units"),
        row("fault", period, name, "duplicates", "units", fault.duplicates, "\(path).duplicates"),
      ]
      if let notice = fault.notice {
        rows.append(
          row(
            "fault", period, name, "noticed", "", notice.probability, "\(path).noticed.probability",
            fault.noticeText))
        rows.append(
          row(
            "fault", period, name, "noticed_after", "days", notice.days?.p50,
            notice.days == nil ? "" : "\(path).noticed.days.p50"))
      }
      return rows
        + fault.options.enumerated().flatMap { place, answer in
          [
            row(
              "fault", period, name, "cost:\(answer.option)", result.currency, answer.cost,
              "\(path).options[\(place)].cost", answer.stops ? "stopped" : ""),
            row(
              "fault", period, name, "others_lost:\(answer.option)", "units", answer.othersLost,
              "\(path).options[\(place)].othersLost"),
          ]
        }
    }
  }
}
