/// The lines of a label and of what it says.
struct TextEntry {
  let entry: ReportEntry

  init(_ entry: ReportEntry) { self.entry = entry }

  /// The column behind the labels of a report's last lines.
  static let column = 13

  /// A line that begins with a label.
  static func line(_ label: String, _ text: String = "") -> TextLine {
    var line = TextLine(label.padded(to: column), .dim)
    line.add(text)
    return line
  }

  func lines(width: Int, atMost most: Int) -> [TextLine] {
    if entry.alternatives.isEmpty { return items(width: width, atMost: most) }
    if entry.isCheck { return check(width: width) }
    let text = TextLayout.first(of: entry.alternatives, in: width - TextEntry.column)
    return [TextEntry.line(entry.label, text)]
  }

  /// The first item beside the label, the others below it; what has no room is counted.
  private func items(width: Int, atMost most: Int) -> [TextLine] {
    var first = TextEntry.line(entry.label)
    if let summary = entry.summary { first.add(summary.text, summary.tone) }
    if entry.items.isEmpty { return [first] }
    if entry.wraps { return wrapped(first, width: width, atMost: most) }
    let shown = entry.items.count <= most ? entry.items.count : max(1, most - 1)
    var lines = entry.items.prefix(shown).enumerated().map { index, item in
      var line = index == 0 ? first : TextEntry.line("")
      line.add(item.kind)
      // The place must stay readable: it is where the reader goes.
      let room = max(20, width - line.width - item.place.displayWidth)
      line.add(item.text.fitting(room), item.tone)
      line.add(item.place)
      return line
    }
    if shown < entry.items.count, shown < most {
      lines.append(TextEntry.line("", "+\(entry.items.count - shown) \(entry.rest)"))
    }
    return lines
  }

  /// Items in full, each in as many lines as it needs; those for which there is no room are counted.
  private func wrapped(_ first: TextLine, width: Int, atMost most: Int) -> [TextLine] {
    var lines: [TextLine] = []
    for (index, item) in entry.items.enumerated() {
      let begin = index == 0 ? first : TextEntry.line("")
      let words = (item.kind + item.text + item.place).wrapped(max(20, width - begin.width))
      let isLast = index == entry.items.count - 1
      if index == 0, words.count > most - (isLast ? 0 : 1) {
        var line = begin
        line.add(
          (item.kind + item.text + item.place).fitting(max(20, width - begin.width)), item.tone)
        lines.append(line)
        continue
      }
      // The line that counts the others needs room too.
      if index > 0, lines.count + words.count > most - (isLast ? 0 : 1) {
        if lines.count < most {
          lines.append(TextEntry.line("", "+\(entry.items.count - index) \(entry.rest)"))
        }
        break
      }
      for (place, text) in words.enumerated() {
        var line = place == 0 ? begin : TextEntry.line("")
        line.add(text, item.tone)
        lines.append(line)
      }
    }
    return lines
  }

  /// A check in one line; on a narrow terminal its verdict beside the label and its numbers below.
  private func check(width: Int) -> [TextLine] {
    var line = TextLine(entry.label)
    if width < 100 {
      if let verdict = entry.verdict { line.add("   " + verdict.text, verdict.tone) }
      return [line]
        + (entry.alternatives.first ?? "").wrapped(width - 4).map { TextLine("  " + $0) }
    }
    line.pad(to: 27)
    let room = entry.verdict.map { width - 27 - $0.text.displayWidth - 2 } ?? width - 27
    line.add(TextLayout.first(of: entry.alternatives, in: room))
    if let verdict = entry.verdict {
      line.pad(to: max(88, line.width + 2))
      line.add(verdict.text, verdict.tone)
    }
    return [line]
  }
}

/// The last lines of a screen: the files, the time and the next commands.
struct TextFooter {
  let footer: ReportFooter

  init(_ footer: ReportFooter) { self.footer = footer }

  func lines(width: Int) -> [TextLine] {
    var lines: [TextLine] = []
    if let first = footer.files.first {
      let others = footer.files.dropFirst().map { ReportFooter.short($0, beside: first) }
      var line = TextEntry.line("Report", first)
      if !others.isEmpty { line.add("   (\(others.joined(separator: " ")))") }
      if let elapsed = footer.elapsed {
        line.pad(to: max(85, line.width + 2))
        line.add(elapsed, .dim)
      }
      lines.append(line)
    } else if let elapsed = footer.elapsed {
      lines.append(TextEntry.line("Time", elapsed))
    }
    if !footer.next.isEmpty {
      // A command that is cut off is none: as many as fit, at least the first.
      let texts = (1...footer.next.count).reversed().map { shown in
        footer.next.prefix(shown).joined(separator: " · ")
      }
      lines.append(
        TextEntry.line("Next", TextLayout.first(of: texts, in: width - TextEntry.column)))
    }
    return lines
  }
}

extension ReportFooter {
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
