import GenOpsForecasting
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsUnits

extension ScenarioReader {
  /// The thing a key of `growth:` or of a change names.
  mutating func readTarget(
    _ name: String, at location: SourceLocation, _ context: TargetContext
  ) -> Scenario.Target? {
    if name == "flag_servers" { return .flagServers }
    if context.streams.contains(name) { return .stream(name) }
    if let meter = Meter(named: name) { return .meter(meter) }
    let unknown = Scenario.Target.unknown(name, among: context.streams, at: location)
    guard context.hasHistory else {
      findings.add(unknown)
      return nil
    }
    // A project, or `project/meter`: the plan says whether the files have it.
    if unknown.help?.hasPrefix("did you mean") == true { doubtful.append(unknown) }
    return .stream(name)
  }

  /// Notes what a key acts on, by the key; the same under two names is an error, as one of the two
  /// would be dropped, or both would act.
  mutating func note<Target: Hashable>(
    _ target: Target, _ entry: Node.Entry, _ what: String, _ seen: inout [Target: String]
  ) {
    if let other = seen[target] {
      findings.error(
        "duplicate-key",
        other == entry.key
          ? "'\(entry.key)' stands twice in \(what)"
          : "'\(entry.key)' and '\(other)' are one thing, which stands twice in \(what)",
        help: "keep one of them", at: entry.keyLocation)
    }
    seen[target] = entry.key
  }

  mutating func readGrowth(_ node: Node, _ context: TargetContext) -> [Scenario.GrowthEntry] {
    guard let entries = node.mapping else {
      wrongType(node, "growth", "growth: {events: 2% to 6% per month}")
      return []
    }
    var seen: [Scenario.Target: String] = [:]
    return entries.compactMap { entry in
      let target = readTarget(entry.key, at: entry.keyLocation, context)
      if let target { note(target, entry, "growth", &seen) }
      let isFit = entry.value["fit"] != nil
      let fit = isFit ? readFit(entry) : nil
      let model: (any GrowthModel)? =
        isFit
        ? fit.map { _ in CompoundGrowth(ratePerMonth: .constant(0)) }
        : GrowthModels.decode(entry.value, key: entry.key, &findings)
      guard let target, let model else { return nil }
      if case .meter(.identifiedEvents) = target {
        findings.error(
          "derived-meter", "identified events grow with events",
          help: "grow 'events'; their share comes from the history", at: entry.keyLocation)
        return nil
      }
      let text = entry.value.text ?? entry.value["model"]?.text ?? ""
      return Scenario.GrowthEntry(
        target: target, model: model, fit: fit, text: text, location: entry.keyLocation)
    }
  }

  mutating func readChanges(_ node: Node, _ context: TargetContext) -> [Scenario.Change] {
    let example = "- mobile launch: {from: 2027-05-10, events: +15% to +30%}"
    return readNamedList(node, "changes", example: example).compactMap { entry in
      var keys = MappingReader(entry.value, "the change '\(entry.key)'", &findings)
      guard entry.value.mapping != nil else { return nil }
      let from = keys.required("from", example: "from: 2027-05-10", &findings).flatMap {
        readDay($0)
      }
      let to = keys.take("to").flatMap { readDay($0) }
      if let from, let to, to < from {
        findings.error(
          "not-a-period", "the change '\(entry.key)' ends before it begins",
          help: "swap from and to", at: entry.keyLocation)
      }
      var seen: [Scenario.Target: String] = [:]
      let effects = keys.takeRest().compactMap { effect -> Scenario.Change.Effect? in
        guard let target = readTarget(effect.key, at: effect.keyLocation, context) else {
          return nil
        }
        note(target, effect, "the change '\(entry.key)'", &seen)
        var read = readEffect(effect.value, target: target, key: effect.key)
        read?.location = effect.keyLocation
        return read
      }
      if effects.isEmpty, !findings.hasErrors {
        findings.error(
          "missing-key", "the change '\(entry.key)' changes nothing",
          help: "write: \(example)", at: entry.keyLocation)
      }
      guard let from else { return nil }
      return Scenario.Change(
        name: entry.key, from: from, to: to, effects: effects, location: entry.keyLocation)
    }
  }

  private mutating func readEffect(_ node: Node, target: Scenario.Target, key: String)
    -> Scenario.Change.Effect?
  {
    let isServers = target == .flagServers
    let example =
      isServers ? "\(key): +12" : "\(key): +15% to +30%   (or x1.8, or +40k per day)"
    guard let quantity = Quantity.read(node, "the effect on \(key)", example: example, &findings)
    else { return nil }
    func made(_ kind: (UncertainValue) -> Scenario.Change.Effect.Kind, _ scale: (Double) -> Double)
      -> Scenario.Change.Effect?
    {
      (try? quantity.uncertain(scale)).map {
        Scenario.Change.Effect(target: target, kind: kind($0))
      }
    }
    func factor(_ scale: (Double) -> Double) -> Scenario.Change.Effect? {
      quantity.bounded("what is left of \(key)", &findings, scale).map {
        Scenario.Change.Effect(target: target, kind: .factor($0))
      }
    }
    switch (quantity.sign, quantity.unit, quantity.per) {
    case (.factor, nil, nil) where quantity.low >= 0:
      return factor { $0 }
    case (.change, "%", nil) where quantity.low >= -100:
      return factor { 1 + $0 / 100 }
    case (.change, nil, nil) where isServers, (.change, "servers", nil) where isServers:
      return made({ .add($0) }, { $0 })
    case (.change, nil, .some) where !isServers:
      guard
        let period = quantity.period(
          "the effect on \(key)", example: "\(key): +40k per day", &findings)
      else { return nil }
      return made({ .add($0) }, { $0 / period.days })
    default:
      // `2` could be twice as much, 2 % more or 2 more: pasting the wrong one costs a year's money.
      var help = quantity.meant(example)
      if !isServers, let own = try? Figures(quantity.text), own.unit == nil {
        let relative = own.per.isEmpty ? own.asChange ?? own.put(into: "+15%") : nil
        let all = [relative, own.put(into: "+40k per day")].compactMap { $0 }
        if !all.isEmpty { help = "\(key): \(all.joined(separator: ", or "))" }
      }
      findings.error(
        "not-a-change", "'\(quantity.text)' does not say how \(key) changes",
        help: "write: \(help)", at: node.location)
      return nil
    }
  }

  mutating func readDay(_ node: Node) -> CalendarDay? {
    if let day = node.text.flatMap({ CalendarDay($0) }) { return day }
    findings.error(
      "impossible-date", "'\(node.text ?? node.kindName)' is not a day of the calendar",
      help: DateForm.help(node.text ?? "", example: "2027-05-10"), at: node.location)
    return nil
  }

  /// A list of one-key mappings, `- name: …`, whose names are the user's.
  mutating func readNamedList(_ node: Node, _ what: String, example: String) -> [Node.Entry] {
    guard let items = node.sequence else {
      wrongType(node, what, example)
      return []
    }
    var seen: Set<String> = []
    return items.compactMap { item in
      guard let entries = item.mapping, let entry = entries.first, entries.count == 1 else {
        findings.error(
          "wrong-type", "each of \(what) is one name with its values",
          help: "write: \(example)", at: item.location)
        return nil
      }
      if !seen.insert(entry.key).inserted {
        findings.error(
          "duplicate-key", "'\(entry.key)' stands twice in \(what)", help: "rename one",
          at: entry.keyLocation)
      }
      return entry
    }
  }

  mutating func readMix(_ node: Node) -> [EventShare] {
    guard let entries = node.mapping else {
      wrongType(node, "the mix of events", "mix: {$pageview: 40% to 50%}")
      return []
    }
    var total = 0.0
    let mix = entries.compactMap { entry -> EventShare? in
      guard
        let share = Quantity.share(
          entry.value, "the share of \(entry.key)", example: "\(entry.key): 40% to 50%", &findings)
      else { return nil }
      total += share.mean
      return EventShare(event: entry.key, share: share, location: entry.keyLocation)
    }
    if total > 1.000_001 {
      findings.error(
        "out-of-range", "the shares of the mix add up to more than 100 %",
        help: "what is not named is the rest", at: node.location)
    }
    return mix
  }

  mutating func readPollers(_ node: Node) -> FlagPollers? {
    var keys = MappingReader(node, "flags", &findings)
    guard node.mapping != nil else { return nil }
    let servers = keys.required("servers", example: "servers: 25", &findings).flatMap {
      readCount($0, "the number of servers", example: "servers: 25")
    }
    let interval = keys.take("polling").flatMap {
      Quantity.seconds($0, "the polling interval", example: "polling: 30 s", &findings)
    }
    keys.finish(&findings)
    return servers.map {
      FlagPollers(servers: $0, interval: interval ?? FlagPollers.defaultInterval)
    }
  }

  /// A count of people or things, certain or not, without unit.
  mutating func readCount(_ node: Node, _ what: String, example: String) -> UncertainValue? {
    guard let quantity = Quantity.read(node, what, example: example, &findings) else { return nil }
    let isBare = quantity.unit.map { ["user", "users", "server", "servers"].contains($0) } ?? true
    guard quantity.sign == .none, isBare, quantity.per == nil, quantity.low >= 0,
      quantity.high <= 1e12
    else {
      findings.error(
        "out-of-range", "\(what) is a number from 0 to 10^12, this is '\(quantity.text)'",
        help: "write: \(quantity.meant(example))", at: node.location)
      return nil
    }
    return quantity.bounded(what, &findings)
  }
}
