import Foundation
import GenOpsIngestion
import GenOpsUnits

/// The rows of files by series, in the order in which these first appear.
struct SeriesGathering {
  private(set) var series: [SeriesPoints] = []
  private var places: [String: Int] = [:]
  private var tested = 0

  /// Takes the rows of a long file.
  mutating func take(
    _ rows: any SeriesRows, _ instants: SeriesInstantReader, name file: String,
    _ findings: inout RepeatedFindings
  ) throws(FindingsError) {
    var last: (name: [UInt8], group: [UInt8], place: Int)?
    var numbers = OpenNumbers(isSemicolons: rows.decimalComma)
    while let row = try rows.next() {
      if let surplus = rows.surplus {
        findings.add(surplus)
        continue
      }
      guard SeriesSplit.isTrain(row.split) else {
        tested += 1
        continue
      }
      guard let point = SeriesPoint(row, rows, instants, &numbers.mark, &findings) else { continue }
      let place: Int
      if let last, last.name.elementsEqual(row.name), last.group.elementsEqual(row.group) {
        place = last.place
      } else {
        place = self.place(of: SeriesSplit.name(row, file: file))
        last = (Array(row.name), Array(row.group), place)
      }
      if series[place].add(point.instant, point.value, line: row.line, file: file, &findings) {
        numbers.keep(point.other, series: place, index: series[place].count - 1)
      }
    }
    settle(numbers, &findings)
  }

  /// Takes a table with a column for each series.
  mutating func take(
    _ rows: TableRows, _ columns: SeriesColumns.Wide, _ titles: [String],
    _ instants: SeriesInstantReader, name file: String, _ findings: inout RepeatedFindings
  ) throws(FindingsError) {
    var numbers = OpenNumbers(isSemicolons: rows.separator == UInt8(ascii: ";"))
    let places = columns.series.map { place(of: titles[$0]) }
    let titled = SurplusCells.columns(titles)
    while try rows.next() {
      if let surplus = rows.surplus(columns: titled, number: nil) {
        findings.add(surplus)
        continue
      }
      if let split = columns.split, !SeriesSplit.isTrain(rows.cell(split)) {
        tested += 1
        continue
      }
      let date = rows.cell(columns.date)
      guard let instant = instants.read(date) else {
        SeriesPoint.refuse(date, instants, at: rows.location(columns.date), &findings)
        continue
      }
      for (column, place) in zip(columns.series, places) {
        let (value, other) = SeriesPoint.value(
          rows.cell(column), &numbers.mark, at: { rows.location(column) }, &findings)
        // One finding for a row is enough.
        guard series[place].add(instant, value, line: rows.line, file: file, &findings) else {
          break
        }
        numbers.keep(other, series: place, index: series[place].count - 1)
      }
    }
    settle(numbers, &findings)
  }

  /// When a file is read: gives numbers that were open the reading that all of it tell. Where none does,
  /// nothing is known.
  private mutating func settle(_ numbers: OpenNumbers, _ findings: inout RepeatedFindings) {
    switch numbers.mark.verdict {
    case .usual: break
    case .other: for one in numbers.kept { series[one.series].replace(one.index, with: one.other) }
    case .open(let finding):
      findings.add(finding)
      series = []
      places = [:]
    }
  }

  /// Says how many rows a column `split` leaves out.
  func tellSplit(_ findings: inout RepeatedFindings) { SeriesSplit.tell(tested, &findings) }

  private mutating func place(of name: String) -> Int {
    if let place = places[name] { return place }
    places[name] = series.count
    series.append(SeriesPoints(name: name))
    return series.count - 1
  }
}

/// The numbers of one file that another one of it may show to mean something else.
private struct OpenNumbers {
  var mark: DecimalMark
  private(set) var kept: [(series: Int, index: Int, other: Double)] = []

  init(isSemicolons: Bool) { mark = DecimalMark(isSemicolons: isSemicolons) }

  mutating func keep(_ other: Double?, series: Int, index: Int) {
    if let other { kept.append((series, index, other)) }
  }
}

/// The step and the value of a row.
struct SeriesPoint {
  var instant: SeriesInstant
  var value: Double
  /// What the value is where the file turns out to write decimals the other way.
  var other: Double?

  /// Nil, with a finding, where the row has no date.
  init?(
    _ row: SeriesRow, _ rows: any SeriesRows, _ instants: SeriesInstantReader,
    _ mark: inout DecimalMark, _ findings: inout RepeatedFindings
  ) {
    guard let instant = instants.read(row.date) else {
      SeriesPoint.refuse(row.date, instants, at: rows.place(ofValue: false), &findings)
      return nil
    }
    self.instant = instant
    (value, other) = SeriesPoint.value(
      row.value, &mark, at: { rows.place(ofValue: true) }, &findings)
  }

  /// Says that a row is left out because its date is none.
  static func refuse(
    _ date: ArraySlice<UInt8>, _ instants: SeriesInstantReader, at place: SourceLocation,
    _ findings: inout RepeatedFindings
  ) {
    let text = String(decoding: date, as: UTF8.self)
    let (message, help) =
      text.isEmpty ? ("the row has no date", "is the file cut off?") : instants.refusal(of: text)
    findings.add(
      .warning, "series-date", "\(message); the row is left out", help: help, at: place)
  }

  /// The number in a cell; NaN, with a finding where it is text, when there is none.
  static func value(
    _ cell: ArraySlice<UInt8>, _ mark: inout DecimalMark, at place: () -> SourceLocation,
    _ findings: inout RepeatedFindings
  ) -> (value: Double, other: Double?) {
    let (number, other) = SeriesNumber.read(cell, &mark, at: place)
    switch number {
    case .value(let value): return (value, other)
    case .missing: return (.nan, nil)
    case .text:
      let text = String(decoding: cell.prefix(40), as: UTF8.self)
      findings.add(
        .warning, "series-value", "'\(text)' is not a number; it counts as unknown",
        help: "leave the cell empty where nothing is known", at: place())
      return (.nan, nil)
    }
  }
}

/// The column `split` and the name of a row.
enum SeriesSplit {
  /// Whether the history is made of a row: `train`, or nothing at all.
  static func isTrain(_ cell: ArraySlice<UInt8>) -> Bool {
    cell.isEmpty
      || (cell.count == 5 && String(decoding: cell, as: UTF8.self).lowercased() == "train")
  }

  static func tell(_ tested: Int, _ findings: inout RepeatedFindings) {
    guard tested > 0 else { return }
    findings.add(
      .note, "series-split",
      "\(tested) \(tested == 1 ? "row is" : "rows are") not 'train' in the column split, and left out"
    )
  }

  /// `web`, `Web shop/events`, or the name of the file where it holds one series.
  static func name(_ row: SeriesRow, file: String) -> String {
    let name = String(decoding: row.name, as: UTF8.self)
    if !row.group.isEmpty {
      let group = String(decoding: row.group, as: UTF8.self)
      return name.isEmpty ? group : "\(group)/\(name)"
    }
    return name.isEmpty ? stem(file) : name
  }

  private static func stem(_ file: String) -> String {
    let last = URL(literal: file).lastPathComponent
    let stem = last.prefix { $0 != "." }
    return stem.isEmpty ? last : String(stem)
  }
}
