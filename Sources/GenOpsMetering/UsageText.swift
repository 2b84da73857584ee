public import GenOpsUnits

/// Usage in one line: `events=10M,identified_events=2M,feature_flag_requests=21_600_000`.
///
/// Meters go by their id or any alias; units are read by ``QuantityText``.
public enum UsageText {
  /// The usage that `text` says, and a finding for every entry that cannot be read. `start` is
  /// where the text stands; without it findings count columns from 1 in a file called `usage`.
  public static func parse(
    _ text: String, at start: SourceLocation? = nil, _ findings: inout Findings
  ) -> MeterTotals {
    var totals = MeterTotals()
    var seen: Set<Meter> = []
    var place = start ?? SourceLocation(file: "usage", line: 1, column: 1)
    for entry in text.split(separator: ",", omittingEmptySubsequences: false) {
      if let (meter, units) = read(entry, of: text, at: place, &findings) {
        if !seen.insert(meter).inserted {
          findings.error(
            "duplicate-key", "'\(meter.id)' stands twice in the usage", help: "keep one of them",
            at: place)
        }
        totals[meter] = units
      }
      place.column += entry.count + 1
    }
    return totals
  }

  private static func read(
    _ entry: Substring, of text: String, at place: SourceLocation, _ findings: inout Findings
  ) -> (Meter, Int64)? {
    let parts = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = trimmed(parts[0])
    guard parts.count == 2 else {
      let isGroup = name.count == 3 && name.allSatisfy(\.isNumber)
      findings.error(
        "usage-text",
        name.isEmpty ? "an entry of the usage is empty" : "'\(name)' is not meter=units",
        help: isGroup
          ? "',' separates entries; write 1_000_000 or 1M for a million"
          : "write meter=units, such as events=10M,identified_events=2M", at: place)
      return nil
    }
    guard let meter = Meter(named: name) else {
      findings.add(Meter.unknown(name, at: place))
      return nil
    }
    do throws(QuantityTextError) {
      return (meter, try QuantityText.parse(parts[1]))
    } catch {
      var valuePlace = place
      valuePlace.column += parts[0].count + 1
      findings.error(
        "usage-text", "\(meter.id): \(error)",
        help: error.correction ?? "write a whole number such as 10000000, 10_000_000 or 10M",
        at: valuePlace)
      return nil
    }
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text.drop { $0 == " " }
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }

  /// The text that reads back as `totals`: `events=10000000,llm_events=5`; `events=0` for none.
  public static func describe(_ totals: MeterTotals) -> String {
    let used = totals.used
    if used.isEmpty { return "\(Meter.events.id)=0" }
    return used.map { "\($0.id)=\(totals[$0])" }.joined(separator: ",")
  }
}

extension Meter {
  /// The finding for a name that is not a meter, with "did you mean".
  public static func unknown(_ name: String, at place: SourceLocation?) -> Finding {
    Finding(
      .error, "unknown-meter", "there is no meter called '\(name)'",
      help: nearest(to: name).map { "did you mean '\($0)'?" }
        ?? "known: \(ids.joined(separator: ", "))", at: place)
  }

  /// The id of the meter whose name or alias is nearest to `name`, or one of `others`; nil when none is
  /// near.
  public static func nearest(to name: String, or others: [String] = []) -> String? {
    let known = others + Meter.allCases.flatMap { [$0.id] + $0.information.aliases }
    let near = nearestName(to: name, among: known)
    return near.map { near in others.contains(near) ? near : Meter(named: near)?.id ?? near }
  }
}
