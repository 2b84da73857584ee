import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsHistory

/// Cells by (meter, project, day): known, unknown or zero.
@Suite struct HistoryJoinTests {
  static func history(_ rows: String) -> UsageHistory {
    UsageHistory.read(Array(rows.utf8), name: "a.csv")
  }

  static func codes(_ history: UsageHistory) -> [String] { history.findings.all.map(\.code) }

  static let week = """
    Series,2027-02-01,2027-02-02,2027-02-03,2027-02-04
    Events,0,5,0,7
    Recordings,0,1,0,0
    """

  @Test func aZeroOnEveryMeterIsUnknownAtAnEdgeAndZeroInside() throws {
    let read = Self.history(Self.week)
    #expect(Self.codes(read) == ["unknown-days"])
    #expect(read.firstDay == CalendarDay("2027-02-02") && read.lastDay == CalendarDay("2027-02-04"))
    #expect(read.series.map(\.values) == [[5, 0, 7], [1, 0, 0]])
  }

  @Test func aHistoryOfZerosStaysOne() {
    let read = Self.history("Series,2027-02-01,2027-02-02\nEvents,0,0\n")
    #expect(read.series.map(\.values) == [[0, 0]])
  }

  @Test(arguments: [(40.0, true), (60.0, false)])
  func aDayThatIsNotOverIsLeftOut(units: Double, isPartial: Bool) throws {
    let days = (1...15).map { "2027-02-" + ($0 < 10 ? "0" : "") + "\($0)" }
    let values = days.dropLast().map { _ in "100" } + ["\(Int(units))"]
    let read = Self.history(
      "Series," + days.joined(separator: ",") + "\nEvents," + values.joined(separator: ","))
    #expect(Self.codes(read) == (isPartial ? ["partial-day"] : []))
    #expect(read.series[0].values.count == (isPartial ? 14 : 15))
  }

  @Test func aDayYearsAwayIsNamedAndLeftOut() throws {
    let read = Self.history(
      "Series,1970-01-01,2027-02-01,2027-02-02,2027-02-03\nEvents,1,50,50,50\n")
    #expect(Self.codes(read).contains("stray-days"))
    #expect(read.firstDay == CalendarDay("2027-02-01"))
  }

  func join(_ texts: String...) -> UsageHistory {
    HistoryJoin.join(texts.enumerated().map { ("\($0).csv", Self.history($1)) })
  }

  @Test func theSameFileTwiceCountsOnce() {
    let twice = join(Self.week, Self.week)
    #expect(twice.series.map(\.values) == [[5, 0, 7], [1, 0, 0]])
    #expect(twice.findings.all.isEmpty)
  }

  @Test func oneExportAfterTheOtherIsOneHistory() {
    let joined = join(
      "Series,2027-02-01,2027-02-02\nEvents,3,4\n", "Series,2027-02-02,2027-02-04\nEvents,4,6\n")
    #expect(joined.series.count == 1 && joined.findings.all.isEmpty)
    #expect(joined.series[0].values.prefix(2) == [3, 4])
    #expect(joined.series[0].values[2].isNaN && joined.series[0].values[3] == 6)
  }

  /// The export that reaches further wins, wherever it is named.
  @Test(arguments: [false, true])
  func differentCellsAreNamedAndTheLaterExportWins(isNamedFirst: Bool) throws {
    let old = "Series,2027-02-01,2027-02-02\nEvents,3,4\n"
    let new = "Series,2027-02-02,2027-02-03\nEvents,9,6\n"
    let joined = isNamedFirst ? join(new, old) : join(old, new)
    #expect(joined.series.map(\.values) == [[3, 9, 6]])
    let finding = try #require(joined.findings.all.first)
    #expect(finding.code == "history-overlap" && finding.message.contains("2027-02-02: 4 and 9"))
  }

  static let parts = """
    Product,Project,2027-02-01,2027-02-02
    Events,A,3,4
    Events,B,5,6
    """

  @Test func aTotalBesideItsPartsCountsOnce() {
    let joined = join(Self.parts + "\nEvents,,8,10\n")
    #expect(joined.series.map(\.project) == ["A", "B"])
    #expect(Self.codes(joined) == ["history-total-row"])
  }

  @Test func aTotalThatIsAnotherWinsAndSaysSo() {
    let joined = join(Self.parts + "\nEvents,,8,25\n")
    #expect(joined.series.map(\.values) == [[8, 25]])
    #expect(Self.codes(joined) == ["history-overlap"])
  }
}
