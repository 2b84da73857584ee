import Foundation
public import GenOpsNumerics
public import GenOpsUnits

/// A dated campaign or launch of uncertain size and, if need be, date.
///
/// With x days since it began (from 0 on its first day) and T `lasts` in days, usage is multiplied
/// by 1 + change · s(x):
///
/// - `pulse`: s = 1 while x < T, then over;
/// - `ramp`: s = min(1, (x + 1)/T): grows over T and stays;
/// - `decay`: s = 2^(−x/T): all at once, then half of it is gone every T.
public struct CampaignEffect: CalendarEffect {
  public static let name = "campaign"
  public static let summary = "a dated campaign: a pulse, a ramp that stays, or a peak that decays"
  public static let example = """
    effect: campaign
    from: 2027-05-10 to 2027-05-24
    by: +40% to +80%
    shape: decay
    lasts: 5 to 10 days
    """
  public static var isDated: Bool { true }

  public static let manual = KindManual(
    "× (1 + by · s): pulse s = 1 for lasts; ramp s grows to 1 over lasts and "
      + "stays; decay s = 2^(-x / lasts)",
    [
      "from": "a day, or a range of days when the date is uncertain",
      "by": "relative change: +40% to +80%",
      "shape": "pulse, ramp or decay",
      "lasts": "a time span",
    ])

  /// How the effect runs over its time.
  public enum Shape: String, Sendable, CaseIterable { case pulse, ramp, decay }

  /// The first day, in days since 1970-01-01.
  public var from: UncertainValue
  /// Relative change, a fraction; a draw below −1 counts as −1.
  public var change: UncertainValue
  public var shape: Shape
  /// Days; a draw below 1 counts as 1.
  public var lasts: UncertainValue

  public static func decode(_ node: Node, _ findings: inout Findings) -> CampaignEffect? {
    var keys = MappingReader(node, "a campaign", &findings)
    _ = keys.take("effect")
    let fromNode = keys.required("from", example: "from: 2027-05-10", &findings)
    let byNode = keys.required("by", example: "by: +40% to +80%", &findings)
    let shapeNode = keys.required("shape", example: "shape: pulse", &findings)
    let lastsNode = keys.required("lasts", example: "lasts: 2 weeks", &findings)
    keys.finish(&findings)
    let from = DatedText.date(fromNode, key: "from", &findings)
    let change = ParameterText.read(
      byNode, key: "by", as: .change, example: "+40% to +80%", &findings)
    let lasts = ParameterText.read(
      lastsNode, key: "lasts", as: .span, example: "2 weeks", &findings)
    let shape = shapeNode.flatMap { Shape(rawValue: $0.text ?? "") }
    if let shapeNode, shape == nil {
      findings.error(
        "unknown-kind", "there is no shape '\(shapeNode.text ?? shapeNode.kindName)'",
        help: "known: \(Shape.allCases.map(\.rawValue).joined(separator: ", "))",
        at: shapeNode.location)
    }
    guard let from, let change, let lasts, let shape else { return nil }
    return CampaignEffect(from: from, change: change, shape: shape, lasts: lasts)
  }

  public var parameters: [GrowthParameter] {
    [
      GrowthParameter("from", from), GrowthParameter("by", change),
      GrowthParameter("lasts", lasts),
    ]
  }

  public func multiply(
    _ days: UnsafeMutableBufferPointer<Double>, from first: CalendarDay, values: [Double]
  ) {
    let begin = values[0].rounded(.down) - Double(first.number)
    let (change, lasts) = (max(-1, values[1]), max(1, values[2]))
    for index in days.indices {
      let x = Double(index) - begin
      if x < 0 { continue }
      let part =
        switch shape {
        case .pulse: x < lasts ? 1.0 : 0
        case .ramp: min(1, (x + 1) / lasts)
        case .decay: exp2(-x / lasts)
        }
      days[index] *= 1 + change * part
    }
  }
}
