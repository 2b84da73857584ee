import GenOpsForecasting
import GenOpsGovernance
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsUnits

extension EffectPlanner {
  /// Appends the streams of faults. After the changes are planned: those act on normal usage.
  mutating func addFaults() {
    let normal = streams.ids
    if !scenario.faults.isEmpty,
      !scenario.governance.budgets.contains(where: { !$0.alertPercents.isEmpty })
    {
      findings.warning(
        "no-alerts", "no budget has an alert, so nobody would notice a fault before the bill",
        help: "add: budget: 5000 USD per month", at: scenario.faults[0].location)
    }
    for entry in scenario.faults {
      let prefix = "fault.\(entry.name)"
      var fault = PlanFault(
        name: entry.name, fault: entry.fault, from: draws.draw("\(prefix).from", entry.from),
        lasts: draws.draw("\(prefix).lasts", entry.lasts),
        inputs: entry.fault.inputs.map { draws.draw("\(prefix).\($0.name)", $0.distribution) },
        streams: [])
      if type(of: entry.fault).source == .nothing {
        for (output, made) in entry.fault.outputs.enumerated() {
          let own = streams.add(stream(of: entry, made))
          fault.streams.append(.init(stream: own, base: nil, output: output))
        }
      } else {
        for base in normal where feeds(entry, on: streams[base]) {
          let own = streams.add(copy(of: streams[base], by: entry))
          fault.streams.append(.init(stream: own, base: base, output: 0))
        }
      }
      let unknown = Scenario.Target.unknown(
        entry.targets ?? [], in: streams, traffic: scenario.traffic.map(\.name), at: entry.location)
      for finding in unknown { findings.add(finding) }
      if fault.streams.isEmpty, unknown.isEmpty {
        findings.add(
          Finding(
            entry.targets == nil ? .warning : .error, "matched-nothing",
            "the fault '\(entry.name)' feeds on usage that there is not",
            help: type(of: entry.fault).source == .polls
              ? "add: flags: {servers: 25, polling: 30 s}" : "'genops plan' lists the streams",
            at: entry.location))
      }
      if entry.from.isConstant, let day = day(entry.from),
        day >= window.end || day < window.forecastStart
      {
        findings.warning(
          "matched-nothing", "the fault '\(entry.name)' begins on a day that is not forecast",
          help: "the days are \(window.forecastStart) to \(window.end.advanced(by: -1))",
          at: entry.location)
      }
      let id = faults.add(fault)
      for made in fault.streams { streams[made.stream].fault = id }
    }
  }

  private func day(_ from: UncertainValue) -> CalendarDay? {
    Int32(exactly: from.mean.rounded(.down)).map { CalendarDay(number: $0) }
  }

  private func feeds(_ entry: ScenarioFault, on stream: PlanStream) -> Bool {
    switch type(of: entry.fault).source {
    case .nothing: return false
    case .polls: if !stream.isPoll { return false }
    case .events:
      let captured: Set<Meter> = [.events, .exceptions, .llmEvents, .surveyResponses]
      if !captured.contains(stream.meter) { return false }
    }
    guard let targets = entry.targets else { return true }
    return targets.contains { $0.matches(stream) }
  }

  private func silent(_ name: String) -> StreamModel {
    StreamModel(name: name, level: 0, profile: [Double](repeating: 1, count: window.forecastCount))
  }

  private mutating func stream(of entry: ScenarioFault, _ output: FaultOutput) -> PlanStream {
    let name = "\(entry.name)/\(output.meter.id)"
    var stream = PlanStream(
      name: name, meter: output.meter, attribution: entry.attribution, model: silent(name),
      actual: [Int64](repeating: 0, count: window.actualCount))
    if output.meter == .events {
      stream.identifiedActual = stream.actual
      stream.identifiedShare = draws.draw("identified.\(name)", output.identified)
      if output.event != "other", needs.tellsEventsApart {
        stream.mix = [(output.event, draws.draw("mix.\(name)", .constant(1)))]
      }
    }
    return stream
  }

  /// A stream that is like the one it feeds on, and silent but for the fault.
  private func copy(of base: PlanStream, by entry: ScenarioFault) -> PlanStream {
    var stream = base
    stream.name = "\(entry.name)/\(base.name)"
    stream.model = silent(stream.name)
    stream.factors = []
    stream.weight = .one
    stream.growth = nil
    stream.calendar = nil
    stream.actual = [Int64](repeating: 0, count: base.actual.count)
    stream.identifiedActual = [Int64](repeating: 0, count: base.identifiedActual.count)
    return stream
  }
}
