public import GenOpsNumerics
public import GenOpsUnits

/// Usage that is not sent for some hours. Of what is lost, a part may come on the day after:
/// clients that keep their events and retry.
///
/// A day of which the part h is dark is multiplied by 1 − loses · h; the day after the last dark
/// one gets comes_back · loses · (dark days) more.
public struct OutageEffect: CalendarEffect {
  public static let name = "outage"
  public static let summary = "hours without usage, some of which comes later"
  public static let example = """
    effect: outage
    from: 2027-03-01 to 2027-09-30
    lasts: 4 to 12 hours
    loses: 80% to 95%
    comes_back: 30%
    """
  public static var isDated: Bool { true }

  public static let manual = KindManual(
    "× (1 - loses · dark part of the day); the day after gets comes_back · loses · "
      + "dark days more",
    [
      "from": "a day, or a range of days",
      "lasts": "a time span",
      "loses": "the part that is not sent, %",
      "comes_back": "the part of that which is sent the day after, %",
    ])

  /// The day on which it begins, in days since 1970-01-01.
  public var from: UncertainValue
  /// Days.
  public var lasts: UncertainValue
  /// The part of usage that fails meanwhile, and the part of that which comes later; draws count
  /// from 0 to 1.
  public var loses: UncertainValue
  public var comesBack: UncertainValue

  public static func decode(_ node: Node, _ findings: inout Findings) -> OutageEffect? {
    var keys = MappingReader(node, "an outage", &findings)
    _ = keys.take("effect")
    let fromNode = keys.required("from", example: "from: 2027-05-10", &findings)
    let lastsNode = keys.required("lasts", example: "lasts: 4 to 12 hours", &findings)
    let losesNode = keys.required("loses", example: "loses: 80% to 95%", &findings)
    let backNode = keys.required("comes_back", example: "comes_back: 0%", &findings)
    keys.finish(&findings)
    let from = DatedText.date(fromNode, key: "from", &findings)
    let lasts = ParameterText.read(
      lastsNode, key: "lasts", as: .span, example: "4 to 12 hours", &findings)
    let loses = ParameterText.read(
      losesNode, key: "loses", as: .share, example: "80% to 100%", &findings)
    let back = ParameterText.read(
      backNode, key: "comes_back", as: .share, example: "0%", &findings)
    guard let from, let lasts, let loses, let back else { return nil }
    return OutageEffect(from: from, lasts: lasts, loses: loses, comesBack: back)
  }

  public var parameters: [GrowthParameter] {
    [
      GrowthParameter("from", from), GrowthParameter("lasts", lasts),
      GrowthParameter("loses", loses), GrowthParameter("comes_back", comesBack),
    ]
  }

  public func multiply(
    _ days: UnsafeMutableBufferPointer<Double>, from first: CalendarDay, values: [Double]
  ) {
    let begin = Int(min(1e7, max(-1e7, values[0].rounded(.down)))) - Int(first.number)
    let length = min(10_000, max(0, values[1]))
    let lost = min(1, max(0, values[2]))
    let dark = Int(length.rounded(.up))
    for day in 0..<dark where days.indices.contains(begin + day) {
      days[begin + day] *= 1 - lost * min(1, length - Double(day))
    }
    if days.indices.contains(begin + dark) {
      days[begin + dark] *= 1 + min(1, max(0, values[3])) * lost * length
    }
  }
}
