import GenOpsUnits

/// Finds how far apart the dates of a series are.
struct SeriesStepFinder {
  let name: String
  let kind: SeriesInstant.Kind
  /// Rising, each once.
  let instants: [Int32]
  /// The step of days where there are too few to tell.
  let fallback: RecordedSeries.Step

  /// A step, and how instants are counted in it.
  struct Found {
    var step: RecordedSeries.Step
    /// Days, months or numbers in one step.
    var every: Int
    private let isDay: Bool

    init(_ step: RecordedSeries.Step, every: Int, isDay: Bool) {
      self.step = step
      self.every = every
      self.isDay = isDay
    }

    /// The steps from the beginning of counting to an instant.
    func position(_ instant: Int32) -> Int {
      if step == .month {
        return Int(isDay ? CalendarDay(number: instant).month.number : instant)
      }
      // Rounded down, also before 1970, so that equal distances stay equal.
      let number = Int(instant)
      return number >= 0 ? number / every : -((-number + every - 1) / every)
    }

    /// The day of an instant; nil for numbers.
    func day(_ instant: Int32) -> CalendarDay? {
      switch step {
      case .number: nil
      case .month where !isDay: CalendarMonth(number: instant).firstDay
      case .month: CalendarDay(number: instant).month.firstDay
      case .day, .week: CalendarDay(number: instant)
      }
    }
  }

  /// What is wrong, and at which of the instants.
  struct Wrong: Error {
    var code: String
    var message: String
    var help: String
    var place: Int
  }

  var found: Result<Found, Wrong> {
    let step: Found
    switch kind {
    case .month: step = Found(.month, every: 1, isDay: false)
    case .number: step = Found(.number, every: max(1, common(differences)), isDay: false)
    case .day:
      if let mixed { return .failure(mixed) }
      step = days
    }
    // Steps of seven days must not be torn apart by where the weeks of 1970 began.
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

  private var days: Found {
    let found = differences
    if found.isEmpty {
      return Found(
        fallback == .number ? .day : fallback, every: fallback == .week ? 7 : 1, isDay: true)
    }
    if isMonthly(instants.indices) { return Found(.month, every: 1, isDay: true) }
    let every = common(found)
    return every % 7 == 0 ? Found(.week, every: 7, isDay: true) : Found(.day, every: 1, isDay: true)
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
      let dates = (CalendarDay(number: instants[place - 1]), CalendarDay(number: instants[place]))
      return Wrong(
        code: "series-mixed",
        message: "'\(name)' changes its frequency between \(dates.0) and \(dates.1): "
          + "some of its dates are a day apart, some \(isMonths ? "a month" : "\(gap) days")",
        help: "give the dates of each frequency a unique_id of their own, or sum the days",
        place: place)
    }
    return nil
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
  private func gap(_ step: Found) -> Wrong? {
    guard let first = instants.first, let last = instants.last else { return nil }
    let span = step.position(last) - step.position(first) + 1
    guard span > 20 * instants.count + 1000 else { return nil }
    let gaps = zip(instants, instants.dropFirst()).map { step.position($1) - step.position($0) }
    let longest = gaps.indices.max { gaps[$0] < gaps[$1] } ?? 0
    return Wrong(
      code: "series-gap",
      message:
        "'\(name)' has nothing on \(gaps[longest] - 1) steps before this one, and is known on "
        + "\(instants.count) in all",
      help: "is this date right?", place: longest + 1)
  }
}
