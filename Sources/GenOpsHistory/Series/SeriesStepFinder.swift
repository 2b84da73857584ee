import GenOpsUnits

/// Finds how far apart the dates of a series are.
struct SeriesStepFinder {
  let name: String
  let kind: SeriesInstant.Kind
  /// Rising, each once.
  let instants: [Int32]
  /// The period of days where there are too few to tell.
  let fallback: SeriesPeriod

  /// What is wrong, and at which of the instants.
  struct Wrong: Error {
    var code: String
    var message: String
    var help: String
    var place: Int
  }

  var found: Result<SeriesPeriod, Wrong> {
    let step: SeriesPeriod
    switch kind {
    case .month: step = months(instants.map { Int($0) }, isDay: false)
    case .number:
      step = SeriesPeriod(step: .number, every: max(1, common(differences)), isDay: false)
    case .day:
      if let mixed { return .failure(mixed) }
      step = days
    }
    return gap(step).map { .failure($0) } ?? .success(step)
  }

  private var differences: [Int] {
    zip(instants, instants.dropFirst()).map { Int($1) - Int($0) }
  }

  private func common(_ numbers: [Int]) -> Int {
    numbers.reduce(0) { a, b in
      var (a, b) = (a, b)
      while b != 0 { (a, b) = (b, a % b) }
      return a
    }
  }

  private var days: SeriesPeriod {
    let found = differences
    if found.isEmpty || (found.count == 1 && fallback.fits(found[0])) { return fallback }
    if isMonthly(instants.indices) {
      return months(instants.map { Int(CalendarDay(number: $0).month.number) }, isDay: true)
    }
    let every = regular(found)
    return every % 7 == 0
      ? SeriesPeriod(step: .week, every: every / 7) : SeriesPeriod(step: .day, every: every)
  }

  /// Months, quarters, years: as far apart as most of the months in `numbers` are.
  private func months(_ numbers: [Int], isDay: Bool) -> SeriesPeriod {
    let gaps = zip(numbers, numbers.dropFirst()).map { $1 - $0 }
    if gaps.count < 2, fallback.step == .month, gaps.allSatisfy({ $0 % fallback.every == 0 }) {
      return SeriesPeriod(step: .month, every: fallback.every, isDay: isDay)
    }
    let every = common(gaps)
    return SeriesPeriod(step: .month, every: isUsual(every, gaps) ? every : 1, isDay: isDay)
  }

  /// The distance that all of `gaps`, in days, are multiples of: where most of them are a multiple of it
  /// too, some dates are missing of days or of weeks.
  private func regular(_ gaps: [Int]) -> Int {
    let every = common(gaps)
    return isUsual(every, gaps) ? max(1, every) : every > 0 && every % 7 == 0 ? 7 : 1
  }

  /// Whether two of three of `gaps` are `every`: one gap alone says nothing of the next one.
  private func isUsual(_ every: Int, _ gaps: [Int]) -> Bool {
    gaps.count >= 2 && every > 0 && gaps.count { $0 == every } * 3 >= gaps.count * 2
  }

  /// Whether some of the dates are in different months, each on the same day of it or on its last.
  private func isMonthly(_ range: Range<Int>) -> Bool {
    let dates = instants[range].map { CalendarDay(number: $0) }
    guard dates.count > 1, let first = dates.first else { return false }
    let months = dates.map(\.month.number)
    guard zip(months, months.dropFirst()).allSatisfy({ $0 < $1 }) else { return false }
    let day = first.civil.day
    return dates.allSatisfy { $0.civil.day == day } || dates.allSatisfy { $0 == $0.month.lastDay }
  }

  /// Whether the dates are weeks or months for a while and days for another.
  private var mixed: Wrong? {
    let found = differences
    // Dates that are all a month or weeks apart are one frequency, whatever is missing.
    guard found.contains(where: { $0 < 7 }), !isMonthly(instants.indices) else {
      if let place = irregular { return place }
      return nil
    }
    if let place = parted {
      return changed(at: place, "\(max(found[place - 1], found[place])) days")
    }
    // Four weeks in a row beside days is no gap.
    var run = 0
    for (index, gap) in found.enumerated() {
      run = gap >= 7 && index > 0 && gap == found[index - 1] ? run + 1 : (gap >= 7 ? 1 : 0)
      // There are two dates before the gap and one behind it.
      let isMonths = gap >= 28 && index >= 2 && isMonthly((index - 2)..<(index + 2))
      guard run >= 4 || isMonths else { continue }
      let start = index + 1 - (isMonths ? 3 : run)
      let isFirst = start == 0
      // Where the coarse dates come first, the fine ones begin later.
      let place = isFirst ? (found.firstIndex { $0 < 7 } ?? 0) + 1 : start + 1
      return changed(at: place - 1, isMonths ? "a month" : "\(gap) days")
    }
    return nil
  }

  /// The date up to which all gaps are of one length and behind which all are of another, one of them below
  /// a week and one not, twice and three times at least.
  private var parted: Int? {
    let found = differences
    guard let first = found.first, let last = found.last, (first < 7) != (last < 7),
      let place = found.firstIndex(where: { $0 != first }),
      found[place...].allSatisfy({ $0 == last })
    else { return nil }
    let (before, behind) = (place, found.count - place)
    return min(before, behind) >= 2 && max(before, behind) >= 3 ? place : nil
  }

  /// `place` is the date behind which the frequency is another.
  private func changed(at place: Int, _ coarse: String) -> Wrong {
    // Both callers name a gap between two dates that are there.
    let place = min(max(place, 0), instants.count - 2)
    let dates = (CalendarDay(number: instants[place]), CalendarDay(number: instants[place + 1]))
    return Wrong(
      code: "series-mixed",
      message: "'\(name)' changes its frequency between \(dates.0) and \(dates.1): "
        + "some of its dates are a day apart, some \(coarse)",
      help: "give the dates of each frequency a unique_id of their own, or sum the days",
      place: place + 1)
  }

  /// Dates that are weeks apart, but not by whole weeks or months: no step fits.
  private var irregular: Wrong? {
    let found = differences
    guard found.count > 1, !isMonthly(instants.indices), common(found) % 7 != 0,
      let shortest = found.min(), shortest >= 7,
      let place = found.indices.dropFirst().first(where: { found[$0] % found[0] != 0 })
    else { return nil }
    return Wrong(
      code: "series-mixed",
      message:
        "the dates of '\(name)' are \(found[0]) days apart at first and \(found[place]) before "
        + "\(CalendarDay(number: instants[place + 1]))",
      help: "give a row for each day, week or month", place: place + 1)
  }

  /// A gap so long that the dates are wrong rather than missing.
  private func gap(_ step: SeriesPeriod) -> Wrong? {
    func position(_ instant: Int32) -> Int { step.position(instant) ?? 0 }
    guard let first = instants.first, let last = instants.last else { return nil }
    let span = position(last) - position(first) + 1
    guard span > 20 * instants.count + 1000 else { return nil }
    let gaps = zip(instants, instants.dropFirst()).map { position($1) - position($0) }
    let longest = gaps.indices.max { gaps[$0] < gaps[$1] } ?? 0
    return Wrong(
      code: "series-gap",
      message:
        "'\(name)' has nothing on \(gaps[longest] - 1) steps before this one, and is known on "
        + "\(instants.count) in all",
      help: "is this date right?", place: longest + 1)
  }
}
