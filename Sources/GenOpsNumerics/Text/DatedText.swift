package import GenOpsUnits

/// Reads when something happens and for how long, as calendar effects do.
package enum DatedText {
  /// A date, or `a to b`: 90 % sure that it lies between. In days since 1970-01-01; a date that is
  /// certain lies in the middle of its day.
  package static func date(_ node: Node?, key: String, _ findings: inout Findings)
    -> UncertainValue?
  {
    guard let node else { return nil }
    let words = (node.text ?? "").split(separator: " ")
    let days = words.split(separator: "to", omittingEmptySubsequences: false).map { side in
      side.count == 1 ? side.first.flatMap { CalendarDay($0) } : nil
    }
    if days.count <= 2, let first = days.first ?? nil, let last = days.last ?? nil, first <= last {
      let ends = [first, last].map { Double($0.number) }
      // In the middle of the day, so that a date that is certain stays on it.
      return first == last
        ? .constant(ends[0] + 0.5)
        : .distribution(NormalDistribution(p5: ends[0] + 0.5, p95: ends[1] + 0.5))
    }
    // What the sides mean where each is a day in another form, or near to a day.
    let sides = (node.text ?? "").split(separator: " to ").map {
      CalendarDay($0).map { [$0] } ?? DateForm.offers($0)
    }
    let month = CalendarMonth(node.text ?? "")
    let isMeant = !sides.isEmpty && sides.count <= 2 && sides.allSatisfy { $0.count == 1 }
    findings.error(
      "impossible-date",
      "'\(node.text ?? node.kindName)' is not a day of the calendar, nor two in order",
      help: isMeant
        ? "\(key): " + sides.flatMap { $0 }.sorted().map { "\($0)" }.joined(separator: " to ")
        : sides.count == 1 && sides[0].count > 1
          ? DateForm.help(node.text ?? "", example: "")
          : month.map {
            "on some day of it: \(key): \($0.firstDay) to \($0.advanced(by: 1).firstDay.advanced(by: -1))"
          } ?? "\(key): 2027-05-10, or 2027-05-10 to 2027-05-24", at: node.location)
    return nil
  }

  /// `6 to 48 hours`, `2 weeks`: a span above 0, in days.
  package static func span(
    _ node: Node?, key: String, example: String, _ findings: inout Findings
  ) -> UncertainValue? {
    ParameterText.read(node, key: key, as: .span, example: example, &findings)
  }

  /// `x10`, `x5 to x20`: a multiple above 0.
  package static func factor(
    _ node: Node?, key: String, example: String, _ findings: inout Findings
  ) -> UncertainValue? {
    ParameterText.read(node, key: key, as: .factor, example: example, &findings)
  }
}
