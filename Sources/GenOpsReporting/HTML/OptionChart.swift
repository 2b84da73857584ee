import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// The range of cost of each option beside the budget, and what it loses.
struct OptionChart {
  let result: ScenarioResult

  init(_ result: ScenarioResult) { self.result = result }

  /// Nil with fewer than two options.
  func svg(_ size: ChartSize) -> String? {
    let options = result.options
    guard options.count > 1 else { return nil }
    let isWide = size == .wide
    let row = isWide ? 30.0 : 46.0
    let left = isWide ? 190.0 : 12.0
    let right = isWide ? 750.0 : 388.0
    let bottom = 26 + row * Double(options.count)
    var svg = SVG(width: size.width, height: bottom + (isWide ? 24 : 40))
    let budget = result.fan.budget?.approximate
    let values = options.flatMap { [$0.cost.p10, $0.cost.mean, $0.cost.p90] } + [budget ?? 0]
    let finite = values.filter { $0.isFinite }
    let least = min(0, finite.min() ?? 0)
    let most = max(finite.max() ?? 1, least + 1e-9)
    func x(_ value: Double) -> Double {
      left + (min(max(value, least), most) - least) / (most - least) * (right - left)
    }
    let step = BarText.step((most - least) / (isWide ? 5 : 3))
    for tick in Int((least / step).rounded(.up))...Int((most / step).rounded(.down)) {
      let value = Double(tick) * step
      svg.line(x(value), 22, x(value), bottom, tick == 0 ? "axis" : "grid")
      svg.text(NumberText.tick(value), x(value), bottom + 16, .middle, "label")
    }
    if isWide {
      svg.text(result.currency, left - 12, bottom + 16, .end, "label")
    } else {
      svg.text(result.currency, right, bottom + 33, .end, "label")
    }
    if let budget {
      svg.line(x(budget), 18, x(budget), bottom, "budget")
      let onLeft = x(budget) > (left + right) / 2
      svg.text(
        "budget \(NumberText.money(budget))", x(budget), 12, onLeft ? .end : .start, "budget-label")
    }
    for (index, option) in options.enumerated() {
      let top = 24 + row * Double(index)
      let middle = top + (isWide ? row / 2 : row - 14)
      let name = option.name.displayable
      let loss = lossText(option)
      if isWide {
        svg.text(name.fitting(26), left - 12, middle + 4, .end, "name")
        svg.text(loss.text, right + 16, middle + 4, .start, loss.name)
      } else {
        svg.text(name.fitting(24), left, top + 18, .start, "name")
        svg.text(loss.text, right, top + 18, .end, loss.name)
      }
      svg.rectangle(
        x: x(option.cost.p10), y: middle - 5, width: x(option.cost.p90) - x(option.cost.p10),
        height: 10, "option-range")
      svg.circle(x(option.cost.mean), middle, radius: 5, "option-dot")
    }
    let description = options.map {
      "\($0.name): \(NumberText.money($0.cost.mean)) expected, \(lossText($0).text)."
    }
    return svg.element(
      id: "options-\(size)", class: "chart \(size)",
      title: "Cost of each option, and what it loses",
      description: description.joined(separator: " "))
  }

  private func lossText(_ option: OptionResult) -> (text: String, name: String) {
    let lost = option.lost
    if lost.total <= 0 { return ("loses nothing", "label") }
    let text = "loses \(NumberText.count(lost.total)) events"
    return lost.critical > 0 ? ("! \(text)", "bad-label") : (text, "label")
  }
}
