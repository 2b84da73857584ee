import GenOpsUnits

/// Holds the bytes of a file of a run against those that its report gives, line by line.
///
/// A difference is placed by its line and, where the line says it, by the path of the figure in `result.json`: HTML has it in
/// `data-path`, rows have it in their last field.
enum FileComparison {
  /// What differs; empty for the same bytes.
  static func differences(
    _ stored: [UInt8], _ recomputed: [UInt8], file: String
  ) -> [FigureDifference] {
    if stored == recomputed { return [] }
    let (old, new) = (lines(stored), lines(recomputed))
    guard old.count == new.count else {
      return [
        .init(
          file: file, place: "its lines", stored: "\(old.count)", recomputed: "\(new.count)")
      ]
    }
    let isRows = file.hasSuffix(".csv")
    return zip(old, new).enumerated().flatMap { index, pair in
      pair.0 == pair.1
        ? [] : differences(pair.0, pair.1, "line \(index + 1)", file, isRows: isRows)
    }
  }

  private static func lines(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  /// The numbers and words of one line that differ; the line where they cannot be paired.
  private static func differences(
    _ stored: String, _ recomputed: String, _ place: String, _ file: String, isRows: Bool
  ) -> [FigureDifference] {
    let (old, new) = (words(stored, isRows), words(recomputed, isRows))
    guard old.count == new.count else {
      return [
        .init(
          file: file, place: place, stored: stored.fitting(120), recomputed: recomputed.fitting(120)
        )
      ]
    }
    return old.indices.filter { old[$0] != new[$0] }.map { index in
      let path = isRows ? new.last ?? "" : FileComparison.path(before: index, in: new)
      return .init(
        file: file, place: path.isEmpty ? place : "\(place), \(path)", stored: old[index],
        recomputed: new[index])
    }
  }

  /// A line between what separates figures in it: commas in rows, which are within numbers elsewhere.
  private static func words(_ line: String, _ isRows: Bool) -> [String] {
    let separators = (isRows ? ",\r" : " \t|<>\"';(){}\r").unicodeScalars
    return line.unicodeScalars.split(omittingEmptySubsequences: isRows) {
      separators.contains($0)
    }.map { String($0) }
  }

  /// What the nearest `data-path` before a word says; empty without one.
  private static func path(before index: Int, in words: [String]) -> String {
    guard let start = words[..<index].lastIndex(of: "data-path=") else { return "" }
    return words[(start + 1)..<index].prefix { !$0.isEmpty }.joined(separator: " ")
  }
}
