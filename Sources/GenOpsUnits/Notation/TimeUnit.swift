/// A span of time as people name it: alike after a number, after `per` and after `/`.
package enum TimeUnit: String, Sendable, Hashable, CaseIterable {
  case second, minute, hour, day, week, month, quarter, year

  /// `month`, `months`, `Month`, `s`, `min`, …; nil for any other word.
  package init?(_ word: String) {
    let word = word.lowercased()
    if let unit = TimeUnit(rawValue: word) ?? TimeUnit.short[word] {
      self = unit
    } else if word.hasSuffix("s"), let unit = TimeUnit(rawValue: String(word.dropLast())) {
      self = unit
    } else {
      return nil
    }
  }

  /// `m` is none of them: it could be a month, a minute or a million.
  private static let short: [String: TimeUnit] = [
    "s": .second, "sec": .second, "min": .minute, "h": .hour, "d": .day,
  ]

  /// `daily`, `monthly`, `annually`: a word that says a period without `per`; nil for any other. It is read
  /// for findings alone.
  package init?(adverb word: String) {
    guard let unit = TimeUnit.adverbs[word.lowercased()] else { return nil }
    self = unit
  }

  private static let adverbs: [String: TimeUnit] = [
    "hourly": .hour, "daily": .day, "weekly": .week, "monthly": .month, "quarterly": .quarter,
    "yearly": .year, "annual": .year, "annually": .year,
  ]

  /// The seconds in it; nil for a month and more, whose length differs.
  package var seconds: Int? {
    switch self {
    case .second: 1
    case .minute: 60
    case .hour: 3600
    case .day: 86_400
    case .week: 604_800
    case .month, .quarter, .year: nil
    }
  }
}
