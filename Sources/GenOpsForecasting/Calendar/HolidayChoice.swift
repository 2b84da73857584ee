public import GenOpsUnits

/// Which dates of the year are looked for in a history, as `--holidays` writes it.
public struct HolidayChoice: Sendable, Hashable {
  /// Dates that are tried on every history, and those that were named.
  public var groups: [DateGroup]
  /// Whether days that stood out in two years are taken for dates too.
  public var finds: Bool

  /// `groups`, and what is found by itself where `finds` says so.
  public init(groups: [DateGroup], finds: Bool) {
    self.groups = groups
    self.finds = finds
  }

  /// Thanksgiving week, Christmas with New Year, Easter, and what is found.
  public static let usual = HolidayChoice(
    groups: [.thanksgiving, .christmas, .easter], finds: true)
  /// No date is looked for.
  public static let none = HolidayChoice(groups: [], finds: false)

  /// Reads words with commas between them: codes of countries, days (`2027-06-14`, which all move usage
  /// alike) and rules (`12-24`, `easter-2`, `4th-thu-nov`, `last-mon-may`). They are added to `usual`, or
  /// stand alone beside the word `none`. Everything that is wrong is a finding at `location`.
  public init(
    _ text: String, beside usual: HolidayChoice = .usual, at location: SourceLocation? = nil,
    _ findings: inout Findings
  ) {
    let words = text.split(separator: ",").map { word in
      word.lowercased().filter { $0 != " " }
    }
    self = words.contains("none") ? .none : usual
    var own: [CalendarDay] = []
    for word in words where word != "none" {
      if let calendar = HolidayCalendar.named(word) {
        groups += DateGroup.holidays(of: calendar)
      } else if let rule = HolidayRule(text: word) {
        groups.append(DateGroup(rule.words, .yearly(rule, days: 1), isNamed: true))
      } else if let day = CalendarDay(word) {
        own.append(day)
      } else {
        findings.error(
          "unknown-holiday", "'\(word)' is not a date that comes again",
          help:
            "write codes of countries (\(HolidayCalendar.all.map(\.country).joined(separator: ", "))), "
            + "days such as 2027-06-14, or rules: 12-24, easter-2, 4th-thu-nov, last-mon-may; or 'none'",
          at: location)
      }
    }
    if !own.isEmpty { groups.append(DateGroup("own dates", .listed(own), isNamed: true)) }
  }
}
