import GenOpsIngestion
import GenOpsMetering
import GenOpsUnits

/// PostHog's exports and answers of usage and of spend have the same rows and columns. Units are whole;
/// amounts are not.
enum SpendCheck {
  /// Fewer numbers say nothing.
  private static let fewest = 3

  /// Says so when most numbers of things that are counted are not whole.
  static func refuse(
    _ export: UsageExport, at location: SourceLocation, _ findings: inout RepeatedFindings
  ) {
    let values = export.series.filter { isCounted($0.meter) }
      .flatMap { $0.values.filter { !$0.isNaN && $0 != 0 } }
    let broken = values.count { $0 != $0.rounded() }
    guard values.count >= fewest, broken * 2 > values.count else { return }
    findings.add(
      .error, "history-is-spend",
      "most numbers are not whole: these look like amounts of money, as PostHog's export and answer of "
        + "spend hold them",
      help: "export Billing > Usage, not Billing > Spend; where they are units, round them",
      at: location)
  }

  /// Megabytes and credits come in parts, everything else one by one.
  private static func isCounted(_ meter: Meter) -> Bool {
    meter.unit != "MB" && meter.unit != "credit"
  }
}
