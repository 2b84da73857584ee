import GenOpsIngestion
import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsHistory

struct `Cells of a table` {
  @Test(arguments: [
    ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
    ("a;b\r\n1;2\r\n", [["a", "b"], ["1", "2"]]),
    ("a\tb\r1\t2\r", [["a", "b"], ["1", "2"]]),
    ("\"a,1\",\"say \"\"hi\"\"\"\n", [["a,1", "say \"hi\""]]),
    ("\"two\nlines\",x\ny,z\n", [["two\nlines", "x"], ["y", "z"]]),
    ("\n\n  a , b \n,\n", [["a", "b"]]),
    ("a,,\n", [["a", "", ""]]),
    ("'=SUM,'-1,it's\n", [["=SUM", "-1", "it's"]]),
    ("", []),
  ])
  func `are split as RFC 4180 says, and as spreadsheets do`(text: String, cells: [[String]]) {
    #expect(DelimitedText(Array(text.utf8)).rows.map { $0.cells.map(\.text) } == cells)
  }

  @Test func `know their line and column`() {
    let table = DelimitedText(Array("x,\"a\nb\",c\nd,e\n".utf8))
    #expect(table.rows[0].cells.map(\.line) == [1, 1, 2])
    #expect(table.rows[1].cells.map(\.line) == [3, 3])
    #expect(table.rows[1].cells.map(\.column) == [1, 3])
    #expect(DelimitedText(Array("a,\"b\nc".utf8)).unclosedQuote?.column == 3)
  }

  @Test(arguments: [
    ("0", 0), ("1234", 1234), ("1234.5", 1234.5), ("1.2e6", 1_200_000), ("1,234,567", 1_234_567),
    ("1 234 567", 1_234_567), ("1\u{A0}234", 1234), ("1'234'567", 1_234_567), ("1_000", 1000),
    ("1,234.5", 1234.5), ("1.234,5", 1234.5), ("12,5", 12.5), ("1.234.567", 1_234_567),
    ("-0", 0),
  ])
  func `hold numbers in many hands`(text: String, units: Double) {
    #expect(UnitsText(text) == .units(units))
  }

  @Test func `are read with a decimal comma where semicolons part them`() {
    #expect(UnitsText("1.234", decimalComma: true) == .units(1234))
    #expect(UnitsText("1234,5", decimalComma: true) == .units(1234.5))
    #expect(UnitsText("1,234", decimalComma: true) == .units(1.234))
    #expect(UnitsText("1.234") == .units(1.234))
  }

  @Test(arguments: [
    "abc", "0x10", "nan", "inf", "1,23,4", "12%", "1.2.3", "--1", "1e400", "9.1e15", ".", ",",
  ])
  func `that hold no number are garbage, never zero`(text: String) {
    #expect(UnitsText(text) == .garbage)
  }

  @Test(arguments: ["$5", "€ 1,234.50", "12.30 USD"])
  func `with a currency are money`(text: String) { #expect(UnitsText(text) == .money) }

  @Test func `that are empty are missing, and below zero is not a number of units`() {
    #expect(UnitsText("  ") == .missing)
    #expect(UnitsText("-5") == .negative)
  }

  @Test(arguments: [
    ("2027-02-14", "2027-02-14"), ("2027/02/14", "2027-02-14"),
    ("2027-02-14T00:00:00Z", "2027-02-14"), ("2027-02-14 00:00:00", "2027-02-14"),
    ("14 Feb 2027", "2027-02-14"), ("14-Feb-2027", "2027-02-14"), ("Feb 14, 2027", "2027-02-14"),
    ("February 1, 2027", "2027-02-01"), ("1 March 2027", "2027-03-01"),
  ])
  func `name days in many hands`(text: String, expected: String) {
    #expect(day(in: text) == CalendarDay(expected))
  }

  @Test(arguments: [
    "", "Total", "2027-02-30", "03/04/2027", "2027", "14 Foo 2027", "2027-02-14x", "Feb 2027",
    "30 Feb 2027", "14 Feb 27",
  ])
  func `that name no day, or two, are not read as one`(text: String) {
    #expect(day(in: text) == nil)
  }
}

struct `Labels of billing series` {
  /// PostHog's own labels and keys: `frontend/src/scenes/billing/constants.ts`, August 2026.
  @Test(arguments: [
    ("Events", Meter.events), ("event_count_in_period", .events),
    ("Identified events", .identifiedEvents),
    ("enhanced_persons_event_count_in_period", .identifiedEvents),
    ("Group analytics", .groupEvents), ("Recordings", .sessionRecordings),
    ("Mobile recordings", .mobileRecordings), ("Feature flag requests", .featureFlagRequests),
    ("billable_feature_flag_requests_count_in_period", .featureFlagRequests),
    ("Exceptions", .exceptions), ("Survey responses", .surveyResponses),
    ("AI events", .llmEvents), ("LLM Events", .llmEvents), ("Synced rows", .rowsSynced),
    ("Free synced rows", .historicalRowsSynced),
    ("Data pipelines (deprecated)", .dataPipelineEvents),
    ("Destinations trigger events", .destinationEvents), ("Rows exported", .rowsExported),
    ("PostHog AI", .aiCredits), ("PostHog Desktop credits", .codeCredits),
    ("Replay vision credits", .replayVisionCredits), ("Workflow emails", .workflowEmails),
    ("Workflow destinations", .workflowDispatches), ("Logs ingested (MB)", .logsMB),
    ("Logs 30-day retention (MB)", .logsRetentionMB),
  ])
  func `are PostHog's names of meters`(label: String, meter: Meter) {
    #expect(SeriesLabel(label) == .meter(meter, project: nil))
    #expect(SeriesLabel("134::\(label)") == .meter(meter, project: "134"))
  }

  @Test(arguments: [
    ("My app::Events", "My app"), ("A::B::Events", "A::B"), ("Events - My app", "My app"),
    ("My - app::Recordings", "My - app"), ("Web shop - Events", "Web shop"),
  ])
  func `may name a project`(label: String, project: String) {
    let meter: Meter = label.contains("Recordings") ? .sessionRecordings : .events
    #expect(SeriesLabel(label) == .meter(meter, project: project))
  }

  @Test func `that no meter has come with the nearest name`() {
    #expect(SeriesLabel("Evnets") == .unknown(didYouMean: "events"))
    #expect(SeriesLabel("My app::Recordngs") == .unknown(didYouMean: "recordings"))
    #expect(SeriesLabel("Weather") == .unknown(didYouMean: nil))
    #expect(SeriesLabel("Traces ingested (MB)") == .notBilled)
  }
}
