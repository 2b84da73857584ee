import GenOpsForecasting
import GenOpsMetering
import GenOpsTraffic
import GenOpsUnits

/// Where the streams of a plan come from: the history, the bills, `traffic:`.
extension Planner {
  /// A stream for each series; identified events ride on their events.
  mutating func addHistoryStreams() {
    for series in history.series where series.meter != .identifiedEvents {
      let owner = series.project.map { $0 + "/" } ?? ""
      let name = owner + series.meter.id
      var values = series.values
      let reach = series.start.distance(to: forecastStart)
      // A series that ends before the others is missing, not zero, until they end.
      if values.count < reach {
        values += [Double](repeating: .nan, count: reach - values.count)
      }
      let before = Array(values.prefix(max(0, reach)))
      let law = RecentLevel(before, start: series.start, name: name)
      findings.merge(law.findings)
      let forecast = max(0, forecastStart.distance(to: end))
      var stream = PlanStream(
        name: name, meter: series.meter, attribution: attribution(of: series),
        base: .history(law), weight: .one,
        profile: law.profile(from: forecastStart, count: forecast),
        growth: growthIndex(meter: series.meter, name: name), noise: .none,
        actual: actual(values, from: series.start, fallback: law.level), identifiedActual: [],
        identifiedShare: nil, mix: [], isPoll: false, pollInterval: 30)
      if series.meter == .events { addIdentified(to: &stream, series, values: values) }
      if series.meter == .featureFlagRequests, needsPolls {
        addFlagStreams(stream)
      } else {
        streams.append(stream)
      }
    }
  }

  private func attribution(of series: UsageSeries) -> Attribution {
    var attribution = scenario.attribution
    if let project = series.project { attribution.project = project }
    return attribution
  }

  /// Whole units of the actual days; a missing day gets the level, and the fit said so.
  private func actual(_ values: [Double], from first: CalendarDay, fallback: Double) -> [Int64] {
    let count = max(0, start.distance(to: min(forecastStart, end)))
    return (0..<count).map { day in
      let index = first.distance(to: start.advanced(by: day))
      let value = values.indices.contains(index) ? values[index] : 0
      let known = value.isFinite ? value : fallback
      return Int64(min(1e15, max(0, known.rounded())))
    }
  }

  private mutating func addIdentified(
    to stream: inout PlanStream, _ series: UsageSeries, values: [Double]
  ) {
    let partner = history.series.first {
      $0.meter == .identifiedEvents && $0.project == series.project
    }
    guard let partner else {
      let law = (try? UncertainValue.between(0.2, 0.9)) ?? .constant(1)
      stream.identifiedShare = draw(
        Assumption(
          name: "identified.\(stream.name)", law: law,
          finding: Finding(
            .warning, "assumption",
            "the history has no identified events for \(stream.name): 20 % to 90 % assumed",
            help: "export 'Identified events' too", at: scenario.historyFiles.first?.location)))
      stream.mix = mixParts(scenario.mix)
      return
    }
    stream.identifiedActual = actual(partner.values, from: partner.start, fallback: 0)
    for day in stream.identifiedActual.indices {
      stream.identifiedActual[day] = min(stream.identifiedActual[day], stream.actual[day])
    }
    // The ratio of the last 90 days in which both are known.
    var events = 0.0
    var identified = 0.0
    for back in 1...90 {
      let day = forecastStart.advanced(by: -back)
      let index = series.start.distance(to: day)
      let other = partner.start.distance(to: day)
      guard values.indices.contains(index), partner.values.indices.contains(other),
        values[index].isFinite, partner.values[other].isFinite
      else { continue }
      events += values[index]
      identified += partner.values[other]
    }
    let share = events > 0 ? min(1, identified / events) : 0
    stream.identifiedShare = draw("identified.\(stream.name)", .constant(share))
    stream.mix = mixParts(scenario.mix)
  }

  /// The parts that options must tell apart: the given mix, and assumptions for what is missing.
  mutating func mixParts(_ given: [Scenario.MixEntry]) -> [(event: String, share: Int)] {
    guard !needsMix.isEmpty || losesData else { return [] }
    var parts = given.map { ($0.event, draw("mix.\($0.event)", $0.share)) }
    let classes = EventClassifier.standard
    for name in needsMix where !parts.contains(where: { $0.0 == name }) {
      // A class name stands for its usual event.
      let known = name == "page_view" ? "$pageview" : name == "click" ? "$autocapture" : name
      if parts.contains(where: { $0.0 == known }) { continue }
      if let assumption = Assumption.eventShare(known, at: scenario.location) {
        parts.append((known, draw(assumption)))
      } else {
        findings.error(
          "unknown-share", "the share of '\(name)' in the events is not known",
          help: "add: mix: {\(name): 5%}", at: scenario.location)
      }
    }
    let hasCritical = parts.contains { classes.isCritical(classes.classify($0.0)) }
    if losesData, !hasCritical,
      let assumption = Assumption.eventShare(Assumption.criticalEvents, at: scenario.location)
    {
      parts.append((Assumption.criticalEvents, draw(assumption)))
    }
    return parts
  }

  /// Splits flag requests into polls by servers and calls by users.
  mutating func addFlagStreams(_ whole: PlanStream) {
    var calls = whole
    var polls = whole
    calls.name += "/calls"
    polls.name += "/polls"
    polls.isPoll = true
    polls.pollInterval = scenario.pollers?.interval ?? 30
    polls.growth = growthIndex(meter: whole.meter, name: nil, isPoll: true) ?? whole.growth
    // Servers poll by night as by day.
    polls.profile = [Double](repeating: 1, count: whole.profile.count)
    let share: Int
    if let pollers = scenario.pollers {
      let level = level(of: whole)
      let polled = pollers.servers.mean * PlanStream.requestsPerServer(interval: pollers.interval)
      if polled > level * 1.05, level > 0 {
        findings.warning(
          "polls-exceed-usage",
          "the pollers of flags: would make \(shortCount(polled)) requests a day, the history has "
            + "\(shortCount(level))", help: "check servers and polling", at: scenario.location)
      }
      share = draw("flags.polls", .constant(level > 0 ? min(1, polled / level) : 1))
    } else if let assumption = Assumption.pollShare(at: scenario.location) {
      share = draw(assumption)
    } else {
      share = draw("flags.polls", .constant(1))
    }
    calls.weight = .rest(share)
    polls.weight = .share(share)
    streams += [calls, polls]
  }

  private func level(of stream: PlanStream) -> Double {
    switch stream.base {
    case .history(let law): law.level
    case .draws(let indices, let factor): indices.reduce(factor) { $0 * draws[$1].law.mean }
    }
  }

  /// Meters that the bill of the running period names and the history does not.
  mutating func addBilledStreams() {
    guard let reference = scenario.historyFiles.first else { return }
    for (position, bill) in bills.enumerated() {
      guard let current = bill.current else { continue }
      for item in current.usage where item.units > 0 && item.meter != .identifiedEvents {
        guard !streams.contains(where: { $0.meter == item.meter }) else { continue }
        let until = min(max(forecastStart, current.start), current.end)
        let days = current.start.distance(to: until)
        guard days > 0 else {
          findings.warning(
            "unknown-usage",
            "\(item.meter.id) is in the bill but not in the history, and the bill's period has no "
              + "day of the history", help: "export its usage", at: item.location)
          continue
        }
        let perDay = Double(item.units) / Double(days)
        let file =
          scenario.billFiles[position].path.split(separator: "/").last.map(String.init) ?? "bill"
        let historyFile = reference.path.split(separator: "/").last.map(String.init) ?? "history"
        findings.warning(
          "taken-from-bill",
          "no \(item.meter.unit == "request" ? "flag requests" : item.meter.id) "
            + "in \(historyFile), taken from \(file)",
          help: "export it with the others for a season and a trend", at: reference.location)
        let level = draw("bill.\(item.meter.id)", .constant(perDay))
        let forecast = max(0, forecastStart.distance(to: end))
        let actualCount = max(0, start.distance(to: min(forecastStart, end)))
        let stream = PlanStream(
          name: item.meter.id, meter: item.meter, attribution: scenario.attribution,
          base: .draws([level], factor: 1), weight: .one,
          profile: [Double](repeating: 1, count: forecast),
          growth: growthIndex(meter: item.meter, name: item.meter.id), noise: .none,
          actual: [Int64](repeating: Int64(perDay.rounded()), count: actualCount),
          identifiedActual: [], identifiedShare: nil, mix: [], isPoll: false, pollInterval: 30)
        if item.meter == .featureFlagRequests, needsPolls {
          addFlagStreams(stream)
        } else {
          streams.append(stream)
        }
      }
    }
  }

  /// Streams made of users, rates and servers.
  mutating func addTrafficStreams() {
    let days = max(0, forecastStart.distance(to: end))
    let actualCount = max(0, start.distance(to: min(forecastStart, end)))
    for traffic in scenario.traffic {
      let users = traffic.users.map { draw("traffic.\(traffic.name).users", $0) }
      var own: Int?
      if let model = traffic.growth {
        own = growth.count
        growth.append(PlanGrowth(name: "growth.\(traffic.name)", model: model))
      }
      let profile = (0..<days).map { traffic.weekdays[forecastStart.advanced(by: $0).weekday] }
      for rate in traffic.rates {
        let name = "\(traffic.name)/\(rate.meter.id)"
        var factors = [draw("traffic.\(name).rate", rate.perDay)]
        if rate.perUser, let users { factors.append(users) }
        var stream = PlanStream(
          name: name, meter: rate.meter, attribution: traffic.attribution,
          base: .draws(factors, factor: 1), weight: .one, profile: profile,
          growth: own ?? growthIndex(meter: rate.meter, name: traffic.name), noise: traffic.noise,
          actual: [Int64](repeating: 0, count: actualCount), identifiedActual: [],
          identifiedShare: nil, mix: [], isPoll: false, pollInterval: 30)
        if rate.meter == .events {
          stream.identifiedShare = draw("identified.\(name)", traffic.identified)
          stream.mix = mixParts(traffic.mix.isEmpty ? scenario.mix : traffic.mix)
          stream.identifiedActual = stream.actual
        }
        streams.append(stream)
      }
      if let pollers = traffic.pollers {
        let servers = draw("traffic.\(traffic.name).servers", pollers.servers)
        streams.append(
          PlanStream(
            name: "\(traffic.name)/feature_flag_requests/polls", meter: .featureFlagRequests,
            attribution: traffic.attribution,
            base: .draws(
              [servers], factor: PlanStream.requestsPerServer(interval: pollers.interval)),
            weight: .one, profile: [Double](repeating: 1, count: days),
            growth: growthIndex(meter: .featureFlagRequests, name: nil, isPoll: true),
            noise: .none, actual: [Int64](repeating: 0, count: actualCount), identifiedActual: [],
            identifiedShare: nil, mix: [], isPoll: true, pollInterval: pollers.interval))
      }
    }
  }
}
