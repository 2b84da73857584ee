public import GenOpsUnits

/// The calendar effects a scenario can name. A new one is one file and one line here.
public enum CalendarEffects {
  public static let registry = Registry<CalendarEffectKind>(
    "calendar effect",
    [
      entry(HolidayEffect.self),
      entry(MonthDayEffect.self),
      entry(CampaignEffect.self),
      entry(OutageEffect.self),
      entry(YearlyEffect.self),
    ])

  private static func entry(_ kind: CalendarEffectKind) -> Registry<CalendarEffectKind>.Entry {
    Registry.Entry(name: kind.name, summary: kind.summary, kind: kind)
  }

  /// The effect of a mapping that names its kind under `effect`.
  public static func decode(_ node: Node, _ findings: inout Findings) -> (any CalendarEffect)? {
    guard let kind = node["effect"] else {
      findings.error(
        "missing-key", "a calendar effect needs 'effect'",
        help: "add: effect: campaign   (known: \(registry.names.joined(separator: ", ")))",
        at: node.location)
      return nil
    }
    return registry.find(kind.text ?? "", at: kind.location, &findings)?.decode(node, &findings)
  }
}
