import GenOpsAdmission
import GenOpsMetering
import GenOpsNumerics
import GenOpsScenario
import GenOpsUnits

/// How the items of a day follow from the units of its streams.
extension OptionRunner {
  /// How the option's usage classes follow from a future's days.
  func shares(_ future: FuturePath, path: Int) -> [UsageClassShare] {
    shares(of: option.usageClasses, as: items, future, path: path)
  }

  /// What `classes` make of a future's days, admitted as `items`. `path` says which users sampling keeps;
  /// nil keeps all.
  func shares(
    of classes: [PlannedUsageClass], as items: [ItemID], _ future: FuturePath, path: Int?
  ) -> [UsageClassShare] {
    var cumulative: [Int: [Double]] = [:]
    return classes.indices.map { index in
      let usageClass = classes[index]
      let usage = plan.streams[usageClass.stream]
      var share = UsageClassShare(
        item: items[index], first: usageClass.stream.index * future.dayCount,
        stream: usageClass.stream.index, meters: usageClass.usage.meterBits,
        isEvent: usageClass.usage[.events] > 0, isCritical: usageClass.isCritical,
        isCountedAsEvents: usageClass.isCountedAsEvents, wasIdentified: usageClass.wasIdentified)
      if let part = usageClass.part {
        if let isIdentified = usageClass.identified {
          share.half = isIdentified || usageClass.wasIdentified ? .identified : .anonymous
        }
        let stream = usageClass.stream.index
        let shares = cumulative[stream] ?? cumulativeShares(usage, future)
        cumulative[stream] = shares
        // A stream's classes have a part for each of its mix and one for the rest.
        (share.low, share.high) = (shares[part], shares[part + 1])
        // Cut, not scaled: the parts then still sum to the units.
        func cut(_ draw: DrawID) -> Double {
          let part = min(1, max(0, future.values[draw]))
          // The whole is the whole, also where the sum would miss it by a rounding.
          return part == 1 ? share.high : share.low + (share.high - share.low) * part
        }
        switch usageClass.weight {
        case .one: break
        case .share(let draw): share.high = cut(draw)
        case .rest(let draw): share.low = cut(draw)
        }
        share.isCut = share.half != .whole || share.low > 0 || share.high < 1
      }
      share.scale = usageClass.scale
      if let fault = usage.fault {
        share.isFault = true
        share.shift = future.traces[fault.index].shift
      }
      if let interval = usageClass.pollInterval {
        share.scale *= usage.pollInterval / interval
      }
      if let path, keepRates[index] < 1 { share.kept = keptShare(index, future, path: path) }
      return share
    }
  }

  /// The shares of the parts before each part of a stream's mix, in order; 1 behind the last, which is
  /// what the mix does not name.
  private func cumulativeShares(_ usage: PlanStream, _ future: FuturePath) -> [Double] {
    var sum = 0.0
    var shares = [0.0]
    for event in usage.mix {
      sum += max(0, future.values[event.share])
      shares.append(min(1, sum))
    }
    return shares + [1]
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
    UsageClass(attribution: attribution, eventClass: eventClass, isCritical: isCritical)
  }

  /// What it is admitted as. The tally of events is told apart from that of items that are the same events.
  var admitted: UsageClass {
    var admitted = own
    if isCountedAsEvents { admitted.eventClass = Meter.groupEvents.id }
    return admitted
  }
}
