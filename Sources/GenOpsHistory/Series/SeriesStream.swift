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

  init(_ rows: any SeriesRows, _ instants: SeriesInstantReader, name: String) {
    self.rows = rows
    self.instants = instants
    file = name
  }

  /// Whether no series comes back after another one has begun. The rows are used up.
  static func isGrouped(_ rows: any SeriesRows) throws(FindingsError) -> Bool {
    var seen: Set<UInt64> = []
    var last: (name: [UInt8], group: [UInt8])?
    while let row = try rows.next() {
      if let last, last.name.elementsEqual(row.name), last.group.elementsEqual(row.group) {
        continue
      }
      last = (Array(row.name), Array(row.group))
      // Two names of one hash would only make the file be held.
      if !seen.insert(hash(row.name, row.group)).inserted { return false }
    }
    return true
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
    while let row = try rows.next() {
      guard SeriesSplit.isTrain(row.split) else {
        tested += 1
        continue
      }
      guard let point = SeriesPoint(row, rows, instants, file: file, &findings) else { continue }
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
