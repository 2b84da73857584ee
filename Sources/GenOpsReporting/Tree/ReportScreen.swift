/// What a terminal shows: by itself, the sections of the report; where these are more than a screen
/// holds, a short form of them.
package struct ReportScreen: Sendable {
  package enum Opening: Sendable {
    case none
    /// Its first lines.
    case lines([String])
    /// The report's title and facts, then its answer.
    case heading
  }

  package var opening: Opening
  /// In place of the report's sections; one blank line stands between two.
  package var sections: [[ReportNode]]?
  /// The most lines; nil for any number.
  package var height: Int?
  /// The most lines where the terminal is narrower than 100 columns and sentences break.
  package var narrowHeight: Int?

  package init(
    _ opening: Opening = .none, sections: [[ReportNode]]? = nil, height: Int? = nil,
    narrowHeight: Int? = nil
  ) {
    self.opening = opening
    self.sections = sections
    self.height = height
    self.narrowHeight = narrowHeight
  }
}

/// A label and what it says, each item on a line.
package struct ReportEntry: Sendable {
  package struct Item: Sendable {
    /// What the item is, before its text.
    package var kind: String
    /// Cut where there is no room.
    package var text: String
    /// Never cut: a reader has to find the place.
    package var place: String
    package var tone: Tone

    package init(_ text: String, kind: String = "", place: String = "", tone: Tone = .plain) {
      self.text = text
      self.kind = kind
      self.place = place
      self.tone = tone
    }
  }

  package var label: String
  /// Stands before the first item: how many there are.
  package var summary: ReportTable.Cell?
  package var items: [Item]
  /// One text, the longest of these that fits, or the last; in place of items.
  package var alternatives: [String]
  /// What is said of items that have no room, after their number.
  package var rest: String
  /// Whether an item takes as many lines as its text needs, because nothing else holds it in full.
  package var wraps = false
  /// A verdict at the end of the line.
  package var verdict: ReportTable.Cell?
  /// Whether the label is a few words, which stand above the text where the terminal is narrow.
  package var isCheck = false

  /// Items, each on a line.
  package init(
    _ label: String, summary: ReportTable.Cell? = nil, _ items: [Item], rest: String = "more"
  ) {
    self.label = label
    self.summary = summary
    self.items = items
    self.rest = rest
    alternatives = []
  }

  /// One line of text, in the longest form that fits.
  package init(_ label: String, alternatives: [String], verdict: ReportTable.Cell? = nil) {
    self.label = label
    self.alternatives = alternatives
    self.verdict = verdict
    items = []
    rest = ""
  }
}

/// How the report came about, what was written and what can be done next.
package struct ReportFooter: Sendable, Hashable {
  /// The scenario as the user named it; findings in it are shown without the file's name.
  package var scenarioFile: String?
  /// The files written, the one for people first, as paths the user can open.
  package var files: [String]
  /// How long it took, such as `1.8 s`. Nil in files, which must not differ from run to run.
  package var elapsed: String?
  /// Commands that make sense now.
  package var next: [String]
  /// The command that gives this result again; nil when it is not known.
  package var reproduce: String?

  package init(
    scenarioFile: String? = nil, files: [String] = [], elapsed: String? = nil,
    next: [String] = [], reproduce: String? = nil
  ) {
    self.scenarioFile = scenarioFile
    self.files = files
    self.elapsed = elapsed
    self.next = next
    self.reproduce = reproduce
  }
}
