import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsHistory

struct `A billing statement` {
  static func read(_ text: String) -> BillingStatement {
    BillingStatement.read(Array(text.utf8), name: "bill.json")
  }

  static func codes(_ statement: BillingStatement) -> [String] {
    statement.findings.all.map { "\($0.severity.rawValue) \($0.code)" }
  }

  static func answer(
    start: String = "2027-02-01T00:00:00Z", end: String = "2027-03-01T00:00:00Z",
    more: String = ""
  ) -> String {
    #"{"billing_period":{"current_period_start":"\#(start)","current_period_end":"\#(end)","#
      + #""interval":"month"}\#(more)}"#
  }

  static func spend(_ label: String, _ data: String, _ dates: [String], type: String = "boost")
    -> String
  {
    let dates = dates.map { "\"\($0)\"" }.joined(separator: ",")
    return #"{"label":"\#(label)","data":[\#(data)],"dates":[\#(dates)],"breakdown_type":"type","#
      + #""breakdown_value":"\#(type)"}"#
  }

  @Test func `says the period, the usage so far, the amounts and the add-ons`() throws {
    let statement = Self.read(
      Self.answer(
        more: #"""
          ,"current_total_amount_usd":"700.50","discount_percent":0,
          "custom_limits_usd":{"product_analytics":2500,"session_replay":"100.00"},
          "usage_summary":{"events":{"usage":3000000,"limit":9000000},
            "enhanced_persons":{"usage":1200000,"limit":null},"period":["a","b"]},
          "products":[{"type":"product_analytics","usage_key":"events","current_usage":3000000,
            "subscribed":true,"current_amount_usd_before_addons":"84.30",
            "current_amount_usd":"123.90",
            "tiers":[{"up_to":1000000,"unit_amount_usd":"0","flat_amount_usd":"0"},
              {"up_to":null,"unit_amount_usd":"0.0000343","flat_amount_usd":"0"}],
            "addons":[{"type":"enhanced_persons","usage_key":"enhanced_persons","subscribed":true,
              "current_usage":1200000,"current_amount_usd":"39.60"}]},
           {"type":"platform_and_support","usage_key":null,"subscribed":true,
            "current_amount_usd_before_addons":"0.00","current_amount_usd":"576.60",
            "addons":[{"type":"boost","subscribed":true,"current_amount_usd":"250.00"},
             {"type":"scale","subscribed":false,"unit_amount_usd":"750.00","current_amount_usd":null}
            ]}]
          """#))
    let current = try #require(statement.current)
    #expect(statement.anchorDay == 1)
    #expect(current.period?.start == CalendarDay("2027-02-01"))
    #expect(current.period?.end == CalendarDay("2027-03-01"))
    #expect(current.amount == (try Money(parsing: "700.50")))
    #expect(current.units(of: .events) == 3_000_000)
    #expect(current.openingUsage[.identifiedEvents] == 1_200_000)
    #expect(current.usage.first?.limit == 9_000_000)
    #expect(current.account.limits.map(\.product) == ["product_analytics", "session_replay"])
    #expect(current.account.limits.map(\.meter) == [.events, .sessionRecordings])
    #expect(current.account.fees == [.init(key: "boost", name: "Boost", price: Money(units: 250))])
    let analytics = try #require(current.products.first)
    #expect(analytics.amount == (try Money(parsing: "84.30")))
    #expect(analytics.tiers.map(\.upTo) == [1_000_000, nil])
    #expect(analytics.tiers.last?.unitPrice.nanosPerUnit == 34_300)
    // 84.30 + 39.60 + 250 is not 700.50.
    #expect(Self.codes(statement) == ["warning bill-total"])
  }

  @Test(arguments: [
    ("2024-03-07T22:54:32Z", "2024-04-07T22:54:32Z", "2024-03-07", "2024-04-07", 7),
    ("2027-02-28T00:00:00Z", "2027-03-31T00:00:00Z", "2027-02-28", "2027-03-31", 31),
    ("2027-02-01T00:00:00Z", "2027-02-28T23:59:59.999Z", "2027-02-01", "2027-03-01", 1),
  ])
  func `finds the first day of the period and the day of the month it begins on`(
    from: String, to: String, start: String, end: String, anchor: Int
  ) {
    let statement = Self.read(Self.answer(start: from, end: to))
    #expect(statement.current?.period?.start == CalendarDay(start))
    #expect(statement.current?.period?.end == CalendarDay(end))
    #expect(statement.anchorDay == anchor)
  }

  @Test func `sums daily spend to billing periods and knows which are complete`() throws {
    var day = try #require(CalendarDay("2027-01-05"))
    var dates: [String] = []
    for _ in 0..<75 {
      dates.append("\(day)")
      day = day.advanced(by: 1)
    }
    let data = Array(repeating: "1.1", count: 75).joined(separator: ",")
    let series = Self.spend("Events", data, dates, type: "event_count_in_period")
    let statement = Self.read(
      Self.answer(start: "2027-03-10T00:00:00Z", end: "2027-04-10T00:00:00Z")
        + #"{"status":"ok","type":"timeseries","results":[\#(series)]}"#)
    #expect(
      statement.periods.map { "\($0.start)" } == [
        "2026-12-10", "2027-01-10", "2027-02-10", "2027-03-10",
      ])
    #expect(statement.periods.map(\.isComplete) == [false, true, true, false])
    #expect(statement.periods[1].total == (try Money(parsing: "34.10")))
    #expect(statement.periods[2][.events] == (try Money(parsing: "30.80")))
    #expect(statement.findings.all.isEmpty)
  }

  @Test func `takes monthly spend by product, fees apart, and rounds noise to cents`() throws {
    let dates = ["2026-12-01", "2027-01-01"]
    let text =
      #"{"results":["#
      + Self.spend("Events", "1287.4100000000001,1300", dates, type: "event_count_in_period") + ","
      + Self.spend("Boost", "250,250.0", dates) + "]}"
    let statement = Self.read(text)
    #expect(statement.periods.map { "\($0.total)" } == ["1537.41", "1550.00"])
    #expect(statement.periods.allSatisfy { $0.includesFees && $0.isComplete })
    #expect(statement.periods[0][.events] == (try Money(parsing: "1287.41")))
    #expect(statement.anchorDay == nil)
  }

  @Test(arguments: [
    ("", "error file-empty"), ("{}", "error bill-format"), ("[1]", "error bill-format"),
    ("{\"detail\":\"No access.\"}", "error history-refused"), ("{", "error json"),
    (#"{"billing_period":{}}"#, "error bill-period"),
    (
      #"{"billing_period":{"current_period_start":"x","current_period_end":"y"}}"#,
      "error bill-period"
    ),
    (
      #"{"results":[{"label":"Events","data":[1,2],"dates":["2027-01-01","2027-01-08"]}]}"#,
      "error bill-interval"
    ),
    (
      #"{"results":[{"label":"Events","data":[2100000,2200000,5],"#
        + #""dates":["2027-01-01","2027-01-02","2027-01-03"],"breakdown_value":"events"}]}"#,
      "error bill-is-usage"
    ),
    (
      #"{"results":[{"label":"Events","data":["x"],"dates":["2027-01-01"]}]}"#,
      "warning bill-amount"
    ),
  ])
  func `says what is wrong with a bill`(text: String, code: String) {
    #expect(Self.codes(Self.read(text)).contains(code), "\(Self.read(text).findings)")
  }

  @Test(arguments: [
    ("0.004999999", "0.00"), ("0.005", "0.01"), ("-0.005", "-0.01"), ("12.344", "12.34"),
    ("12.345", "12.35"),
  ])
  func `rounds to cents half away from zero`(text: String, cents: String) throws {
    #expect("\(try Money(parsing: text).roundedToCents)" == cents)
  }
}
