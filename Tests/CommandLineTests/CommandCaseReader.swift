import Foundation

/// Reads a file of cases, line by line.
struct CommandCaseReader {
  let file: String

  /// Where lines after "| " go.
  private enum Block {
    case file, input, exactly(CommandCase.Channel)
  }

  private var cases: [CommandCase] = []
  private var block: Block?
  /// The next call, of which only files and input are known.
  private var next = CommandCase.Step()

  init(file: String) { self.file = file }

  func read(_ text: String) -> [CommandCase] {
    var reader = self
    for (index, line) in text.components(separatedBy: "\n").enumerated() {
      reader.read(line.trimmingCharacters(in: .whitespaces), number: index + 1)
    }
    return reader.cases
  }

  private mutating func read(_ line: String, number: Int) {
    if line.isEmpty || line.hasPrefix("#") { return }
    if let name = line.after("case ") {
      cases.append(CommandCase(name: name, place: "\(file):\(number)"))
      (block, next) = (nil, CommandCase.Step())
      return
    }
    guard !cases.isEmpty else { return }
    let last = cases.count - 1
    if line == "|" || line.hasPrefix("| ") {
      continueBlock(String(line.dropFirst(2)) + "\n", in: last)
      return
    }
    block = nil
    if let path = line.after("file ") {
      next.files.append((path, ""))
      block = .file
    } else if let words = line.after("link ")?.split(separator: " ").map(String.init),
      words.count == 2
    {
      next.links.append(.init(path: words[0], target: words[1], isHard: false))
    } else if let words = line.after("hard link ")?.split(separator: " ").map(String.init),
      words.count == 2
    {
      next.links.append(.init(path: words[0], target: words[1], isHard: true))
    } else if let path = line.after("to ") {
      next.output = path
    } else if let pair = line.after("env "), let sign = pair.firstIndex(of: "=") {
      cases[last].environment[String(pair[..<sign])] = String(pair[pair.index(after: sign)...])
    } else if line == "stdin" {
      block = .input
    } else if let call = line.after("$ genops") {
      next.arguments = Self.words(call)
      cases[last].steps.append(next)
      next = CommandCase.Step()
    } else if !cases[last].steps.isEmpty, expect(line, in: last) {
      return
    } else {
      cases[last].mistakes.append("\(file):\(number): '\(line)' does not belong into a case")
    }
  }

  private mutating func continueBlock(_ text: String, in last: Int) {
    let step = cases[last].steps.count - 1
    switch block {
    case .file: next.files[next.files.count - 1].text += text
    case .input: next.input += text
    case .exactly(let channel):
      guard case .isExactly(_, let before) = cases[last].steps[step].checks.popLast() else {
        return
      }
      cases[last].steps[step].checks.append(.isExactly(channel, before + text))
    case nil: cases[last].mistakes.append("\(file): lines after '|' need file, stdin, out or err")
    }
  }

  /// Reads what has to hold after the last call; false when the line does not say.
  private mutating func expect(_ line: String, in last: Int) -> Bool {
    let step = cases[last].steps.count - 1
    func add(_ check: CommandCase.Check) { cases[last].steps[step].checks.append(check) }
    if let status = line.after("exit ").flatMap({ Int32($0) }) {
      cases[last].steps[step].status = status
      return true
    }
    if line == "wrote nothing" {
      add(.wroteNothing)
      return true
    }
    if let file = line.after("wrote ") {
      let parts = file.components(separatedBy: ": ")
      add(.wrote(parts[0], containing: parts.count > 1 ? parts[1...].joined(separator: ": ") : nil))
      return true
    }
    for channel in [CommandCase.Channel.out, .err] {
      if let text = line.after("\(channel): ") {
        add(.has(channel, text))
      } else if let text = line.after("no \(channel): ") {
        add(.hasNot(channel, text))
      } else if line == "no \(channel)" {
        add(.isEmpty(channel))
      } else if line == channel.rawValue {
        add(.isExactly(channel, ""))
        block = .exactly(channel)
      } else {
        continue
      }
      return true
    }
    return false
  }

  /// Arguments as a shell would take them apart: by spaces, with both kinds of quotes.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in text {
      if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if quote == nil, character == " " {
        if let ended = word { words.append(ended) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    return words + (word.map { [$0] } ?? [])
  }
}

extension String {
  /// What follows `prefix`, or nil when the text does not begin with it.
  fileprivate func after(_ prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}
