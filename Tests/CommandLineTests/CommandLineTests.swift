import Foundation
import Testing

/// The program as its user calls it: arguments in, screen, files and exit status out.
struct `The command line` {
  @Test(arguments: CommandCase.all)
  func `does what the case says`(entry: CommandCase) async throws {
    for mistake in entry.mistakes { Issue.record("\(mistake)") }
    #expect(!entry.steps.isEmpty, "\(entry.place): there is no call")
    let folder = try CommandFolder()
    defer { folder.remove() }
    for step in entry.steps {
      for file in step.files { try folder.write(file.text, to: file.path) }
      for link in step.links { try folder.make(link) }
      let answer = try await folder.call(
        step.arguments, input: step.input, output: step.output, environment: entry.environment)
      let told = "genops \(step.arguments.joined(separator: " "))\n\(answer.out)\(answer.err)"
      #expect(answer.status == step.status, "\(entry.place): \(told)")
      for check in step.checks {
        if let wrong = violation(of: check, by: answer) {
          Issue.record("\(entry.place): \(wrong), after \(told)")
        }
      }
    }
  }

  @Test
  func `shows the help of every verb, and the usage of each that is called wrongly`() async throws {
    let folder = try CommandFolder()
    defer { folder.remove() }
    for verb in try await Verb.all(folder) {
      let help = try await folder.call(verb.path + ["--help"])
      #expect(help.status == 0 && help.err.isEmpty, "\(verb)")
      #expect(help.out.hasPrefix("OVERVIEW: "), "\(verb)")
      #expect(verb.isGroup || help.out.contains("\n  genops \(verb)") || verb.path == ["schema"])
      let wrong = try await folder.call(verb.path + ["--fly"])
      #expect(wrong.status == 2 && wrong.out.isEmpty, "\(verb)")
      #expect(wrong.err.contains("Usage: genops \(verb)"), "\(verb)")
      #expect(help.written.isEmpty && wrong.written.isEmpty, "\(verb)")
    }
  }

  @Test
  func `has for every verb a case that works and one with wrong input`() async throws {
    let folder = try CommandFolder()
    defer { folder.remove() }
    let steps = CommandCase.all.flatMap(\.steps)
    for verb in try await Verb.all(folder) where !verb.isGroup {
      let own = steps.filter { $0.arguments.starts(with: verb.path) }
      #expect(own.contains { $0.status == 0 }, "no case in which \(verb) works")
      #expect(own.contains { $0.status == 2 }, "no case of wrong input of \(verb)")
    }
  }

  /// What does not hold, or nil.
  private func violation(of check: CommandCase.Check, by answer: CommandFolder.Answer) -> String? {
    func text(_ channel: CommandCase.Channel) -> String {
      channel == .out ? answer.out : answer.err
    }
    switch check {
    case .has(let channel, let words):
      return has(text(channel), words) ? nil : "no line of \(channel) has '\(words)'"
    case .hasNot(let channel, let words):
      return has(text(channel), words) ? "a line of \(channel) has '\(words)'" : nil
    case .isExactly(let channel, let lines):
      return trimmed(text(channel)) == trimmed(lines) ? nil : "\(channel) is not:\n\(lines)"
    case .isEmpty(let channel):
      return text(channel).isEmpty ? nil : "\(channel) is not empty"
    case .wrote(let path, let words):
      guard let written = answer.written[path] else {
        return "\(path) was not written; written: \(answer.written.keys.sorted())"
      }
      return words.map { has(written, $0) } ?? true
        ? nil : "no line of \(path) has '\(words ?? "")'"
    case .wroteNothing:
      return answer.written.isEmpty ? nil : "written: \(answer.written.keys.sorted())"
    }
  }

  /// Whether a line holds the words; spaces in a row count as one.
  private func has(_ text: String, _ words: String) -> Bool {
    let signs = words.replacingOccurrences(of: "\\e", with: "\u{1B}")
    let wanted = spaced(signs.replacingOccurrences(of: "\\t", with: "\t"))
    // By byte: a combining mark behind a sign makes another Character of it.
    return text.split(separator: "\n").contains {
      Array(spaced(String($0)).utf8).contains(Array(wanted.utf8))
    }
  }

  private func spaced(_ line: String) -> String {
    line.split(separator: " ").joined(separator: " ")
  }

  private func trimmed(_ text: String) -> [String] {
    var lines = text.components(separatedBy: "\n").map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }
}
