import GenOpsIngestion
import GenOpsMetering
import GenOpsUnits

/// PostHog's exports and answers of usage and of spend have the same rows and columns. Units are whole;
/// amounts are not.
enum SpendCheck {
  /// Fewer numbers say nothing.
  private static let fewest = 3

  /// Says so when most numbers of things that are counted are not whole, or several of one row: of what
  /// costs nothing, the amounts are zeros.
  static func refuse(
    _ export: UsageExport, at location: SourceLocation, _ findings: inout RepeatedFindings
  ) {
    let rows = export.series.filter { isCounted($0.meter) }
      .map { $0.values.filter { !$0.isNaN && $0 != 0 } }
    func broken(_ values: [Double]) -> Int { values.count { $0 != $0.rounded() } }
    let values = rows.flatMap { $0 }
    let isMost = values.count >= fewest && broken(values) * 2 > values.count
    guard isMost || rows.contains(where: { broken($0) >= fewest }) else { return }
    findings.add(
      .error, "history-is-spend",
      (isMost ? "most numbers are" : "numbers of things that are counted one by one are")
        + " not whole: these look like amounts of money, as PostHog's export and answer of spend hold them",
      help: "export Billing > Usage, not Billing > Spend; where they are units, round them",
      at: location)
  }

  /// Megabytes and credits come in parts, everything else one by one.
  private static func isCounted(_ meter: Meter) -> Bool {
    meter.unit != "MB" && meter.unit != "credit"
  }
}
