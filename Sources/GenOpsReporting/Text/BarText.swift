import GenOpsUnits

/// A horizontal bar in characters, in eighths of a column.
package struct BarText: Sendable {
  /// Columns from zero to `top`.
  package var columns: Int
  /// The value at the end of the scale; the last tick.
  package var top: Double
  /// The values of the ticks, from 0.
  package var ticks: [Double]

  /// A scale for values from 0 to `maximum` with about three ticks at 1, 2, 2.5 or 5 times a power
  /// of ten. A value beyond the last tick may take a few columns more: `spare` are kept for it.
  package init(maximum: Double, columns width: Int) {
    let spare = 3
    columns = max(1, width - spare)
    guard maximum.isFinite, maximum > 0 else {
      top = 1
      ticks = [0]
      return
    }
    let step = BarText.step(maximum / 3)
    // The last tick may lie below the maximum by what the spare columns can show.
    let reach = 1 + Double(spare) / Double(columns)
    var count = 1.0
    while step * count * reach < maximum { count += 1 }
    top = step * count
    ticks = (0...Int(count)).map { step * Double($0) }
  }

  /// The smallest of 1, 2, 2.5, 5 and 10 times a power of ten that is not below `least`. Without end
  /// for what has none, and 1 for what is too small to be divided: an axis then has one tick.
  package static func step(_ least: Double) -> Double {
    guard least >= .leastNormalMagnitude else { return 1 }
    guard least.isFinite else { return .infinity }
    var power = 1.0
    while power * 10 <= least { power *= 10 }
    while power > least { power /= 10 }
    return [1, 2, 2.5, 5].map { $0 * power }.first { $0 >= least } ?? 10 * power
  }

  /// Solid up to `expected`, then shaded up to `high`.
  package func bar(_ expected: Double, upTo high: Double) -> (solid: String, shade: String) {
    let most = Double(columns + 3)
    func length(_ value: Double) -> Double {
      value.isFinite ? min(max(value / top * Double(columns), 0), most) : 0
    }
    let eighths = Int((length(expected) * 8).rounded())
    var solid = String(repeating: "█", count: eighths / 8)
    if eighths % 8 > 0 { solid.append(BarText.parts[eighths % 8 - 1]) }
    // Rounded up, so that an uncertain value never looks certain.
    // An equal one gets no shade, whatever the eighths round to.
    let isSpread = length(high) > length(expected) + 1e-6
    let end = isSpread ? Int(length(high).rounded(.up)) : 0
    return (solid, String(repeating: "░", count: max(0, end - solid.count)))
  }

  private static let parts: [Character] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]

  /// The ticks' labels, each centred on the column of its value.
  package var axis: String {
    var text = ""
    for tick in ticks {
      let label = NumberText.tick(tick)
      let column = Int((tick / top * Double(columns)).rounded())
      let start = tick == 0 ? 0 : min(column - label.count / 2 + 1, columns + 3 - label.count)
      if start < text.count + (text.isEmpty ? 0 : 2) && tick != 0 { continue }
      text = text.padded(to: start) + label
    }
    return text
  }
}
