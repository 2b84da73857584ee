import GenOpsIngestion
import GenOpsUnits

/// The series of a file whose rows come series by series: one is held at a time.
final class SeriesStream {
  private let rows: any SeriesRows
  private let instants: SeriesInstantReader
  private let file: String
  private var pending: (points: SeriesPoints, name: [UInt8], group: [UInt8])?
  private var tested = 0
  private var isFinished = false
  /// What all numbers of the file tell of the decimal mark.
  private let verdict: DecimalMark.Verdict
  private var mark: DecimalMark

  /// `mark` has seen all numbers of the rows.
  init(
    _ rows: any SeriesRows, _ instants: SeriesInstantReader, _ mark: DecimalMark, name: String
  ) {
    self.rows = rows
    self.instants = instants
    verdict = mark.verdict
    self.mark = DecimalMark(isSemicolons: rows.decimalComma)
    file = name
  }

  /// The decimal mark of the file where no series comes back after another one has begun, else nil. The
  /// rows are used up.
  static func grouped(_ rows: any SeriesRows) throws(FindingsError) -> DecimalMark? {
    var mark = DecimalMark(isSemicolons: rows.decimalComma)
    var seen: Set<UInt64> = []
    var last: (name: [UInt8], group: [UInt8])?
    while let row = try rows.next() {
      _ = SeriesNumber.read(row.value, &mark) { rows.place(ofValue: true) }
      if let last, last.name.elementsEqual(row.name), last.group.elementsEqual(row.group) {
        continue
      }
      last = (Array(row.name), Array(row.group))
      // Two names of one hash would only make the file be held.
      if !seen.insert(hash(row.name, row.group)).inserted { return nil }
    }
    return mark
  }

  /// FNV-1a (G. Fowler, L. C. Noll, K.-P. Vo, 1991).
  private static func hash(_ name: ArraySlice<UInt8>, _ group: ArraySlice<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash = (hash ^ 0xFF) &* 0x100_0000_01B3
    for byte in group { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash
  }

  /// The rows of the next series; nil behind the last.
  func next(_ findings: inout RepeatedFindings) throws(FindingsError) -> SeriesPoints? {
    if isFinished { return nil }
    if case .open(let finding) = verdict {
      isFinished = true
      findings.add(finding)
      return nil
    }
    var isOther = false
    if case .other = verdict { isOther = true }
    while let row = try rows.next() {
      if let surplus = rows.surplus {
        findings.add(surplus)
        continue
      }
      guard SeriesSplit.isTrain(row.split) else {
        tested += 1
        continue
      }
      guard var point = SeriesPoint(row, rows, instants, &mark, &findings) else { continue }
      if isOther, let other = point.other { point.value = other }
      if pending?.name.elementsEqual(row.name) == true,
        pending?.group.elementsEqual(row.group) == true
      {
        _ = pending?.points.add(
          point.instant, point.value, line: row.line, file: file, &findings)
        continue
      }
      let ended = pending?.points
      var points = SeriesPoints(name: SeriesSplit.name(row, file: file))
      _ = points.add(point.instant, point.value, line: row.line, file: file, &findings)
      pending = (points, Array(row.name), Array(row.group))
      if let ended { return ended }
    }
    isFinished = true
    SeriesSplit.tell(tested, &findings)
    return pending?.points
  }
}
