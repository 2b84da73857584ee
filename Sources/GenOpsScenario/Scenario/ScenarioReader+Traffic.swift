import GenOpsCosting
import GenOpsForecasting
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsUnits

/// The `traffic:` section: streams made of users, events per user, pollers.
extension ScenarioReader {
  mutating func readTraffic(_ node: Node, defaults: Attribution) -> [TrafficStream] {
    readNamedList(node, "traffic", example: "- web: {users: 50k, events: 40 per user per month}")
      .compactMap { readStream($0, defaults: defaults) }
  }

  private mutating func readStream(_ entry: Node.Entry, defaults: Attribution) -> TrafficStream? {
    var keys = MappingReader(entry.value, "the stream '\(entry.key)'", &findings)
    guard entry.value.mapping != nil else { return nil }
    let attribution = readAttribution(from: &keys).filling(from: defaults)
    let usersNode = keys.take("users")
    let users = usersNode.flatMap {
      readCount($0, "the number of monthly active users", example: "users: 50k")
    }
    var people = readCrowd(&keys)
    let identifiedEntry = keys.take("identified").map {
      Node.Entry(key: "identified", keyLocation: $0.location, value: $0)
    }
    let isArrivals = identifiedEntry.map { readPart($0, into: &people) } ?? false
    let identified =
      isArrivals
      ? nil
      : identifiedEntry.flatMap {
        Quantity.share($0.value, "the identified share", example: "identified: 60%", &findings)
      }
    let mix = keys.take("mix").map { readMix($0) } ?? []
    let pollers = keys.take("flag_servers").flatMap { servers -> FlagPollers? in
      guard let count = readCount(servers, "the number of servers", example: "flag_servers: 25")
      else { return nil }
      let interval = keys.take("flag_polling").flatMap {
        Quantity.seconds($0, "the polling interval", example: "flag_polling: 30 s", &findings)
      }
      return FlagPollers(servers: count, interval: interval ?? FlagPollers.defaultInterval)
    }
    let weekdays = keys.take("weekdays").flatMap { readWeekdays($0) }
    let noise = keys.take("noise").flatMap { readNoise($0) }
    let growth = keys.take("growth").flatMap {
      GrowthModels.decode($0, key: "growth", &findings)
    }
    var rates: [TrafficStream.Rate] = []
    // Usage that could not be read has its own finding; it is not missing besides.
    var isUnread = false
    var seen: [Meter: String] = [:]
    for rest in keys.takeRest() {
      if readPart(rest, into: &people) { continue }
      guard let meter = readMeter(rest.key, at: rest.keyLocation),
        let rate = readRate(rest.value, meter: meter, key: rest.key)
      else {
        isUnread = true
        continue
      }
      note(meter, rest, "the stream '\(entry.key)'", &seen)
      rates.append(rate)
    }
    if rates.contains(where: \.perUser), usersNode == nil {
      findings.error(
        "missing-key", "the stream '\(entry.key)' counts per user but names no users",
        help: "add: users: 50k", at: entry.keyLocation)
    }
    checkPeople(people, users: users, rates: rates, stream: entry)
    let outputs = people.parts.flatMap(\.part.outputs)
    let hasEvents = (rates.map(\.meter) + outputs.map(\.meter)).contains(.events)
    if hasEvents, identifiedEntry == nil {
      findings.warning(
        "assumption",
        "'\(entry.key)' does not say which part of its events is identified; "
          + "all are taken as identified, as PostHog's server libraries send them",
        help: "add: identified: 60%", at: entry.keyLocation)
    }
    let servers = pollers ?? people.parts.compactMap(\.part.pollers).first
    if rates.isEmpty, !isUnread, servers == nil, people.parts.allSatisfy(\.part.outputs.isEmpty) {
      findings.error(
        "no-usage", "the stream '\(entry.key)' has no usage",
        help: "add: events: 40 per user per month", at: entry.keyLocation)
    }
    if people.isSaid { self.people[entry.key] = people }
    return TrafficStream(
      name: entry.key, attribution: attribution, users: users, rates: rates,
      identified: identified ?? .constant(1), mix: mix, pollers: servers,
      weekdays: weekdays ?? [Double](repeating: 1, count: 7), noise: noise ?? .poisson,
      growth: growth, location: entry.keyLocation)
  }

  private mutating func readRate(_ node: Node, meter: Meter, key: String) -> TrafficStream.Rate? {
    let example = "\(key): 40 per user per month   (or 2M per month)"
    guard let quantity = Quantity.read(node, "the rate of \(key)", example: example, &findings)
    else { return nil }
    guard quantity.sign == .none, quantity.unit == nil, quantity.low >= 0 else {
      findings.error(
        "wrong-unit", "'\(quantity.text)' is not a rate of \(key)", help: "write: \(example)",
        at: node.location)
      return nil
    }
    let what = "the rate of \(key)"
    if quantity.per == "session", let perSession = quantity.bounded(what, &findings) {
      return TrafficStream.Rate(
        meter: meter, perDay: perSession, perUser: false, perSession: true)
    }
    var rest = quantity
    let perUser = quantity.per?.hasPrefix("user per ") ?? false
    if perUser { rest.per = quantity.per.map { String($0.dropFirst("user per ".count)) } }
    guard let period = rest.period("the rate of \(key)", example: example, &findings) else {
      return nil
    }
    guard rest.high / period.days <= 1e12 else {
      findings.error(
        "out-of-range", "more than 10^12 \(key) a day is beyond what can be simulated",
        help: "write: \(example)", at: node.location)
      return nil
    }
    guard let perDay = quantity.bounded(what, &findings, { $0 / period.days }) else { return nil }
    return TrafficStream.Rate(meter: meter, perDay: perDay, perUser: perUser)
  }

  private mutating func readWeekdays(_ node: Node) -> [Double]? {
    let example = "weekdays: [1.1, 1.1, 1.1, 1.1, 1.0, 0.8, 0.8]"
    let values = (node.sequence ?? []).compactMap {
      $0.text.flatMap { (try? Figures($0))?.number()?.approximate }
    }
    let total = values.reduce(0, +)
    guard values.count == 7, values.allSatisfy({ $0.isFinite && $0 >= 0 }), total > 0 else {
      findings.error(
        "wrong-type", "weekdays are seven numbers, Monday first", help: "write: \(example)",
        at: node.location)
      return nil
    }
    return values.map { $0 * 7 / total }
  }

  private mutating func readNoise(_ node: Node) -> CountNoise? {
    let example = "noise: poisson   (or none, or {negative_binomial: 50})"
    if node.text == "none" { return CountNoise.none }
    if node.text == "poisson" { return .poisson }
    let dispersion = node["negative_binomial"]?.text.flatMap { try? Figures($0) }?.number()
    if let k = dispersion?.approximate, k > 0 {
      return .negativeBinomial(dispersion: k)
    }
    findings.error(
      "unknown-kind", "'\(node.text ?? node.kindName)' is not a kind of noise",
      help: "write: \(example)", at: node.location)
    return nil
  }
}
