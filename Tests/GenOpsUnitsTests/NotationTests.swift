import GenOpsTestSupport
import Foundation
import GenOpsUnits
import Testing

/// One line of `Cases/notation.cases`.
struct NotationCase: CustomTestStringConvertible, Sendable {
  var line: Int
  var text: String
  var expected: String

  var testDescription: String { "notation.cases:\(line): \(text)" }

  /// What the text comes to, in the words of the file.
  var outcome: String {
    do throws(NotationFailure) { return try Notation(text).dump } catch {
      return "refused: \(error.message)" + (error.help.map { " | " + $0 } ?? "")
    }
  }

  static let all: [NotationCase] = {
    TextCase.lines("notation").map { entry in
      let parts = entry.text.components(separatedBy: "->")
      let expected = parts.count == 2 ? parts[1] : "a line of the form TEXT -> SYNTAX"
      return NotationCase(
        line: entry.line, text: parts[0].trimmingCharacters(in: .whitespaces),
        expected: expected.trimmingCharacters(in: .whitespaces))
    }
  }()
}

@Suite("One notation")
struct NotationTests {
  @Test("every case is read or refused as the file says", arguments: NotationCase.all)
  func cases(_ entry: NotationCase) {
    #expect(entry.outcome == entry.expected)
  }

  @Test("the file of cases is there")
  func count() { #expect(NotationCase.all.count > 80) }

  @Test(
    "whole numbers and money are exact",
    arguments: [
      ("9007199254740993", 0, Int64(9_007_199_254_740_993)), ("1.5k", 0, 1500), ("0.07k", 0, 70),
      ("1e-3k", 0, 1), ("7.000", 0, 7), ("0e300", 0, 0), ("0.000000001", 9, 1),
      ("60k", 9, 60_000_000_000_000), ("9223372036.854775807", 9, .max),
    ])
  func exact(text: String, power: Int, expected: Int64) throws {
    #expect(try Numeral(text).whole(tenTo: power) == expected)
  }

  @Test("what is not whole or does not fit is said")
  func misfits() throws {
    #expect(throws: Numeral.Misfit.notWhole) { try Numeral("1.5").whole() }
    #expect(throws: Numeral.Misfit.notWhole) { try Numeral("1e-1000").whole() }
    #expect(throws: Numeral.Misfit.outOfRange) { try Numeral("9223372036854775808").whole() }
    #expect(throws: Numeral.Misfit.outOfRange) { try Numeral("1e300").whole(tenTo: 9) }
  }

  @Test(
    "the binary number is the nearest to what is written",
    arguments: [
      ("0.1", 0.1), ("1,250.5", 1250.5), ("0.07k", 70), ("1e6", 1e6), ("1e-400", 0),
      ("2.9M", 2.9e6),
    ])
  func approximate(text: String, expected: Double) throws {
    #expect(try Numeral(text).approximate == expected)
  }

  @Test("what an interval says once covers both ends, and two kinds of it are refused")
  func figures() throws {
    let percent = try Figures("2% to 6 per month")
    #expect(percent.unit == "%" && percent.per == ["month"] && percent.isInterval)
    #expect(try Figures("100 usd to 140 USD/month").period == "month")
    #expect(try Figures("15 to +30%").sign == .change)
    #expect(try Figures("+15 to 30%").written(unit: "%") == "+15% to +30%")
    for text in ["2% to 6 USD", "x2 to +3", "2 per day to 3 per month", "mau", "2 * 3", "(2)"] {
      #expect(throws: NotationFailure.self, "\(text)") { try Figures(text) }
    }
  }

  @Test("a key that takes one number refuses all else in the same words")
  func refusals() throws {
    #expect(try Figures("5").refusal == nil)
    #expect(try Figures("2 to 3").refusal == "'2 to 3' is an interval, and one number is needed")
    #expect(try Figures("x2").refusal == "'x2' is a factor, and a number is needed")
    #expect(try Figures("2 to 3").number() == nil && Figures("5%").number() == nil)
    #expect(try Figures("-5").number()?.approximate == -5)
  }

  @Test("times are spelled alike everywhere")
  func times() {
    for word in ["s", "sec", "second", "Seconds"] { #expect(TimeUnit(word) == .second) }
    for word in ["min", "minute", "minutes"] { #expect(TimeUnit(word) == .minute) }
    for word in ["h", "hour", "hours"] { #expect(TimeUnit(word) == .hour) }
    for word in ["month", "months", "Month"] { #expect(TimeUnit(word) == .month) }
    for word in ["m", "mo", "", "fortnight", "ss"] { #expect(TimeUnit(word) == nil) }
    #expect(Figures.currency("usd") == "USD" && Figures.currency("min") == nil)
  }

  // MARK: Any text

  @Test("any text is read or refused, and reads the same again", arguments: 0..<20)
  func anyText(seed: Int) throws {
    let alphabet = [
      "0", "1", "9", "12", ".", ",", "_", "e", "E", "-", "+", "*", "/", "(", ")", "%", " ", "  ",
      "k", "M", "bn", "m", "x", "x1", "to", " to ", " per ", "per", "month", "/month", "USD", "mau",
      "a", "\u{A0}", "–", "−", "€", "٣", "é", "\u{301}", "👩‍👩‍👧", "\n", "\u{0}", "&",
    ]
    var random = SeededGenerator(seed)
    for _ in 0..<1_000 {
      let text = (0...random.below(24)).map { _ in alphabet[random.below(alphabet.count)] }.joined()
      guard let notation = try? Notation(text) else { continue }
      #expect(try Notation(text) == notation)
      guard let figures = Figures(notation) else { continue }
      for number in [figures.low, figures.high] {
        #expect(number.approximate.isFinite)
        _ = try? number.whole(tenTo: 9)
        // The digits as written say the same number.
        let again = try Numeral(number.text)
        #expect(again.digits == number.digits && again.exponent == number.exponent)
      }
    }
  }

  @Test("long and deep texts are refused before they are a crash", arguments: ["(", "-", "-("])
  func deep(open: String) {
    func text(_ deep: Int) -> String {
      String(repeating: open, count: deep) + "1"
        + String(repeating: open.hasSuffix("(") ? ")" : "", count: deep)
    }
    #expect((try? Notation(text(20))) != nil)
    #expect(throws: NotationFailure.self) { try Notation(text(100_000)) }
  }

  @Test("reading takes time in proportion to the text")
  func long() throws {
    let digits = String(repeating: "7", count: 300)
    #expect(try Notation(digits).low.form == .number(Numeral(digits), isFactor: false))
    for piece in ["7", "1,", "1_", "a", "a ", "1 ", "1+", "7.", "e", " ", "per month "] {
      let text = String(repeating: piece, count: 20_000)
      _ = try? Notation(text)
    }
  }
}
