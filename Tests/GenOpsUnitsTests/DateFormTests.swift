import GenOpsUnits
import Testing

@Suite("Other forms of dates")
struct DateFormTests {
  @Test(
    "a day is recognised, and both where day and month may change places",
    arguments: [
      ("10.05.2027", ["2027-05-10"]), ("10.5.2027", ["2027-05-10"]), ("2027/5/1", ["2027-05-01"]),
      ("2027-5-1", ["2027-05-01"]), ("20270510", ["2027-05-10"]), ("10 May 2027", ["2027-05-10"]),
      ("May 10, 2027", ["2027-05-10"]), ("10-Sept-2027", ["2027-09-10"]),
      ("2027-05-10T00:00:00Z", ["2027-05-10"]), ("05/13/2027", ["2027-05-13"]),
      ("13/05/2027", ["2027-05-13"]), ("05/10/2027", ["2027-10-05", "2027-05-10"]),
      ("05/05/2027", ["2027-05-05"]), ("2027-02-30", []), ("10.05.27", []), ("soon", []), ("", []),
    ])
  func days(text: String, expected: [String]) {
    #expect(DateForm.days(text).map(\.description) == expected)
  }

  @Test(
    "a month is recognised",
    arguments: [
      ("Feb 2027", "2027-02"), ("2027 february", "2027-02"), ("2027-2", "2027-02"),
      ("2027/02", "2027-02"), ("02/2027", "2027-02"), ("2.2027", "2027-02"), ("202702", "2027-02"),
      ("2027-02-01", "2027-02"), ("13/2027", nil), ("Q1 2027", nil), ("2027", nil),
    ] as [(String, String?)])
  func months(text: String, expected: String?) {
    #expect(DateForm.month(text)?.description == expected)
  }

  @Test(
    "a day that does not exist gets the nearest",
    arguments: [
      ("2027-13-01", ["2027-12-01", "2027-01-13"]), ("2027-13-40", ["2027-12-31"]),
      ("2027-02-30", ["2027-02-28"]), ("2027-12-00", ["2027-12-01"]),
      ("31.02.2027", ["2027-02-28"]), ("2/30/2027", ["2027-02-28"]), ("13.13.2027", []),
      ("2027-05-10", ["2027-05-10"]), ("soon", []),
    ])
  func nearest(text: String, expected: [String]) {
    #expect(DateForm.offers(text).map(\.description) == expected)
  }

  @Test("the help asks where a text means two days")
  func help() {
    #expect(DateForm.help("10.05.2027", example: "2027-01-31") == "write: 2027-05-10")
    #expect(DateForm.help("soon", example: "2027-01-31") == "write: 2027-01-31")
    #expect(
      DateForm.help("05/10/2027", example: "")
        == "write: 2027-10-05, or 2027-05-10; which of them is meant?")
  }
}
