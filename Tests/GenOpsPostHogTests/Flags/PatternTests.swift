import GenOpsUnits
import Testing

@testable import GenOpsPostHog

@Suite("Patterns in filters")
struct PatternTests {
  private func finds(_ pattern: String, _ text: String, work: Int = 4_000_000) -> String {
    var work = work
    do throws(Unresolved) {
      return try PatternFilter.finds(pattern, in: text, &work).map { $0 ? "yes" : "no" } ?? "wrong"
    } catch {
      return "server"
    }
  }

  @Test(
    "What a pattern finds, is too wrong to find, or leaves to the server",
    arguments: [
      ("a.c", "abc", "yes"), ("a.c", "a\nc", "no"), ("a.c", "a\r\nc", "no"),
      ("^a.c$", "aéc", "yes"),
      ("^.$", "e\u{301}", "no"), ("^..$", "e\u{301}", "yes"), ("é", "e\u{301}", "no"),
      ("Pro", "pro", "no"), ("pro$", "pro", "yes"), ("a$", "a\n", "no"), ("a+$", "a\n", "server"),
      ("^$", "", "yes"), ("$", "x", "yes"), ("^b", "a\nb", "no"), ("[^a]", "\n", "yes"),
      ("(a*)*", "b", "server"), ("(|a)*b", "aab", "yes"), ("(ab|a)(bc|c)$", "abc", "yes"),
      ("a{2,3}b", "aaab", "yes"), ("^a{2,3}b", "aaaab", "no"), ("a{3,2}", "aaa", "wrong"),
      ("(", "(", "wrong"), ("a)", "a)", "wrong"), ("[a", "a", "wrong"), ("a\\", "a", "wrong"),
      ("*a", "a", "wrong"), ("a**", "a", "wrong"), ("a++", "a", "server"), ("(?=a)", "a", "server"),
      ("\\bpro\\b", "pro", "server"), ("[\\b]", "\u{8}", "yes"), ("[z-a]", "a", "wrong"),
      ("\\d", "٣", "yes"), ("\\w", "中", "yes"), ("\\w", "\u{93E}", "server"),
      ("\\s", "\u{A0}", "yes"),
      ("\\s", "\u{1C}", "server"), ("\\x41", "A", "yes"), ("[a-c]{2}", "xbcx", "yes"),
    ])
  func finds(pattern: String, text: String, expected: String) {
    #expect(finds(pattern, text) == expected)
  }

  @Test(
    "A pattern that would take for ever where it goes back takes the length of the text",
    arguments: ["(a|a)*b", "^(?:a|aa|a)*c$", "a?a?a?a?a?a?a?a?a?a?aaaaaaaaaab", ".*.*.*.*x"])
  func linear(pattern: String) throws {
    func spent(_ length: Int) throws -> Int {
      var work = 100_000_000
      let found = try PatternFilter.finds(pattern, in: String(repeating: "a", count: length), &work)
      #expect(found == false)
      return 100_000_000 - work
    }
    #expect(try spent(3_999) == 10 * spent(399))
  }

  @Test(
    "What nests or counts too much is left to the server",
    arguments: [
      "a{1000}{1000}", "(a{1000}){1000}", "a{1000}b{1000}c{1000}d{1000}e{1000}", "\\w{4294967294}",
      "a{99999999999}", String(repeating: "(", count: 5000), String(repeating: "a", count: 50_000),
      String(repeating: "(", count: 300) + "a" + String(repeating: ")", count: 300),
    ])
  func tooMuch(pattern: String) {
    #expect(finds(pattern, "aaaa") == "server")
    #expect(!PatternFilter.isSupported(pattern))
  }

  @Test("A group of nothing that counts to billions ends")
  func countedNothing() {
    #expect(finds("(^){0,4000000000}a", "a") == "server")
    #expect(finds("(|){4000000000}a", "a") == "server")
    #expect(finds("(?:(?:)){4000000000}a", "a") == "server")
  }

  @Test("A text that is too long for the pattern is left to the server")
  func longText() {
    // Six steps for each of 10,001 places.
    #expect(finds("a+b", String(repeating: "a", count: 10_000), work: 60_005) == "server")
    #expect(finds("a+b", String(repeating: "a", count: 10_000), work: 60_006) == "no")
  }
}
