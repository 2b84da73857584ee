public import Foundation
public import GenOpsUnits

/// Where a day of business begins: usage is counted by days of UTC, but weekends and holidays are
/// those of a place.
public enum BusinessDay: Sendable, Hashable {
  /// Ahead of UTC by so many minutes, the year round: 120 for UTC+02:00.
  case offset(minutes: Int)
  /// A place of the IANA time zone database, with its daylight saving time.
  case zone(TimeZone)

  public static let utc = BusinessDay.offset(minutes: 0)

  /// `UTC`, `UTC+2`, `+05:30`, `Europe/Berlin`; nil for anything else.
  public init?(_ text: String) {
    var rest = text[...]
    if rest.hasPrefix("UTC") { rest = rest.dropFirst(3) }
    if rest.isEmpty {
      guard text == "UTC" else { return nil }
      self = .utc
      return
    }
    if let sign = rest.first, sign == "+" || sign == "-" {
      let parts = rest.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
      guard (1...2).contains(parts.count),
        parts.allSatisfy({ (1...2).contains($0.count) && $0.allSatisfy(\.isASCII) }),
        let hours = Int(parts[0]), let minutes = parts.count == 2 ? Int(parts[1]) : 0,
        hours <= 14, minutes < 60
      else { return nil }
      self = .offset(minutes: (sign == "-" ? -1 : 1) * (hours * 60 + minutes))
      return
    }
    guard text.contains("/"), let zone = TimeZone(identifier: text) else { return nil }
    self = .zone(zone)
  }

  /// The business day under `key`, or a finding.
  public static func decode(_ node: Node, key: String, _ findings: inout Findings) -> BusinessDay? {
    if let text = node.text, let day = BusinessDay(text) { return day }
    findings.error(
      "unknown-zone", "'\(node.text ?? node.kindName)' is not a time zone",
      help: "\(key): Europe/Berlin, or UTC+2", at: node.location)
    return nil
  }

  /// Minutes ahead of UTC at noon (UTC) of `day`.
  public func minutes(on day: CalendarDay) -> Int {
    switch self {
    case .offset(let minutes): minutes
    case .zone(let zone):
      zone.secondsFromGMT(
        for: Date(timeIntervalSince1970: (Double(day.number) + 0.5) * 86_400)) / 60
    }
  }

  /// Multipliers of days of UTC from those of business days. `local[0]` belongs to the day before
  /// `first`; there are two more than the result has.
  ///
  /// A day of UTC holds, for a place ahead by h hours, 24 − h hours of its own date and h of the
  /// next; usage is taken as spread evenly over the day.
  public func days(fromLocal local: [Double], first: CalendarDay) -> [Double] {
    let parts = parts(from: first, count: max(0, local.count - 2))
    return parts.indices.map { BusinessDay.mixed(local, at: $0, part: parts[$0]) }
  }

  /// The part of each day by which the place is ahead: what ``mixed(_:at:part:)`` takes. Looking up
  /// a time zone costs more than the sums, so a simulation does it once.
  func parts(from first: CalendarDay, count: Int) -> [Double] {
    (0..<count).map { Double(minutes(on: first.advanced(by: $0))) / 1440 }
  }

  /// The multiplier of the day of UTC number `index`, from those of business days.
  @inline(__always)
  static func mixed(_ local: [Double], at index: Int, part: Double) -> Double {
    part >= 0
      ? (1 - part) * local[index + 1] + part * local[index + 2]
      : (1 + part) * local[index + 1] - part * local[index]
  }
}
