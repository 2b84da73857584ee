import ArgumentParser
import Foundation
import GenOpsUnits

/// What people write after `genops`, before it is parsed: a scenario alone is run, and a verb that there is
/// not gets the one that was probably meant.
enum Invocation {
  /// The arguments with the verb that was left out, and with numbers below zero as values of what stands
  /// before them: the parser would take `-1` of `--horizon -1` for an option, and miss a value.
  static func complete(_ arguments: [String]) throws(FindingsError) -> [String] {
    var joined: [String] = []
    for word in try withVerb(arguments) {
      if let option = joined.last, option.hasPrefix("--"), option.utf8.count > 2,
        !option.utf8.contains(UInt8(ascii: "=")), isBelowZero(word)
      {
        joined[joined.count - 1] = "\(option)=\(word)"
      } else {
        joined.append(word)
      }
    }
    return joined
  }

  private static func isBelowZero(_ word: String) -> Bool {
    word.hasPrefix("-") && word.utf8.count > 1
      && word.utf8.dropFirst().allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: ".") }
  }

  private static func withVerb(_ arguments: [String]) throws(FindingsError) -> [String] {
    var command: any ParsableCommand.Type = GenOps.self
    for (position, word) in arguments.enumerated() {
      let verbs = command.configuration.subcommands
      if verbs.isEmpty || word.hasPrefix("-") || word == "help" { break }
      if let verb = verbs.first(where: { $0._commandName == word }) {
        command = verb
        continue
      }
      if position == 0, isScenario(word) { return ["run"] + arguments }
      let path = (["genops"] + arguments[..<position]).joined(separator: " ")
      let names = verbs.map { $0._commandName }
      throw FindingsError(
        "unknown-verb", "'\(path)' has no verb '\(word)'",
        help: nearestName(to: word, among: names).map { "did you mean '\(path) \($0)'?" }
          ?? "known: \(names.joined(separator: ", "))")
    }
    return arguments
  }

  /// Whether a word is a file rather than a verb: it is there, or is called as no verb is.
  private static func isScenario(_ word: String) -> Bool {
    word.utf8.contains { "./".utf8.contains($0) }
      || FileManager.default.fileExists(atPath: word)
  }
}
