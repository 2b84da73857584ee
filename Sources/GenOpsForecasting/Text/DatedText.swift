package import GenOpsUnits

/// Reads when something happens and for how long, as calendar effects do.
package enum DatedText {
  /// A date, or `a to b`: 90 % sure that it lies between. In days since 1970-01-01; a date that is
  /// certain lies in the middle of its day.
  package static func date(_ node: Node?, key: String, _ findings: inout Findings)
    -> UncertainValue?
  { CalendarText.date(node, key: key, &findings) }

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
