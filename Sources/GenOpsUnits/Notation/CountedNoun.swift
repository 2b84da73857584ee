/// A whole number with its noun: `1 day`, `7 days`. The noun is one whose plural ends in "s".
package func countedNoun(_ number: Int, _ noun: String) -> String {
  "\(number) \(noun)\(number == 1 ? "" : "s")"
}
