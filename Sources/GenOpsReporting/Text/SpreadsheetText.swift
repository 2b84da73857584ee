import GenOpsUnits

/// Text as a spreadsheet takes it.
extension String {
  /// One line without control characters, tabs among them, and with an apostrophe in front where a
  /// spreadsheet would run it as a formula. Numbers do not start like one, but for the sign of a negative.
  package var spreadsheetField: String {
    let text = displayable
    let first = text.unicodeScalars.first { !$0.properties.isWhitespace && !$0.isInvisible }
    guard let first, formulaSigns.contains(first), Double(text) == nil else { return text }
    return "'" + text
  }
}

/// Those of ASCII, and the wide ones, which spreadsheets of some languages take for the same.
private let formulaSigns = Set("=+-@＝＋－＠".unicodeScalars)
