package import GenOpsUnits
import GenOpsPostHog

/// What the events of one name came to in a recording.
package struct NameUsage: Sendable, Hashable {
  /// A day with events of the name.
  package struct Day: Sendable, Hashable {
    package var day: CalendarDay
    package var count: Int
  }

  package var event: String
  /// Copies apart; what was refused or sampled is among them.
  package var count: Int
  /// What was sent, at the margin, as far as prices are known.
  package var cost: Money
  /// The first event.
  package var first: Timestamp
  /// In their order; days without events of the name are left out.
  package var days: [Day]

  /// How the seven days to `last` compare with the seven before: 0.5 is half as many more, nil where there were
  /// none before.
  package func growth(to last: CalendarDay) -> Double? {
    let new = count(from: last.advanced(by: -6), to: last)
    let old = count(from: last.advanced(by: -13), to: last.advanced(by: -7))
    return old > 0 ? Double(new) / Double(old) - 1 : nil
  }

  private func count(from first: CalendarDay, to last: CalendarDay) -> Int {
    days.reduce(0) { $0 + (first <= $1.day && $1.day <= last ? $1.count : 0) }
  }
}

/// Counts events by name and day. A recording's events come either with the numbers of their names or with the
/// names themselves.
struct NameLedger {
  /// By number.
  var tally = FactTally()
  private var numbers: [String: Int] = [:]
  private var names: [String] = []
  /// By number: its events when the present day began, and those of the days before.
  private var counted: [Int] = []
  private var days: [[NameUsage.Day]] = []

  /// Counts an event by its name.
  mutating func note(_ name: String, cost: Money?, at instant: Timestamp) {
    let number = numbers[name] ?? names.count
    if number == names.count {
      numbers[name] = number
      names.append(name)
      tally.names.append(FactTally.Name())
    }
    tally.names[number].note(cost: cost, at: instant.microseconds)
  }

  /// Ends a day.
  mutating func close(_ day: CalendarDay) {
    while counted.count < tally.names.count {
      counted.append(0)
      days.append([])
    }
    for number in counted.indices where tally.names[number].events != counted[number] {
      let events = tally.names[number].events
      days[number].append(NameUsage.Day(day: day, count: events - counted[number]))
      counted[number] = events
    }
  }

  /// All names with events, the most frequent first; `known` are those that events had numbers of.
  func usage(_ known: [String]) -> [NameUsage] {
    zip(known + names, tally.names).enumerated().compactMap { number, entry in
      let (name, part) = entry
      guard part.events > 0 else { return nil }
      return NameUsage(
        event: name, count: part.events, cost: Money(nanos: part.cost),
        first: Timestamp(microseconds: part.first), days: days[number])
    }.sorted { ($1.count, $0.event) < ($0.count, $1.event) }
  }
}
