import Testing

@testable import GenOpsUnits

/// A corrected line has the numbers that were written, and what they lack of the line.
@Suite struct CorrectionTests {
  @Test(
    arguments: [
      ("3000", "budget: 5000 USD per month", "budget: 3000 USD per month"),
      ("3000 per year", "budget: 5000 USD per month", "budget: 3000 USD per year"),
      ("3k USD", "budget: 5000 USD per month", "budget: 3k USD per month"),
      ("3M", "events: 2M per month   (or 40 per user per month)", "events: 3M per month"),
      ("50", "share: 40% to 60%", "share: 50%"), ("0.4", "share: 40% to 60%", "share: 40%"),
      ("0.05 to 0.125", "share: 40%", "share: 5% to 12.5%"),
      ("15%", "events: +15% to +30%", "events: +15%"),
      ("3 to 5", "write: lasts: 2 to 4 months", "write: lasts: 3 to 5 months"),
      ("20 per user", "events: 40 per user per month", "events: 20 per user per month"),
      ("60000 USD yearly", "budget: 5000 USD per month", "budget: 60000 USD per year"),
      ("3% monthly", "events: 2% to 6% per month", "events: 3% per month"),
    ])
  func `The line with what was written`(text: String, line: String, corrected: String) throws {
    #expect(try Figures(text).put(into: line) == corrected)
  }

  @Test(arguments: [("2", "x2, or +2%"), ("2 to 3", "x2 to x3, or +2% to +3%")])
  func `A number that says no change has two readings`(text: String, both: String) throws {
    #expect(try Figures(text).asChange == both)
    #expect(try Figures("+\(text)%").asChange == nil)
  }

  @Test(
    arguments: [
      ("3000 EUR per month", "budget: 5000 USD per month"), ("150%", "share: 40%"),
      ("x2", "events: 40 per month"), ("5 per month", "days: 3"), ("7", "write true or false"),
    ])
  func `Nothing is guessed`(text: String, line: String) throws {
    #expect(try Figures(text).put(into: line) == nil)
  }
}
