import GenOpsReporting
import GenOpsUnits
import Testing

@Suite struct TextWidthTests {
  @Test func `Any result fits in 40 lines of 100 columns`() {
    for seed in 0..<120 as Range<UInt64> {
      let text = TextFormat.render(
        RandomResult(seed: seed).result, SampleContext(footer: Sample.footer))
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      #expect(lines.count <= 40, "seed \(seed): \(lines.count) lines\n\(text)")
      for line in lines {
        #expect(String(line).displayWidth <= 100, "seed \(seed): \(line)")
        #expect(!line.contains("\u{1B}") && !line.hasSuffix(" "), "seed \(seed): \(line)")
      }
    }
  }

  @Test func `A narrow terminal is respected too`() {
    for seed in 0..<50 as Range<UInt64> {
      let context = SampleContext(style: TextStyle(color: false, width: 60), footer: Sample.footer)
      for line in TextFormat.render(RandomResult(seed: seed).result, context).split(separator: "\n")
      {
        #expect(String(line).displayWidth <= 60, "seed \(seed): \(line)")
      }
    }
  }

  @Test(arguments: [
    ("abc", 3), ("", 0), ("日本", 4), ("e\u{301}", 1), ("🚀", 2), ("👩‍👩‍👧", 2), ("🇩🇪", 2), ("❤️", 2),
    ("한국", 4), ("ｆｕｌｌ", 8), ("░█", 2), ("…·", 2), ("a\u{200B}b", 2),
  ])
  func `A text takes its columns`(text: String, columns: Int) {
    #expect(text.displayWidth == columns)
  }

  @Test func `What does not fit is cut between letters and marked`() {
    #expect("profile".fitting(7) == "profile")
    #expect("profiles".fitting(7) == "profil…")
    #expect("日本語".fitting(5) == "日本…")
    #expect("日本語".fitting(4) == "日…")
    #expect("two words".fitting(5) == "two…")
    #expect("x".fitting(0) == "")
  }

  @Test func `A table shrinks only the columns that may`() {
    let table = ReportTable(
      [.init("Name", shrinksTo: 4), .init("Price", .right)],
      [["product analytics", "0.00005"], ["flags"]])
    #expect(
      table.text(TextStyle(width: 80))
        == "Name                 Price\nproduct analytics  0.00005\nflags\n")
    #expect(table.text(TextStyle(width: 17)) == "Name        Price\nproduct…  0.00005\nflags\n")
  }
}
