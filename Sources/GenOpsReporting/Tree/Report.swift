package import GenOpsUnits

/// What a verb found out, before it takes the form of text, Markdown, HTML or CSV.
///
/// Each verb builds one from its result, and each format is a function of it (``ReportFormat``). It
/// holds words, tables and the data of charts, and nothing of how a format draws them.
package struct Report: Sendable {
  /// The heading, and the title of the page.
  package var title: String
  /// What the numbers rest on, a few words each: period, currency, price book.
  package var facts: [String] = []
  /// The answer in short sentences, the most important one first.
  package var answer: [String] = []
  /// Where the numbers of each sentence stand in `result.json`; fewer than sentences where not all have any.
  package var answerSources: [[String]] = []
  /// The decision the answer leads to, for formats that do not show ``figures``.
  package var advice: String?
  /// The numbers a reader takes away.
  package var figures: [ReportFigure] = []
  package var sections: [ReportSection] = []
  /// What a terminal shows otherwise than the sections do.
  package var screen = ReportScreen()
  /// The rows of a file for programs; nil where the tables of the sections say it all.
  package var records: ReportTable?
  /// The sheets of a workbook, where these are more than the tables; empty where they are the tables.
  package var workbook: [ReportSheet] = []
  /// Rows for other programs, each a file of its own: what ``FocusFormat`` holds.
  package var datasets: [ReportDataset] = []
  /// What the sentences of the report say in numbers: a table of files of rows alone, behind the others.
  package var totals: ReportTable?
  /// What the reader has to know of the input; ``ReportSection/findings(_:)`` lists them.
  package var findings = Findings()
  /// What was tested, for formats of test results; nil where nothing was.
  package var checks: ReportChecks?
  package var footer = ReportFooter()
  /// The result for programs, in full. It is a function of the result, not of what is shown of it.
  package var json: JSONValue
  /// The program that made it, and from what.
  package var version: String
  package var source = "the files and the price books named above"
  /// A name that nobody sees, by which a comment of a pull request is found and written over.
  package var tag: String?

  package init(title: String, json: JSONValue, version: String) {
    self.title = title
    self.json = json
    self.version = version
  }
}

/// A number the reader takes away.
package struct ReportFigure: Sendable {
  package var label: String
  package var value: String
  /// A few words below it.
  package var note: String
  /// Where the numbers of the value and of the note stand in `result.json`.
  package var sources: [String]
  package var noteSources: [String]

  package init(
    label: String, value: String, note: String, at sources: [String] = [],
    noteAt noteSources: [String] = []
  ) {
    self.label = label
    self.value = value
    self.note = note
    self.sources = sources
    self.noteSources = noteSources
  }
}

/// What was tested, as test cases.
package struct ReportChecks: Sendable {
  package var name: String
  package var cases: [JUnitDocument.Case]
  /// Whether the report says more than the cases do, so that it belongs beside them.
  package var needReport: Bool

  package init(name: String, cases: [JUnitDocument.Case], needReport: Bool) {
    self.name = name
    self.cases = cases
    self.needReport = needReport
  }
}
