import GenOpsIngestion
import GenOpsUnits

/// The rows of one series while they are gathered: 16 bytes each.
struct SeriesPoints {
  let name: String
  private(set) var kind: SeriesInstant.Kind?
  private var instants: [Int32] = []
  private var values: [Double] = []
  private var lines: [Int32] = []
  /// Which file the rows are from, by the place of the first one.
  private var files: [(from: Int, name: String)] = []
  private var isTimed = false
  private var isSorted = true

  init(name: String) { self.name = name }

  var count: Int { instants.count }

  /// Adds a row; false, with a finding, where it names its step in another way than those before it.
  mutating func add(
    _ instant: SeriesInstant, _ value: Double, line: Int, file: String,
    _ findings: inout RepeatedFindings
  ) -> Bool {
    if let kind, kind != instant.kind {
      findings.add(
        .error, "series-mixed",
        "'\(name)' names \(SeriesPoints.words(kind)) before and \(SeriesPoints.words(instant.kind)) here",
        help: "write all of its dates in one form",
        at: SourceLocation(file: file, line: line, column: 1))
      return false
    }
    kind = instant.kind
    if let last = instants.last, instant.number < last { isSorted = false }
    if files.last?.name != file { files.append((instants.count, file)) }
    instants.append(instant.number)
    values.append(value)
    lines.append(Int32(clamping: line))
    if instant.isTimed { isTimed = true }
    return true
  }

  private static func words(_ kind: SeriesInstant.Kind) -> String {
    switch kind {
    case .day: "days"
    case .month: "months"
    case .number: "numbers"
    }
  }

  /// The series that the rows are, nil where they are none; what is wrong with them are findings.
  /// `fallback` is the period of days where there are too few to tell.
  consuming func series(
    fallback: SeriesPeriod, _ findings: inout RepeatedFindings
  ) -> RecordedSeries? {
    guard let kind else { return nil }
    var order = Array(instants.indices)
    if !isSorted {
      tellUnsorted(&findings)
      order.sort { (instants[$0], $0) < (instants[$1], $1) }
    }
    guard let kept = distinct(order, &findings) else { return nil }
    let finder = SeriesStepFinder(
      name: name, kind: kind, instants: kept.map { instants[$0] }, fallback: fallback)
    var step: SeriesPeriod
    switch finder.found {
    case .success(let found): step = found
    case .failure(let wrong):
      findings.add(
        .error, wrong.code, wrong.message, help: wrong.help, at: place(kept[wrong.place]))
      return nil
    }
    guard let first = kept.first(where: { !values[$0].isNaN }),
      let last = kept.last(where: { !values[$0].isNaN })
    else {
      findings.add(
        .warning, "series-empty", "'\(name)' has no number; it is left out",
        help: "fill its values in, or remove it", at: kept.first.map(place))
      return nil
    }
    if let weekdays = step.onWeekdays(kept.filter { !values[$0].isNaN }.map { instants[$0] }) {
      step = weekdays
    }
    // Both have a value, so their days are among those that have one.
    let begin = step.position(instants[first]) ?? 0
    // A finder refuses gaps that are much longer than what is known, so this is not large.
    let length = max(1, (step.position(instants[last]) ?? 0) - begin + 1)
    var dense = [Double](repeating: .nan, count: length)
    for index in kept {
      guard let position = step.position(instants[index]).map({ $0 - begin }) else { continue }
      if dense.indices.contains(position) { dense[position] = values[index] }
    }
    if let weekdays = step.weekdays { tellWeekdays(weekdays, &findings) }
    tellMissing(dense, ends: kept.last.map { $0 != last } ?? false, place(last), &findings)
    return RecordedSeries(
      name: name, values: dense, step: step.step, every: step.every,
      start: step.day(instants[first]), weekdays: step.weekdays, firstNumber: Int(instants[first]))
  }

  /// Gives a value another reading.
  mutating func replace(_ index: Int, with value: Double) {
    if values.indices.contains(index) { values[index] = value }
  }

  /// One row for each step, in order; nil, with a finding, where two say different things.
  private func distinct(_ order: [Int], _ findings: inout RepeatedFindings) -> [Int]? {
    var kept: [Int] = []
    kept.reserveCapacity(order.count)
    var repeated: Int?
    var isWrong = false
    for index in order {
      guard let last = kept.last, instants[last] == instants[index] else {
        kept.append(index)
        continue
      }
      let (a, b) = (values[last], values[index])
      if a == b || b.isNaN || a.isNaN {
        if a.isNaN { kept[kept.count - 1] = index }
        repeated = repeated ?? index
        continue
      }
      isWrong = true
      let (first, second) = (place(last), place(index))
      let label = label(instants[index])
      if isTimed {
        findings.add(
          .error, "series-times", "'\(name)' has several times of \(label): its steps are not days",
          help: "sum them by day in UTC", at: second)
        return nil
      }
      let before =
        first.file == second.file ? "line \(first.line)" : "\(first.file), line \(first.line),"
      findings.add(
        .error, "series-conflict",
        "\(label) of '\(name)' is \(JSONValue.double(a)) in \(before) and \(JSONValue.double(b)) here",
        help: "remove one of the two rows; a column called unique_id tells series apart", at: second
      )
    }
    if isWrong { return nil }
    if let repeated {
      findings.add(
        .note, "series-repeated",
        "'\(name)' has \(label(instants[repeated])) twice with the same value; it counts once",
        at: place(repeated))
    }
    return kept
  }

  private func tellWeekdays(_ weekdays: WeekdaySet, _ findings: inout RepeatedFindings) {
    findings.add(
      .note, "series-weekdays",
      "'\(name)' never has a value on \(weekdays.otherWords): those days are not missing, and are not "
        + "forecast",
      help: "write 0 where a day without a row had nothing")
  }

  private func tellUnsorted(_ findings: inout RepeatedFindings) {
    guard let late = instants.indices.dropFirst().first(where: { instants[$0] < instants[$0 - 1] })
    else { return }
    findings.add(
      .note, "series-unsorted",
      "'\(name)' is not in the order of its dates: \(label(instants[late])) stands behind "
        + "\(label(instants[late - 1])); it is sorted",
      at: place(late))
  }

  private func tellMissing(
    _ dense: [Double], ends: Bool, _ last: SourceLocation, _ findings: inout RepeatedFindings
  ) {
    let missing = dense.count { $0.isNaN }
    if missing > 0 {
      findings.add(
        .note, "series-missing",
        "'\(name)' has no value on \(missing) of \(dense.count) steps: unknown, not zero")
    }
    if ends {
      findings.add(
        .note, "series-trailing",
        "'\(name)' ends with rows without a value: its forecast begins behind the last that has one",
        at: last)
    }
  }

  private func label(_ instant: Int32) -> String {
    switch kind {
    case .day: "\(CalendarDay(number: instant))"
    case .month: "\(CalendarMonth(number: instant))"
    case .number, nil: "\(instant)"
    }
  }

  private func place(_ index: Int) -> SourceLocation {
    SourceLocation(
      file: files.last { $0.from <= index }?.name ?? "", line: Int(lines[index]), column: 1)
  }
}
