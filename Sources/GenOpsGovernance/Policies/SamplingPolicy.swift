public import GenOpsUnits

/// Keeps a part of the users of each event class; see ``SamplingHash``.
public struct SamplingPolicy: Policy {
  public static let name = "sampling"
  public static let summary = "Keeps a share of the users per event class; critical events whole."
  public static let example = """
    {"page_view": "10%", "click": "20%", "feature_use": "80%", "default": "50%"}
    """

  public var rates: SamplingRates
  /// The classes that were written, with their places; empty for rates that were made in code.
  public private(set) var named: [(name: String, location: SourceLocation)] = []

  /// Takes the place of the rates that the plan has.
  public init(_ rates: SamplingRates) { self.rates = rates }

  public init?(_ node: Node, _ findings: inout Findings) {
    var own = Findings()
    defer { findings.merge(own) }
    rates = SamplingRates()
    if node.text != nil {
      rates.standard = node.share(of: "the sampling rate", &own) ?? 1
    } else {
      var keys = MappingReader(node, "sampling", &own)
      if let standard = keys.take("default") {
        rates.standard = standard.share(of: "the default rate", &own) ?? 1
      }
      for entry in keys.takeRest() {
        named.append((entry.key, entry.keyLocation))
        rates.byClass[entry.key] = entry.value.share(of: "the rate of '\(entry.key)'", &own)
      }
    }
    if own.hasErrors { return nil }
    if rates.keepsEverything {
      own.warning(
        "sampling-nothing", "this sampling keeps everything",
        help: "give a class a rate below 100%, or leave it out", at: node.location)
    }
  }

  public var sideEffect: String {
    "keeps \(SamplingPolicy.percents(rates)) of the users; counts carry weights and more variance"
  }

  private static func percents(_ rates: SamplingRates) -> String {
    let all = Set(rates.byClass.values).union([rates.standard]).filter { $0 < 1 }.sorted()
    let texts = all.map { "\(($0 * 1000).rounded() / 10) %".replacingZero }
    return texts.isEmpty
      ? "100 %" : texts.count == 1 ? texts[0] : "\(texts[0]) to \(texts[texts.count - 1])"
  }

  public func apply(to plan: inout GovernancePlan) { plan.sampling = rates }
}

extension String {
  /// `10.0 %` as `10 %`.
  fileprivate var replacingZero: String {
    hasSuffix(".0 %") ? String(dropLast(4)) + " %" : self
  }
}
