import GenOpsMetering
import GenOpsUnits
import GenOpsTestSupport
import Testing

@testable import GenOpsHistory
@testable import GenOpsIngestion

struct `A usage history` {
  static func read(_ text: String) -> UsageHistory {
    UsageHistory.read(Array(text.utf8), name: "usage.csv")
  }

  @Test(arguments: [
    "Series,Project,Project ID,2027-02-01,2027-02-02\nEvents,Web,1,100,200\n",
    "\u{FEFF}Series,Project,Project ID,2027-02-01,2027-02-02\r\n\"Events\",Web,1,\"100\",200\r\n",
    "Series;Project;Total;2027-02-01;2027-02-02\nEvents;Web;300;100;200\n",
    "date,meter,units,project\n2027-02-01,events,100,Web\n2027-02-02,events,200,Web\n",
    #"{"status":"ok","type":"usage","customer_id":"c","results":[{"id":1,"label":"Web::Events","#
      + #""data":[100,200],"dates":["2027-02-01","2027-02-02"],"breakdown_type":"multiple","#
      + #""breakdown_value":["event_count_in_period","Web"]}]}"#,
  ])
  func `reads PostHog's exports and plain tables`(text: String) throws {
    let history = Self.read(text)
    let total = try #require(history.total(of: .events), "\(history.findings.all)")
    #expect(total.values == [100, 200])
    #expect(total.start == CalendarDay("2027-02-01"))
  }

  @Test(arguments: ["", "\u{0}\u{1}\u{2}", "hello", "a,b\n1,2\n", "{", "[]", "Series,2027-02-01\n"])
  func `says why it cannot read a file, and does not stop the program`(text: String) {
    #expect(!Self.read(text).findings.all.isEmpty)
  }

  @Test func `keeps a cell it cannot read as a missing day and says where it stands`() throws {
    let history = Self.read(
      "Series,Project,Project ID,2027-02-01,2027-02-02\nEvents,Web,1,abc,-5\n")
    let series = try #require(history.series.first)
    #expect(series.values.allSatisfy { $0.isNaN })
    #expect(history.findings.all.contains { $0.location?.line == 2 && $0.location?.column != nil })
  }

  /// A file cut or flipped anywhere is read or refused, never fatal.
  @Test func `survives damage`() {
    let text = "Series,Project,Project ID,2027-02-01,2027-02-02\nEvents,\"Web\",1,100,2e2\n"
    var damage = Damage(seed: 7)
    for _ in 0..<500 {
      _ = UsageHistory.read(damage.applied(to: Array(text.utf8)), name: "damaged.csv")
    }
  }

  static func findings(_ history: UsageHistory) -> [String] {
    history.findings.all.map { "\($0.severity.rawValue) \($0.code) \($0.location?.line ?? 0)" }
  }

  @Test(arguments: [
    (
      "a label that no meter has, with the nearest name",
      "Series,2027-02-01,2027-02-02\nEvnets,1,2\nEvents,3,4\n", ["warning unknown-series 2"]
    ),
    (
      "a row that stands twice", "Series,2027-02-01,2027-02-02\nEvents,1,2\nevents,3,4\n",
      ["warning history-repeated 3"]
    ),
    (
      "a column that stands twice",
      "Series,2027-02-01,2027-02-01,2027-02-02\nEvents,1,2,3\n", ["warning history-column 1"]
    ),
    (
      "a column between the dates", "Series,2027-02-01,Note,2027-02-02\nEvents,1,x,3\n",
      ["warning history-column 1"]
    ),
    (
      "a total the days do not reach",
      "Series,Total,2027-02-01,2027-02-02\nEvents,500,100,200\n", ["warning history-total 2"]
    ),
    (
      "a row that is a sum of others",
      "Series,2027-02-01,2027-02-02\nEvents,1,2\nTotal,1,2\n", ["note history-total-row 3"]
    ),
    (
      "a usage type that is not billed by itself",
      "Series,2027-02-01,2027-02-02\nEvents,1,2\nTraces ingested (MB),1,2\n",
      ["note history-not-billed 3"]
    ),
    (
      "a row cut off, and its missing day", "Series,2027-02-02,2027-02-03\nEvents,1\n",
      ["warning history-short-row 2", "note unknown-days 0"]
    ),
    (
      "weeks instead of days", "Series,2027-02-01,2027-02-08\nEvents,1,2\n",
      ["error history-interval 1"]
    ),
    (
      "a quoted cell that never ends", "Series,2027-02-01,2027-02-02\n\"Events,1,2\n",
      [
        "warning unknown-series 2", "warning history-quote 2", "error history-empty 1",
      ]
    ),
    (
      "a long row without a date", "date,meter,units\n2027-02-02,events,1\nx,events,2\n",
      ["warning history-date 3"]
    ),
    (
      "numbers of nobody knows what", "date,value\n2027-02-01,1\n", ["error history-meter 1"]
    ),
    (
      "two values for a day",
      "date,meter,units\n2027-02-02,events,1\n2027-02-02,events,2\n",
      ["warning history-repeated 3"]
    ),
    (
      "what PostHog refused", #"{"code":"usage_breakdown_too_large","detail":"Ask for less."}"#,
      ["error history-refused 1"]
    ),
    (
      "a bill in the wrong place", #"{"usage_summary":{},"products":[]}"#,
      ["error history-is-bill 1"]
    ),
  ])
  func `tells of`(what: String, text: String, findings: [String]) {
    #expect(Self.findings(Self.read(text)) == findings)
  }

  @Test func `shows a mistake of every line a few times and counts the rest`() throws {
    let rows = (1...40).map { "Thing \($0),1,2" }.joined(separator: "\n")
    let history = Self.read("Series,2027-02-01,2027-02-02\nEvents,1,2\n\(rows)\n")
    #expect(history.findings.all.count == RepeatedFindings.shown + 1)
    let last = try #require(history.findings.all.last)
    #expect(last.message == "… and 35 more of the same kind")
    // The first that is not shown, which is the sixth thing.
    #expect(last.location?.line == 8)
  }

  @Test func `keeps the days an export leaves out as missing`() throws {
    let history = Self.read("date,events\n2027-02-01,5\n2027-02-04,8\n")
    let series = try #require(history.series.first)
    #expect(series.values.count == 4)
    #expect(series.missingDays == 2)
    #expect(series[try #require(CalendarDay("2027-02-02"))] == nil)
    #expect(series[try #require(CalendarDay("2027-02-04"))] == 8)
  }

  @Test func `takes the organization's own row before the sum of its projects`() throws {
    let history = Self.read(
      "Series,2027-02-01,2027-02-02\nEvents,100,200\nA::Events,60,120\nB::Events,40,80\n")
    #expect(history.series.map(\.project) == ["A", "B"])
    #expect(history.total(of: .events)?.values == [100, 200])
    #expect(history.total(of: .exceptions) == nil)
  }

  @Test func `keeps projects of one name apart by their ids`() {
    let history = Self.read(
      "Product,Project,Project ID,2027-02-01,2027-02-02\nEvents,App,1,1,2\nEvents,App,2,3,4\n")
    #expect(history.series.map(\.project) == ["App (1)", "App (2)"])
    #expect(history.total(of: .events)?.values == [4, 6])
  }

  @Test func `joins answers that stand one after the other`() throws {
    func answer(_ date: String, _ next: String, _ units: Int) -> String {
      #"{"status":"ok","results":[{"id":1,"label":"Events","data":[\#(units),7],"#
        + #""dates":["\#(date)","\#(next)"],"breakdown_type":"type","#
        + #""breakdown_value":"event_count_in_period"}],"next":""}"#
    }
    let history = Self.read(
      answer("2027-02-01", "2027-02-02", 5) + "\n" + answer("2027-02-02", "2027-02-03", 7))
    #expect(history.total(of: .events)?.values == [5, 7, 7])
    #expect(history.findings.all.isEmpty)
  }

  @Test func `counts a younger project as nothing before its first day`() throws {
    let history = Self.read(
      "date,meter,units,project\n2027-02-01,events,5,A\n2027-02-02,events,6,A\n"
        + "2027-02-02,events,1,B\n")
    #expect(history.total(of: .events)?.values == [5, 7])
  }

  @Test func `says when a file is not there, a directory, or too short to be one`() {
    #expect(
      Self.findings(UsageHistory.load(path: "/nonexistent/x.csv", name: "x.csv")) == [
        "error file-missing 0"
      ])
    #expect(
      Self.findings(UsageHistory.load(path: ScenarioFolder.path("data"), name: "data"))
        == ["error file-directory 0"])
    #expect(Self.findings(Self.read("  \n")) == ["error file-empty 1"])
    #expect(
      Self.findings(UsageHistory.read([0xFF, 0xFE, 65, 0], name: "x")) == ["error file-utf16 1"])
  }

  @Test func `reads the numbers of a file without a meter when it is named`() {
    let history = UsageHistory.read(
      Array("ds,y\n2027-02-01,3\n2027-02-02,4\n".utf8), name: "x.csv", meter: .exceptions)
    #expect(history.total(of: .exceptions)?.values == [3, 4])
    #expect(
      UsageHistory.read(Array("date,value\n".utf8), name: "x.csv", kind: "longcsv").findings.all
        .first?.help == "did you mean 'long-csv'?")
  }
}
