package import GenOpsUnits

/// The names of series as rows of CSV and TSV write them: on one line, and so that no spreadsheet runs them.
///
/// A program that joins the rows to its own has to know of a name that is written otherwise, and all the
/// more of two that are written alike.
package struct WrittenNames {
  /// Hashes of what was written so far: eight bytes a name, however long it is.
  private var written: Set<Int> = []
  private var repeated = RepeatedNames()

  package init() {}

  /// Takes the name of the next series.
  package mutating func take(_ name: String) {
    let field = name.spreadsheetField
    let isNew = written.insert(field.hashValue).inserted
    if !isNew {
      repeated.merged.add(name, field)
    } else if field != name {
      repeated.changed.add(name, field)
    }
  }

  /// What has to be known of the names, once all are written.
  package var findings: Findings {
    var findings = Findings()
    let help = "--format quantiles and --format json keep names as they are"
    if let (name, field) = repeated.merged.first {
      findings.warning(
        "series-names",
        "'\(name.displayable)' is written as '\(field)', as another series is"
          + RepeatedNames.more(repeated.merged.count), help: help)
    }
    if let (name, field) = repeated.changed.first {
      findings.note(
        "series-names",
        "'\(name.displayable)' is written as '\(field)', on one line and not as a formula"
          + RepeatedNames.more(repeated.changed.count), help: help)
    }
    return findings
  }
}

/// The first of some names, and how many there are.
private struct RepeatedNames {
  struct Some {
    var first: (name: String, field: String)?
    var count = 0

    mutating func add(_ name: String, _ field: String) {
      first = first ?? (name, field)
      count += 1
    }
  }

  var merged = Some()
  var changed = Some()

  static func more(_ count: Int) -> String { count > 1 ? "; so are \(count - 1) more" : "" }
}
