import GenOpsForecasting
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
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
      let group = calendarGroup(meter: series.meter, name: name)
      let before = withoutCalendar(
        Array(values.prefix(max(0, reach))), from: series.start, group: group)
      let history = Forecasters.standard.fit(
        DailySeries(start: series.start, values: before), name: name,
        at: scenario.historyFiles.first?.location)
      findings.merge(history.findings)
      let growth = growthIndex(meter: series.meter, name: name)
      var stream = PlanStream(
        name: name, meter: series.meter, attribution: attribution(of: series),
        model: StreamModel(
          following: history, days: forecastCount, growth: growth.map { self.growth[$0].model },
          growthName: growth.map { self.growth[$0].name }),
        growth: growth, actual: actual(values, from: series.start, fallback: history.level))
      stream.calendar = group
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
    (0..<actualCount).map { day in
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
      let distribution = (try? UncertainValue.between(0.2, 0.9)) ?? .constant(1)
      stream.identifiedShare = draw(
        Assumption(
          name: "identified.\(stream.name)", distribution: distribution,
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
  mutating func mixParts(_ given: [EventShare]) -> [(event: String, share: Int)] {
    guard !needsMix.isEmpty || losesData else { return [] }
    var parts = given.map { ($0.event, draw("mix.\($0.event)", $0.share)) }
    let classes = EventClassifier.standard
    for name in needsMix where !parts.contains(where: { $0.0 == name }) {
      // A class name stands for its usual event.
      let known = name == "page_view" ? "$pageview" : name == "click" ? "$autocapture" : name
      if parts.contains(where: { $0.0 == known }) { continue }
      if let share = recordedShare({ $0 == known }) {
        parts.append((known, draw("mix.\(known)", .constant(share))))
      } else if let assumption = Assumption.eventShare(known, at: scenario.location) {
        parts.append((known, draw(assumption)))
      } else {
        findings.error(
          "unknown-share", "the share of '\(name)' in the events is not known",
          help: "add: mix: {\(name): 5%}", at: scenario.location)
      }
    }
    let hasCritical = parts.contains { classes.isCritical(classes.classify($0.0)) }
    guard losesData, !hasCritical else { return parts }
    let critical = Assumption.criticalEvents
    if let share = recordedShare({ classes.isCritical(classes.classify($0)) }) {
      parts.append((critical, draw("mix.\(critical)", .constant(share))))
    } else if let assumption = Assumption.eventShare(critical, at: scenario.location) {
      parts.append((critical, draw(assumption)))
    }
    return parts
  }

  /// The part of the recorded events whose name `isMeant`; nil without recorded events.
  private func recordedShare(_ isMeant: (String) -> Bool) -> Double? {
    let all = eventNames.values.reduce(0, +)
    guard all > 0 else { return nil }
    return Double(eventNames.reduce(0) { $0 + (isMeant($1.key) ? $1.value : 0) }) / Double(all)
  }

  /// Splits flag requests into polls by servers and calls by users.
  mutating func addFlagStreams(_ whole: PlanStream) {
    var calls = whole
    var polls = whole
    calls.name += "/calls"
    polls.name += "/polls"
    polls.isPoll = true
    polls.pollInterval = scenario.pollers?.interval ?? FlagPollers.defaultInterval
    if let growth = growthIndex(meter: whole.meter, name: nil, isPoll: true) {
      grow(&polls, growth)
    }
    // Servers poll by night as by day.
    polls.model.profile = flatProfile
    polls.calendar = calendarGroup(meter: polls.meter, name: polls.name, isPoll: true)
    let share: Int
    if let pollers = scenario.pollers {
      let level = whole.level(draws)
      let polled = pollers.servers.mean * FlagPollers.dailyRequests(interval: pollers.interval)
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

  /// Days from the first forecast day to the end of the period.
  var forecastCount: Int { max(0, forecastStart.distance(to: end)) }

  /// Days of the period that lie in the history.
  var actualCount: Int { max(0, start.distance(to: min(forecastStart, end))) }

  private var flatProfile: [Double] { [Double](repeating: 1, count: forecastCount) }

  func grow(_ stream: inout PlanStream, _ index: Int) {
    stream.growth = index
    stream.model.growth = growth[index].model
    stream.model.growthName = growth[index].name
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
        var stream = PlanStream(
          name: item.meter.id, meter: item.meter, attribution: scenario.attribution,
          model: StreamModel(name: item.meter.id, level: perDay, profile: flatProfile),
          actual: [Int64](repeating: Int64(perDay.rounded()), count: actualCount))
        stream.calendar = calendarGroup(meter: item.meter, name: stream.name)
        if let growth = growthIndex(meter: item.meter, name: item.meter.id) {
          grow(&stream, growth)
        }
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
    for traffic in scenario.traffic {
      let users = traffic.users.map { draw("traffic.\(traffic.name).users", $0) }
      var own: Int?
      if let model = traffic.growth {
        own = growth.count
        growth.append(PlanGrowth(name: "growth.\(traffic.name)", model: model))
      }
      let crowd = crowdDraws(traffic, users: users)
      let profile = weekdayProfile(traffic.weekdays)
      for rate in traffic.rates {
        let name = "\(traffic.name)/\(rate.meter.id)"
        var stream = PlanStream(
          name: name, meter: rate.meter, attribution: traffic.attribution,
          model: StreamModel(name: name, level: 1, profile: profile, noise: traffic.noise),
          factors: [draw("traffic.\(name).rate", rate.perDay)],
          actual: [Int64](repeating: 0, count: actualCount))
        stream.calendar = calendarGroup(meter: rate.meter, name: name)
        if rate.perUser || rate.perSession, let users { stream.factors.append(users) }
        if rate.perSession, let sessions = crowd?.sessions { stream.factors.append(sessions) }
        if rate.perUser || rate.perSession, let crowd { addUsers(to: &stream, crowd) }
        if let growth = own ?? growthIndex(meter: rate.meter, name: traffic.name) {
          grow(&stream, growth)
        }
        if rate.meter == .events {
          stream.identifiedShare = identifiedShare(traffic, crowd, stream: name)
          stream.mix = mixParts(traffic.mix.isEmpty ? scenario.mix : traffic.mix)
          stream.identifiedActual = stream.actual
        }
        streams.append(stream)
      }
      if let crowd { addPeople(traffic, crowd, growth: own) }
      if let pollers = traffic.pollers { addPollers(pollers, traffic) }
    }
  }

  private mutating func addPollers(_ pollers: FlagPollers, _ traffic: TrafficStream) {
    let name = "\(traffic.name)/\(Meter.featureFlagRequests.id)/polls"
    var stream = PlanStream(
      name: name, meter: .featureFlagRequests, attribution: traffic.attribution,
      model: StreamModel(
        name: name, level: FlagPollers.dailyRequests(interval: pollers.interval),
        profile: flatProfile),
      factors: [draw("traffic.\(traffic.name).servers", pollers.servers)],
      actual: [Int64](repeating: 0, count: actualCount), isPoll: true,
      pollInterval: pollers.interval)
    stream.calendar = calendarGroup(meter: .featureFlagRequests, name: name, isPoll: true)
    if let growth = growthIndex(meter: .featureFlagRequests, name: nil, isPoll: true) {
      grow(&stream, growth)
    }
    streams.append(stream)
  }
}
