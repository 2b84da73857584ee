private typealias Holiday = HolidayCalendar.Holiday

extension HolidayCalendar {
  private static let easterMonday = Holiday("Easter Monday", .easter(1))
  private static let goodFriday = Holiday("Good Friday", .easter(-2))
  private static let ascension = Holiday("Ascension Day", .easter(39))
  private static let whitMonday = Holiday("Whit Monday", .easter(50))

  private static func fixed(_ name: String, _ month: Int, _ day: Int, since: Int = 1) -> Holiday {
    Holiday(name, .fixed(month: month, day: day), since: since)
  }

  static let us = HolidayCalendar(
    country: "us", name: "United States (federal)", source: "5 U.S.C. § 6103",
    holidays: [
      Holiday("New Year's Day", .fixed(month: 1, day: 1, kept: .nearestWeekday)),
      Holiday("Birthday of Martin Luther King, Jr.", .nth(3, weekday: 0, month: 1), since: 1986),
      Holiday("Washington's Birthday", .nth(3, weekday: 0, month: 2), since: 1971),
      Holiday("Memorial Day", .nth(-1, weekday: 0, month: 5), since: 1971),
      Holiday("Juneteenth", .fixed(month: 6, day: 19, kept: .nearestWeekday), since: 2021),
      Holiday("Independence Day", .fixed(month: 7, day: 4, kept: .nearestWeekday)),
      Holiday("Labor Day", .nth(1, weekday: 0, month: 9)),
      Holiday("Columbus Day", .nth(2, weekday: 0, month: 10), since: 1971),
      Holiday("Veterans Day", .fixed(month: 11, day: 11, kept: .nearestWeekday), since: 1978),
      Holiday("Thanksgiving Day", .nth(4, weekday: 3, month: 11)),
      Holiday("Christmas Day", .fixed(month: 12, day: 25, kept: .nearestWeekday)),
    ])

  static let gb = HolidayCalendar(
    country: "gb", name: "England and Wales",
    source: "Banking and Financial Dealings Act 1971, schedule 1, and royal proclamations",
    holidays: [
      Holiday("New Year's Day", .fixed(month: 1, day: 1, kept: .nextWeekday)), goodFriday,
      easterMonday, Holiday("Early May bank holiday", .nth(1, weekday: 0, month: 5)),
      Holiday("Spring bank holiday", .nth(-1, weekday: 0, month: 5)),
      Holiday("Summer bank holiday", .nth(-1, weekday: 0, month: 8)),
      Holiday("Christmas Day", .fixed(month: 12, day: 25, kept: .nextWeekday)),
      Holiday("Boxing Day", .fixed(month: 12, day: 26, kept: .nextWeekday)),
    ])

  static let de = HolidayCalendar(
    country: "de", name: "Germany (all states)",
    source: "holiday laws of the sixteen states; Einigungsvertrag art. 2 for 3 October",
    holidays: [
      fixed("New Year's Day", 1, 1), goodFriday, easterMonday, fixed("Labour Day", 5, 1), ascension,
      whitMonday, fixed("German Unity Day", 10, 3, since: 1990), fixed("Christmas Day", 12, 25),
      fixed("Second Day of Christmas", 12, 26),
    ])

  static let fr = HolidayCalendar(
    country: "fr", name: "France", source: "Code du travail, art. L3133-1",
    holidays: [
      fixed("New Year's Day", 1, 1), easterMonday, fixed("Labour Day", 5, 1),
      fixed("Victory Day", 5, 8), ascension, whitMonday, fixed("National Day", 7, 14),
      fixed("Assumption", 8, 15), fixed("All Saints", 11, 1), fixed("Armistice Day", 11, 11),
      fixed("Christmas Day", 12, 25),
    ])

  static let es = HolidayCalendar(
    country: "es", name: "Spain (national)", source: "Real Decreto 2001/1983, art. 45",
    holidays: [
      fixed("New Year's Day", 1, 1), fixed("Epiphany", 1, 6), goodFriday, fixed("Labour Day", 5, 1),
      fixed("Assumption", 8, 15), fixed("National Day", 10, 12), fixed("All Saints", 11, 1),
      fixed("Constitution Day", 12, 6), fixed("Immaculate Conception", 12, 8),
      fixed("Christmas Day", 12, 25),
    ])

  static let it = HolidayCalendar(
    country: "it", name: "Italy",
    source: "Legge 260/1949 as amended; D.P.R. 792/1985; Legge 151/2025",
    holidays: [
      fixed("New Year's Day", 1, 1), fixed("Epiphany", 1, 6), Holiday("Easter Sunday", .easter(0)),
      easterMonday, fixed("Liberation Day", 4, 25), fixed("Labour Day", 5, 1),
      fixed("Republic Day", 6, 2), fixed("Assumption", 8, 15),
      fixed("Saint Francis", 10, 4, since: 2026), fixed("All Saints", 11, 1),
      fixed("Immaculate Conception", 12, 8), fixed("Christmas Day", 12, 25),
      fixed("Saint Stephen", 12, 26),
    ])

  static let nl = HolidayCalendar(
    country: "nl", name: "Netherlands", source: "Algemene termijnenwet, art. 3",
    holidays: [
      fixed("New Year's Day", 1, 1), goodFriday, easterMonday,
      Holiday("King's Day", .fixed(month: 4, day: 27, kept: .saturdayForSunday), since: 2014),
      fixed("Liberation Day", 5, 5), ascension, whitMonday, fixed("Christmas Day", 12, 25),
      fixed("Second Day of Christmas", 12, 26),
    ])

  static let se = HolidayCalendar(
    country: "se", name: "Sweden", source: "Lag (1989:253) om allmänna helgdagar",
    holidays: [
      fixed("New Year's Day", 1, 1), fixed("Epiphany", 1, 6), goodFriday,
      Holiday("Easter Sunday", .easter(0)), easterMonday, fixed("Labour Day", 5, 1), ascension,
      Holiday("Whit Sunday", .easter(49)), fixed("National Day", 6, 6, since: 2005),
      Holiday("Midsummer Day", .onOrAfter(month: 6, day: 20, weekday: 5)),
      Holiday("All Saints", .onOrAfter(month: 10, day: 31, weekday: 5)),
      fixed("Christmas Day", 12, 25), fixed("Second Day of Christmas", 12, 26),
    ])

  static let pl = HolidayCalendar(
    country: "pl", name: "Poland", source: "Ustawa z 18 stycznia 1951 o dniach wolnych od pracy",
    holidays: [
      fixed("New Year's Day", 1, 1), fixed("Epiphany", 1, 6, since: 2011),
      Holiday("Easter Sunday", .easter(0)), easterMonday, fixed("Labour Day", 5, 1),
      fixed("Constitution Day", 5, 3), Holiday("Whit Sunday", .easter(49)),
      Holiday("Corpus Christi", .easter(60)), fixed("Assumption", 8, 15),
      fixed("All Saints", 11, 1), fixed("Independence Day", 11, 11),
      fixed("Christmas Eve", 12, 24, since: 2025), fixed("Christmas Day", 12, 25),
      fixed("Second Day of Christmas", 12, 26),
    ])

  static let ca = HolidayCalendar(
    country: "ca", name: "Canada (federal)", source: "Canada Labour Code, s. 166",
    holidays: [
      fixed("New Year's Day", 1, 1), goodFriday,
      // The Monday before 25 May.
      Holiday("Victoria Day", .onOrAfter(month: 5, day: 18, weekday: 0)),
      fixed("Canada Day", 7, 1), Holiday("Labour Day", .nth(1, weekday: 0, month: 9)),
      fixed("National Day for Truth and Reconciliation", 9, 30, since: 2021),
      Holiday("Thanksgiving Day", .nth(2, weekday: 0, month: 10)),
      fixed("Remembrance Day", 11, 11), fixed("Christmas Day", 12, 25),
      fixed("Boxing Day", 12, 26),
    ])

  static let br = HolidayCalendar(
    country: "br", name: "Brazil",
    source: "Leis 662/1949, 6.802/1980, 9.093/1995, 10.607/2002, 14.759/2023",
    holidays: [
      fixed("New Year's Day", 1, 1), goodFriday, fixed("Tiradentes", 4, 21),
      fixed("Labour Day", 5, 1), fixed("Independence Day", 9, 7),
      fixed("Our Lady of Aparecida", 10, 12, since: 1980), fixed("All Souls", 11, 2),
      fixed("Republic Day", 11, 15), fixed("Black Consciousness Day", 11, 20, since: 2024),
      fixed("Christmas Day", 12, 25),
    ])
}
