package import GenOpsSimulation
import GenOpsUnits

/// The result for the terminal: at most 40 lines of 100 columns, whatever the scenario. A narrower
/// terminal breaks sentences, and has as many lines more as that may take. What has no room is
/// counted ("+3 more") and is in the files.
package enum TextReport: ReportFormat {
  package static let name = "text"
  package static let summary = "one screen for the terminal: the answer, the months, the options"
  package static let fileName = "report.txt"

  /// The most lines.
  static let height = 40
  /// The most lines on a narrow terminal: no option gives way to a broken sentence.
  static let narrowHeight = 52

  package static func render(_ result: ScenarioResult, _ context: ReportContext) -> String {
    lines(result, context).map { $0.text(context.style) + "\n" }.joined()
  }

  private static func lines(_ result: ScenarioResult, _ context: ReportContext) -> [TextLine] {
    let width = context.style.width
    let head = title(result, width: width) + [""] + sentences(result, width: width)
    var checks = checks(result, width: width)
    if !checks.isEmpty { checks.insert("", at: 0) }
    let periods = [""] + PeriodTable(result).lines(width: width)
    var place = whereItGoes(result, width: width)
    if !place.isEmpty { place.insert("", at: 0) }
    let tail = TextTail(result, context.footer)
    let last = tail.reportAndNext(width: width)
    let ask = tail.askFor(width: width)

    // What is left goes to the sections that can be folded, in the order of their weight.
    let fixed = [head, checks, periods, place, ask, last].reduce(1) { $0 + $1.count }
    var room =
      (width < 100 ? narrowHeight : height) - fixed - 1 - (result.expectations.isEmpty ? 0 : 1)
      - (result.faults.isEmpty ? 0 : 1)
    let table = OptionTable(result)
    let options = table.lines(width: width, atMost: room)
    room -= options.count
    let faults = tail.faults(width: width, atMost: room + 1)
    room -= max(0, faults.count - 1)
    let expectations = tail.expectations(atMost: room + 1)
    room -= max(0, expectations.count - 1)
    let findings = tail.findings(width: width, atMost: room + 1)

    let sections = [
      head, checks, periods, place, options, [""], ask, faults, findings, expectations, last,
    ]
    return sections.flatMap { $0 }
  }

  /// `name    Feb 2027 - Jan 2028 · USD · 10,000 futures · book`
  private static func title(_ result: ScenarioResult, width: Int) -> [TextLine] {
    let paths = result.provenance.paths
    let facts = [
      DateText.range(result.months.map(\.month)), result.currency.displayable,
      paths == 1 ? "1 future" : "\(groupedDigits(String(paths))) futures",
      result.provenance.priceBook.displayable.fitting(30),
    ].joined(separator: " · ")
    let room = width - facts.displayWidth - 4
    if room < 16 {
      return [TextLine(result.name.displayable.fitting(width), .strong), TextLine("  " + facts)]
    }
    var line = TextLine(result.name.displayable.fitting(room), .strong)
    line.add("    " + facts)
    return [line]
  }

  /// Two sentences, each in at most two lines, or four of a narrow terminal.
  private static func sentences(_ result: ScenarioResult, width: Int) -> [TextLine] {
    Sentences(result).all.flatMap { sentence -> [TextLine] in
      var lines = sentence.wrapped(width - 4)
      let most = width < 100 ? 4 : 2
      if lines.count > most {
        let last = lines[(most - 1)...].joined(separator: " ").fitting(width - 4)
        lines = lines.prefix(most - 1) + [last]
      }
      return lines.map { TextLine("  " + $0) }
    }
  }

  /// Against bills that were paid and months that have passed.
  private static func checks(_ result: ScenarioResult, width: Int) -> [TextLine] {
    var lines: [TextLine] = []
    if let check = result.billCheck {
      let change =
        (check.modelled.approximate - check.billed.approximate) / check.billed.approximate
      let months = NumberText.counted(check.months.count, "month")
      let sums =
        ": modelled \(NumberText.money(check.modelled)), billed \(NumberText.money(check.billed))"
        + (check.billed == .zero ? "" : " (\(NumberText.change(change)))")
      let verdict: (text: String, tone: Tone) = check.passes ? ("ok", .good) : ("! differs", .bad)
      let room =
        width < 100
        ? .max : width - 27 - (months + sums + verdict.text).displayWidth - 2
      lines += labelled(
        "Check against your bills", months + check.leftOutText(room: room) + sums, width: width,
        verdict: verdict)
    }
    if let record = result.trackRecord {
      lines += labelled(
        "Track record",
        (record.months == 1 ? "last month" : "last \(record.months) months") + ": off by "
          + "\(NumberText.oneDecimal(record.meanAbsolutePercentError)) %; its 80 % range held "
          + "\(NumberText.percent(record.coverage80)) of the time", width: width)
    }
    return lines
  }

  /// A check in one line; on a narrow terminal its verdict beside the label and its numbers below.
  private static func labelled(
    _ label: String, _ text: String, width: Int, verdict: (text: String, tone: Tone)? = nil
  ) -> [TextLine] {
    var line = TextLine(label)
    if width < 100 {
      if let verdict { line.add("   " + verdict.text, verdict.tone) }
      return [line] + text.wrapped(width - 4).map { TextLine("  " + $0) }
    }
    line.pad(to: 27)
    line.add(text)
    if let verdict {
      line.pad(to: max(88, line.width + 2))
      line.add(verdict.text, verdict.tone)
    }
    return [line]
  }

  /// The largest parts of the bill; what does not fit is "other".
  private static func whereItGoes(_ result: ScenarioResult, width: Int) -> [TextLine] {
    let parts = result.costByMeter.enumerated()
      .filter { $0.element.mean != 0 }
      .sorted { ($1.element.mean, $0.offset) < ($0.element.mean, $1.offset) }
      .map(\.element)
    if parts.isEmpty { return [] }
    func text(_ shown: Int) -> String {
      var texts = parts[..<shown].map {
        "\($0.shortLabel.displayable.fitting(20)) \(NumberText.money($0.mean))"
      }
      if shown < parts.count {
        let rest = parts[shown...].reduce(0) { $0 + $1.mean }
        texts.append("other \(NumberText.money(rest))")
      }
      return "Where it goes   " + texts.joined(separator: " · ")
    }
    var shown = parts.count <= 5 ? parts.count : 4
    while shown > 1, text(shown).displayWidth > width { shown -= 1 }
    return [TextLine(text(shown))]
  }
}
