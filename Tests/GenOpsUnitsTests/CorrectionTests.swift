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
    ])
  func `The line with what was written`(text: String, line: String, corrected: String) throws {
    #expect(try Figures(text).put(into: line) == corrected)
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
