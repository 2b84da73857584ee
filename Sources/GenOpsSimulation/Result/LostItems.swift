import GenOpsMetering
import GenOpsScenario

/// Adds up what is lost, kind by kind, in any order.
struct LostItems {
  private var lost = LostData(refused: 0, sampled: 0, critical: 0, offered: 0, byClass: [])
  private var classes: [String: Double] = [:]
  private var meters = [Double](repeating: 0, count: Meter.count)
  private var offered = [Double](repeating: 0, count: Meter.count)

  /// Adds items of one kind; an item is what its first meter counts: an event may be on the meter of
  /// profiles too.
  mutating func add(
    _ eventClass: String, isCritical: Bool, _ meter: Meter, offered: Double, refused: Double,
    sampled: Double
  ) {
    lost.refused += refused
    lost.sampled += sampled
    if isCritical { lost.critical += refused + sampled }
    meters[meter.index] += refused + sampled
    self.offered[meter.index] += offered
    classes[eventClass, default: 0] += refused + sampled
  }

  var data: LostData {
    var data = lost
    data.byClass = classes.filter { $0.value > 0 }.map { (name: $0.key, lost: $0.value) }
      .sorted { ($0.lost, $1.name) > ($1.lost, $0.name) }
    data.byMeter = Meter.allCases.filter { meters[$0.index] > 0 }.map { ($0, meters[$0.index]) }
    data.offeredByMeter = Meter.allCases.filter { offered[$0.index] > 0 }.map {
      ($0, offered[$0.index])
    }
    data.offered = data.offeredByMeter.reduce(0) { $0 + $1.offered }
    return data
  }
}
