import GenOpsSimulation
import GenOpsUnits

/// The last lines of the text report: what to do with the answer.
struct TextTail {
  let result: ScenarioResult
  let footer: RunFooter

  init(_ result: ScenarioResult, _ footer: RunFooter) {
    self.result = result
    self.footer = footer
  }

  private static func labelled(_ label: String, _ text: String = "") -> TextLine {
    var line = TextLine(label.padded(to: 13), .dim)
    line.add(text)
    return line
  }

  /// The budget to ask for, and how further budgets fare.
  func askFor(width: Int) -> [TextLine] {
    var lines: [TextLine] = []
    if let text = AskFor(result).text { lines.append(TextTail.labelled("Ask for", text)) }
    let others = result.budgets.dropFirst().map { budget in
      "\(budget.name.displayable.fitting(24)) \(NumberText.money(budget.limit))"
        + "\(budget.period.suffix): over in \(NumberText.percent(budget.breachProbability))"
    }
    guard !others.isEmpty else { return lines }
    func text(_ shown: Int) -> String {
      let more = shown < others.count ? ["+\(others.count - shown) more"] : []
      return (others.prefix(shown) + more).joined(separator: " · ")
    }
    var shown = others.count
    while shown > 1, text(shown).displayWidth > width - 13 { shown -= 1 }
    lines.append(TextTail.labelled("Budgets", text(shown)))
    return lines
  }

  /// How many there are and the first of them.
  func findings(width: Int, atMost most: Int) -> [TextLine] {
    let all = FindingsText.sorted(result.findings)
    guard let first = all.first else { return [TextTail.labelled("Findings", "none")] }
    let counts = FindingsText.count(result.findings)
    let shown = all.count <= most ? all.count : max(1, most - 1)
    var lines: [TextLine] = []
    for (index, finding) in all[..<shown].enumerated() {
      var line = TextLine((index == 0 ? "Findings" : "").padded(to: 13), .dim)
      if index == 0 { line.add(counts + ": ", first.severity.tone) }
      if index > 0, finding.severity != first.severity {
        line.add("\(finding.severity.rawValue): ")
      }
      let place = location(finding)
      // The place must stay readable: it is where the reader goes.
      line.add(
        finding.message.displayable.fitting(max(20, width - line.width - place.displayWidth)))
      line.add(place)
      lines.append(line)
    }
    if shown < all.count {
      let more = "+\(all.count - shown) more in the files"
      if shown < most {
        lines.append(TextTail.labelled("", more))
      }
    }
    return lines
  }

  /// ` (line 4, column 10)` in the scenario, ` (usage.csv:3:1)` elsewhere.
  private func location(_ finding: Finding) -> String {
    guard let place = finding.location else { return "" }
    if place.file == footer.scenarioFile {
      return " (line \(place.line), column \(place.column))"
    }
    return " (\(place.file.displayable.fitting(36)):\(place.line):\(place.column))"
  }

  /// What may go wrong: cost, notice and answer, a line each, the dearest first.
  func faults(width: Int, atMost most: Int) -> [TextLine] {
    let all = result.faults.enumerated()
      .sorted { ($1.element.cost.mean, $0.offset) < ($0.element.cost.mean, $1.offset) }
      .map(\.element)
    if all.isEmpty { return [] }
    let shown = all.count <= most ? all.count : max(1, most - 1)
    var lines = all.prefix(shown).enumerated().map { index, fault in
      TextTail.labelled(
        index == 0 ? "Faults" : "", fault.line.displayable.fitting(max(20, width - 13)))
    }
    if shown < all.count, shown < most {
      lines.append(TextTail.labelled("", "+\(all.count - shown) more in the files"))
    }
    return lines
  }

  /// How many hold, and those that do not.
  func expectations(atMost most: Int) -> [TextLine] {
    let all = result.expectations
    if all.isEmpty { return [] }
    let failed = all.filter { !$0.passed }
    var first = TextTail.labelled("Expect")
    first.add("\(all.count - failed.count) of \(all.count) passed", failed.isEmpty ? .good : .bad)
    let shown = failed.count <= most ? failed.count : max(1, most - 1)
    var lines = [first]
    for (index, expectation) in failed.prefix(shown).enumerated() {
      let text =
        "! \(expectation.option): \(expectation.expression), but it is \(expectation.value)"
      if index == 0 {
        lines[0].add("   " + text.displayable, .bad)
      } else {
        var line = TextTail.labelled("")
        line.add(text.displayable, .bad)
        lines.append(line)
      }
    }
    if shown < failed.count, shown < most {
      lines.append(TextTail.labelled("", "+\(failed.count - shown) more failed, in the files"))
    }
    return lines
  }

  /// The files, the time and the next commands.
  func reportAndNext(width: Int) -> [TextLine] {
    var lines: [TextLine] = []
    if let first = footer.files.first {
      let others = footer.files.dropFirst().map { RunFooter.short($0, beside: first) }
      var line = TextTail.labelled("Report", first.displayable)
      if !others.isEmpty { line.add("   (\(others.joined(separator: " ").displayable))") }
      if let elapsed = footer.elapsed {
        line.pad(to: 85)
        line.add((line.width > 85 ? "   " : "") + elapsed, .dim)
      }
      lines.append(line)
    } else if let elapsed = footer.elapsed {
      lines.append(TextTail.labelled("Time", elapsed))
    }
    if !footer.next.isEmpty {
      // A command that is cut off is none: as many as fit, at least the first.
      func text(_ shown: Int) -> String {
        footer.next.prefix(shown).joined(separator: " · ").displayable
      }
      var shown = footer.next.count
      while shown > 1, text(shown).displayWidth > width - 13 { shown -= 1 }
      lines.append(TextTail.labelled("Next", text(shown)))
    }
    return lines
  }
}

extension RunFooter {
  /// `path` as short as is clear beside `first`: its extension when only that differs, its name
  /// when it lies in the same folder.
  static func short(_ path: String, beside first: String) -> String {
    func split(_ path: String) -> (folder: Substring, stem: Substring, ending: Substring) {
      let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
      let name = path.dropFirst(folder.count)
      guard let dot = name.lastIndex(of: "."), dot != name.startIndex else {
        return (folder, name, "")
      }
      return (folder, name[..<dot], name[dot...])
    }
    let (a, b) = (split(path), split(first))
    if a.folder != b.folder { return path }
    return a.stem == b.stem && !a.ending.isEmpty ? String(a.ending) : String(a.stem + a.ending)
  }
}
