/// A table of a report before it takes the form of Markdown or HTML.
struct ReportTable {
  struct Column {
    var title: String
    var isNumber: Bool

    /// A column of text.
    static func text(_ title: String) -> Column { Column(title: title, isNumber: false) }
    /// A column of numbers, aligned right.
    static func number(_ title: String) -> Column { Column(title: title, isNumber: true) }
  }

  struct Cell: ExpressibleByStringLiteral {
    var text: String
    var tone: Tone

    init(_ text: String, _ tone: Tone = .plain) {
      self.text = text.displayable
      self.tone = tone
    }
    init(stringLiteral value: String) { self.init(value) }
    init(money amount: Double) { self.init(NumberText.money(amount)) }
    init(money amount: Double?) { self.init(amount.map(NumberText.money) ?? "-") }
    init(percent part: Double?) { self.init(part.map(NumberText.percent) ?? "-") }
  }

  /// The heading.
  var title: String
  var columns: [Column]
  var rows: [[Cell]]
  /// A sentence below the table.
  var note: String?
  /// The last row is the sum or the whole.
  var hasTotal = false

  init(
    _ title: String, _ columns: [Column], _ rows: [[Cell]], note: String? = nil,
    hasTotal: Bool = false
  ) {
    self.title = title
    self.columns = columns
    self.rows = rows
    self.note = note
    self.hasTotal = hasTotal
  }
}
