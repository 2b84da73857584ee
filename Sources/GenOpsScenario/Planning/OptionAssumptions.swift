import GenOpsGovernance
import GenOpsMetering

/// Which draws decide what "as is" costs, and what an option saves against it: of those that are
/// assumed, every report says that a figure rests on them.
struct OptionAssumptions {
  private let streams: [PlanStream]
  private let base: OptionPlan

  init(_ streams: [PlanStream], _ base: OptionPlan) {
    self.streams = streams
    self.base = base
  }

  /// The draws that decide the cost of "as is", besides usage itself: how streams are split into
  /// kinds changes nothing of it, which part is identified does.
  var ofCost: [DrawID] { streams.compactMap(\.identifiedShare) }

  /// The draws that decide what `option` saves: of the classes that it changes; where it changes
  /// rules or prices, of all.
  func ofSaving(_ option: OptionPlan) -> [DrawID] {
    let known = Set(base.usageClasses)
    var found: [DrawID] = []
    for one in option.usageClasses where !known.contains(one) || isSampled(one, option) {
      let stream = streams[one.stream]
      found += [stream.weight, one.weight].compactMap(\.draw)
      if let share = stream.identifiedShare { found.append(share) }
      // Where all of a stream becomes more or less, it is the same for any split of it.
      if isScaledWhole(one.stream, option, known) { continue }
      // What is not named is what the named ones leave.
      let parts = one.part.map { $0 < stream.mix.count ? [stream.mix[$0]] : stream.mix } ?? []
      found += parts.map { $0.share }
    }
    let isAlike =
      option.governance == base.governance && option.addOns == base.addOns
      && option.prices.sha256 == base.prices.sha256
    return isAlike ? found : found + ofCost
  }

  private func isScaledWhole(
    _ stream: StreamID, _ option: OptionPlan, _ known: Set<PlannedUsageClass>
  ) -> Bool {
    let own = option.usageClasses.filter { $0.stream == stream }
    return own.allSatisfy { one in
      var before = one
      before.scale = 1
      return one.scale == own[0].scale && known.contains(before) && !isSampled(one, option)
    }
  }

  private func isSampled(_ one: PlannedUsageClass, _ option: OptionPlan) -> Bool {
    func rate(_ plan: OptionPlan) -> Double {
      plan.governance.sampling.rate(
        ofClass: one.sampledAs ?? one.eventClass, isCritical: one.isCritical)
    }
    return rate(option) != rate(base)
  }

  /// What of `draws` is assumed, each once.
  func labels(_ ids: [DrawID], _ draws: [PlanDraw]) -> [String] {
    var labels: [String] = []
    for label in ids.compactMap({ draws[$0].assumption }) where !labels.contains(label) {
      labels.append(label)
    }
    return labels
  }
}

extension PlanStream.Weight {
  /// The share it is of, or leaves; nil for the whole.
  fileprivate var draw: DrawID? {
    switch self {
    case .one: nil
    case .share(let draw), .rest(let draw): draw
    }
  }
}
