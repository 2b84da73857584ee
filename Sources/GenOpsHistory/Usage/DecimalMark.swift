import GenOpsIngestion
import GenOpsUnits

/// Tells from all numbers of a file whether a point or a comma separates decimals in it.
///
/// `1.134` and `1,134` alone do not tell: they may be a thousand and some, or one and some. `1.5`, `0.125`
/// and `1,234.5` are written with a point, `1,5` and `1.234.567` with a comma.
struct DecimalMark {
  /// A number of the file, and where it stands.
  struct Sample {
    var text: String
    var location: SourceLocation
  }

  /// Whether `;` separates the cells: then a comma is the decimal mark unless a number says otherwise, and
  /// a point with three digits behind it says nothing at all.
  let isSemicolons: Bool
  private var point: Sample?
  private var comma: Sample?
  private var openPoint: Sample?
  private var openComma: Sample?

  init(isSemicolons: Bool) { self.isSemicolons = isSemicolons }

  /// What a cell says of the mark.
  enum Evidence: Equatable {
    case none
    /// Only a decimal point, or a decimal comma, explains it.
    case point, comma
    /// One point, or one comma, that may also group thousands.
    case openPoint, openComma
  }

  static func evidence(_ cell: some Collection<UInt8>) -> Evidence {
    var (points, commas) = (0, 0)
    // Of what stands before the first mark and behind the last one.
    var (before, behind) = (0, 0)
    var isZero = false
    var last: UInt8 = 0
    for byte in cell {
      switch byte {
      case UInt8(ascii: "."), UInt8(ascii: ","):
        if byte == UInt8(ascii: ".") { points += 1 } else { commas += 1 }
        last = byte
        behind = 0
      case 48...57:
        if points + commas == 0 {
          if before == 0 { isZero = byte == 48 }
          before += 1
        } else {
          behind += 1
        }
      case UInt8(ascii: "-"), UInt8(ascii: "+"), 32, UInt8(ascii: "'"), UInt8(ascii: "_"): continue
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        // Only numbers with a decimal mark, or none, have an exponent.
        return points + commas == 1 ? (points == 1 ? .point : .comma) : .none
      // A blank of two bytes, or text, which tells nothing.
      case 0xC2, 0xA0, 0xE2, 0x80, 0xAF: continue
      default: return .none
      }
    }
    let isPoint = last == UInt8(ascii: ".")
    switch (points, commas) {
    case (0, 0): return .none
    case (1, 0), (0, 1):
      let isOpen = behind == 3 && (1...3).contains(before) && !isZero
      if isOpen { return isPoint ? .openPoint : .openComma }
      return isPoint ? .point : .comma
    // Of both, the last one separates decimals; of several alike, the other one would.
    case (1..., 1...): return isPoint ? .point : .comma
    default: return isPoint ? .comma : .point
    }
  }

  /// Takes what a number of the file says of the mark.
  mutating func take(
    _ evidence: Evidence, of cell: ArraySlice<UInt8>, at place: () -> SourceLocation
  ) {
    func sample() -> Sample {
      Sample(text: String(decoding: cell, as: UTF8.self), location: place())
    }
    switch evidence {
    case .none: break
    case .point: point = point ?? sample()
    case .comma: comma = comma ?? sample()
    case .openPoint: openPoint = openPoint ?? sample()
    case .openComma: openComma = openComma ?? sample()
    }
  }

  /// Whether a number that says this may have to be read again when all are known. Of tables that commas
  /// separate, numbers with points are the rule: they are not kept, and a decimal comma beside them is refused.
  func mayChange(_ evidence: Evidence) -> Bool {
    evidence == .openComma || (isSemicolons && evidence == .openPoint)
  }

  /// How the numbers that leave it open are read.
  enum Verdict {
    /// With a decimal comma where semicolons separate, else with a decimal point.
    case usual
    /// The other way.
    case other
    /// Nothing tells, or numbers contradict each other.
    case open(Finding)
  }

  var verdict: Verdict {
    switch (point, comma) {
    case (nil, nil):
      // Semicolons separate where commas are in numbers, but then points tell nothing.
      guard isSemicolons, let openPoint else { return .usual }
      return .open(finding(openPoint, after: ""))
    case (.some, nil): return isSemicolons ? .other : .usual
    case (nil, let comma?):
      if isSemicolons { return .usual }
      guard let openPoint else { return .other }
      return .open(
        finding(
          openPoint, after: "'\(comma.text)' has a decimal comma (line \(comma.location.line)); "))
    case (let point?, let comma?):
      guard let open = openPoint ?? openComma else { return .usual }
      return .open(
        finding(
          open,
          after:
            "'\(point.text)' has a decimal point (line \(point.location.line)) and '\(comma.text)' a "
            + "decimal comma (line \(comma.location.line)); "))
    }
  }

  /// Whether `1.234` is a thousand and some in a table whose numbers are `cells`; what they leave open is a
  /// finding.
  static func comma(
    in cells: some Sequence<DelimitedText.Cell>, _ table: DelimitedText, _ file: HistoryFile,
    _ findings: inout RepeatedFindings
  ) -> Bool {
    var mark = DecimalMark(isSemicolons: table.separator == UInt8(ascii: ";"))
    for cell in cells {
      // What is not a number says nothing of how numbers are written.
      guard case .units = UnitsText(cell.text) else { continue }
      let bytes = Array(cell.text.utf8)
      mark.take(evidence(bytes), of: bytes[...]) { file.location(cell) }
    }
    switch mark.verdict {
    case .usual: return mark.isSemicolons
    case .other: return !mark.isSemicolons
    case .open(let finding):
      findings.add(finding)
      return mark.isSemicolons
    }
  }

  private func finding(_ open: Sample, after words: String) -> Finding {
    let whole = open.text.filter { $0 != "." && $0 != "," }
    let fraction = open.text.replacing(",", with: ".")
    return Finding(
      .error, "table-decimal",
      "\(words)'\(open.text)' may be \(whole) or \(fraction), and nothing in the file tells which",
      help: "write \(whole) or \(fraction)0, whichever it is, in one of its rows",
      at: open.location)
  }
}
