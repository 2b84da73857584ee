import Testing

/// Facts of a billing answer, through init and run, against figures that were computed by hand.
@Suite struct `What an account's bill says` {
  @Test(arguments: AccountCase.all)
  func `makes the year that was computed by hand`(_ item: AccountCase) async throws {
    #expect(item.mistakes == [])
    let got = try await item.outcome()
    for line in item.lines { #expect(got.scenario.contains(line), "\(got.scenario)") }
    for (month, amount) in item.months { #expect(got.months[month] == amount, "\(month)") }
    if let year = item.year { #expect(got.year == year) }
    if let lost = item.lost { #expect(got.lost == lost) }
    if let doubt = item.doubt { #expect(got.doubt == doubt) }
    for words in item.says { #expect(got.says(words), "\(got.findings)") }
    for words in item.without { #expect(!got.says(words), "\(got.findings)") }
  }

  @Test func `has cases`() { #expect(AccountCase.all.count >= 50) }
}
