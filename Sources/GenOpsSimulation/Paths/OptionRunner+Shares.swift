import GenOpsAdmission
import GenOpsMetering
import GenOpsNumerics
import GenOpsScenario
import GenOpsUnits

/// What of a usage class's share no future changes, and the draws that the rest follows from.
struct ShareRule {
  var share: UsageClassShare
  /// The class's part of its stream's mix; nil when the stream is not split.
  var part: Int?
  /// The draws of the stream's mix, in order.
  var mix: [DrawID]
  var weight: PlanStream.Weight
  /// The fault that makes it.
  var fault: FaultID?

  init(_ usageClass: PlannedUsageClass, as item: ItemID, _ plan: Plan) {
    let usage = plan.streams[usageClass.stream]
    share = UsageClassShare(
      item: item, first: usageClass.stream.index * plan.period.dayCount,
      stream: usageClass.stream.index, meters: usageClass.usage.meterBits,
      isEvent: usageClass.usage[.events] > 0, isCritical: usageClass.isCritical,
      isCountedAsEvents: usageClass.isCountedAsEvents, wasIdentified: usageClass.wasIdentified)
    share.scale = usageClass.scale
    if let interval = usageClass.pollInterval { share.scale *= usage.pollInterval / interval }
    part = usageClass.part
    if let isIdentified = usageClass.identified, part != nil {
      share.half = isIdentified || usageClass.wasIdentified ? .identified : .anonymous
    }
    mix = usage.mix.map(\.share)
    weight = usageClass.weight
    fault = usage.fault
    share.isFault = fault != nil
  }
}

/// How the items of a day follow from the units of its streams.
extension OptionRunner {
  /// How the option's usage classes follow from a future's days. `path` says which users sampling keeps.
  func shares(_ future: FuturePath, path: Int) -> [UsageClassShare] {
    var shares = shares(of: rules, future)
    for index in shares.indices where keepRates[index] < 1 {
      shares[index].kept = keptShare(index, future, path: path)
    }
    return shares
  }

  /// What usage classes make of a future's days where all is kept.
  func shares(of rules: [ShareRule], _ future: FuturePath) -> [UsageClassShare] {
    // Of the stream that comes last, as the classes of a stream stand together.
    var stream = -1
    var cumulative: [Double] = []
    return rules.map { rule in
      var share = rule.share
      if let part = rule.part {
        if stream != share.stream {
          stream = share.stream
          cumulate(rule.mix, future, into: &cumulative)
        }
        // A stream's classes have a part for each of its mix and one for the rest.
        (share.low, share.high) = (cumulative[part], cumulative[part + 1])
        // Cut, not scaled: the parts then still sum to the units.
        func cut(_ draw: DrawID) -> Double {
          let part = min(1, max(0, future.values[draw]))
          // The whole is the whole, also where the sum would miss it by a rounding.
          return part == 1 ? share.high : share.low + (share.high - share.low) * part
        }
        switch rule.weight {
        case .one: break
        case .share(let draw): share.high = cut(draw)
        case .rest(let draw): share.low = cut(draw)
        }
        share.isCut = share.half != .whole || share.low > 0 || share.high < 1
      }
      if let fault = rule.fault { share.shift = future.traces[fault.index].shift }
      return share
    }
  }

  /// The shares of the parts before each part of a stream's mix, in order; 1 behind the last, which is
  /// what the mix does not name.
  private func cumulate(_ mix: [DrawID], _ future: FuturePath, into shares: inout [Double]) {
    shares.removeAll(keepingCapacity: true)
    shares.append(0)
    var sum = 0.0
    for draw in mix {
      sum += max(0, future.values[draw])
      shares.append(min(1, sum))
    }
    shares.append(1)
  }

  /// The stream whose people send the items of a class: events with groups are sent by those who send the
  /// events, so the same users are kept of both.
  func people(_ usageClass: PlannedUsageClass) -> StreamID {
    plan.streams[usageClass.stream].eventsStream ?? usageClass.stream
  }

  /// The part of this usage class's users that sampling keeps on this path: a binomial draw of
  /// users, as hashing the distinct id would give. Where nothing is said of the people, the users
  /// are the monthly events over PostHog's middle figure of 40 events per user and month.
  private func keptShare(_ index: Int, _ future: FuturePath, path: Int) -> Double {
    let stream = people(option.usageClasses[index])
    let first = stream.index * future.dayCount
    let days = min(30, future.dayCount)
    // A fault does not last a month and seldom falls into the first one.
    let isFault = plan.streams[stream].fault != nil
    let events = future.units[first..<(first + (isFault ? future.dayCount : days))].reduce(0, +)
    let known = plan.streams[stream].effectiveUsers
    let users = known.map { Int64(rounding: min(1e12, future.values[$0])) } ?? events / 40
    generator.seek(keepKeys[index], path: path)
    let all = max(1, users)
    return Double(generator.binomial(n: all, p: keepRates[index])) / Double(all)
  }
}

extension Usage {
  /// Its meters by bit.
  fileprivate var meterBits: UInt64 {
    (0..<count).reduce(0) { $0 | 1 << UInt64(meterIndex($1)) }
  }
}

extension PlannedUsageClass {
  /// What rules are about.
  var own: UsageClass {
    UsageClass(
      attribution: attribution, eventClass: sampledAs ?? eventClass, isCritical: isCritical)
  }

  /// What it is admitted as. The tally of events is told apart from that of items that are the same events.
  var admitted: UsageClass {
    var admitted = own
    if isCountedAsEvents { admitted.eventClass = Meter.groupEvents.id }
    return admitted
  }
}
