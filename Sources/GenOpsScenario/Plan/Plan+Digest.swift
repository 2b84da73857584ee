import GenOpsForecasting
import GenOpsGovernance
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsUnits

extension Plan {
  /// A fingerprint of everything that decides a path: the same scenario, files and overrides give the
  /// same one in any process, so that several can share the work on one plan and none walks another.
  ///
  /// SHA-256 in hexadecimal of the plan's numbers, each as its 64 bits.
  package var digest: String {
    var text = DigestText()
    text.add("scenario", scenario.sha256, String(scenario.seed), scenario.grain.rawValue)
    text.add("points", scenario.points.rawValue, scenario.correlations.map { "\($0)" } ?? "-")
    text.add("forecaster", scenario.forecaster.name)
    text.add("special dates", "\(scenario.specialDates)")
    text.add("days", "\(period.start)", "\(period.end)", "\(forecastStart)", "\(billingDay)")
    for draw in draws { text.add("draw", draw.name, text.bits(draw.distribution)) }
    for growth in growth {
      text.add("growth", growth.name, type(of: growth.model).name, "\(growth.model.strays)")
      for parameter in growth.model.parameters {
        text.add("parameter", parameter.name, text.bits(parameter.distribution))
      }
    }
    for stream in streams { add(stream, to: &text) }
    for change in changes {
      text.add(
        "change", "\(change.stream.index) \(change.draw.index) \(change.kind) \(change.days)",
        text.bits([change.scale]))
    }
    for fault in faults {
      text.add(
        "fault", fault.name, type(of: fault.fault).name,
        "\(([fault.from, fault.lasts] + fault.inputs).map(\.index))",
        "\(fault.streams.map { [$0.stream.index, $0.base?.index ?? -1, $0.output] })")
    }
    for option in options { add(option, to: &text) }
    for meter in Meter.allCases { text.add("opening", "\(opening.current[meter] ?? -1)") }
    for event in recording?.events ?? [] {
      text.add(
        "event", "\(event.timestamp)", event.name, event.distinctID,
        event.uuid.map { "\($0)" } ?? "-", event.properties.description)
    }
    return text.sha256
  }

  private func add(_ stream: PlanStream, to text: inout DigestText) {
    text.add("stream", stream.name, stream.meter.id, "\(stream.attribution)", "\(stream.weight)")
    text.add(
      "of", "\(stream.factors.map(\.index)) \(stream.growth?.index ?? -1)",
      "\(stream.identifiedShare?.index ?? -1) \(stream.calendar?.index ?? -1)",
      "\(stream.mix.map { "\($0.event) \($0.share.index)" })")
    text.add("actual", "\(stream.actual) \(stream.identifiedActual)")
    text.add("level", text.bits([stream.model.level]), text.bits(stream.model.profile))
    if let history = stream.model.history {
      text.add("history", text.bits([history.level, history.expectedYearlyGrowth]))
    }
  }

  private func add(_ option: OptionPlan, to text: inout DigestText) {
    text.add("option", option.name, option.prices.sha256, option.addOns.sorted().joined())
    if let past = option.past {
      text.add("until", "\(past.until)", past.addOns.sorted().joined(separator: " "))
    }
    if let terms = option.terms { text.add("terms", "\(terms)") }
    let governance = option.governance
    text.add("mode", governance.mode.rawValue, "\(governance.scopedModes)")
    text.add("required", governance.requiredDimensions.joined(separator: " "))
    let rates = governance.sampling.byClass.sorted { $0.key < $1.key }
    text.add(
      "sampling", rates.map(\.key).joined(separator: " "),
      text.bits(rates.map(\.value) + [governance.sampling.standard]))
    for budget in governance.budgets {
      text.add(
        "budget", "\(budget.limit) \(budget.committed) \(budget.period) \(budget.fiscalStart)",
        "\(budget.scope) \(budget.isHard) \(budget.reservePercent) \(budget.alertPercents)",
        (budget.meters ?? []).map(\.id).sorted().joined(separator: " "))
    }
    for limit in governance.postHogLimits {
      text.add(
        "limit", limit.meter.id, "\(limit.cap) \(limit.graceDays) \(limit.countsAddOns)")
    }
    for one in option.usageClasses {
      text.add(
        "class", one.eventName,
        "\(one.stream.index) \(one.part ?? -1) \(one.wasIdentified) \(one.weight)",
        text.bits([one.scale, one.pollInterval ?? 0]))
    }
  }
}

/// Collects what a digest covers: fields apart, so that ("ab", "c") and ("a", "bc") differ.
private struct DigestText {
  private var text = ""

  mutating func add(_ fields: String...) {
    for field in fields { text += "\(field.utf8.count):\(field)" }
    text += "\n"
  }

  func bits(_ values: [Double]) -> String {
    values.map { String($0.bitPattern, radix: 16) }.joined(separator: " ")
  }

  /// A distribution by five of its quantiles: two that agree in all of them are taken for one.
  func bits(_ value: UncertainValue) -> String {
    bits([0.01, 0.1, 0.5, 0.9, 0.99].map { value.quantile($0) } + [value.mean])
  }

  var sha256: String { Digest.sha256(Array(text.utf8)) }
}
