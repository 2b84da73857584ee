import Foundation
import GenOpsMetering
import GenOpsUnits

/// Makes of recorded events those of more or fewer users: each user is kept, left out or joined by twins who do the
/// same at the same instants, so that usage is `scale` times what was recorded, in expectation.
///
/// By user and not by event: sessions, known persons and funnels stay whole. A user is a distinct id, and is decided
/// on by its hash, so the answer is the same whatever the order of the files; a larger scale keeps all whom a smaller
/// one keeps.
package struct EventMultiplier: Sendable, Hashable {
  /// The part of the users who are looked at.
  package let share: Double
  /// How many users one who is kept stands for: `scale` / `share`.
  package let weight: Double

  private let whole: Int
  private let fraction: Double

  /// - Parameters:
  ///   - scale: What usage is multiplied by: above 0, at most 10,000.
  ///   - share: The part of the users who are looked at, above 0 and at most 1; each stands for 1/`share`.
  package init(scale: Double = 1, share: Double = 1) {
    self.share = share
    weight = scale / share
    let floor = weight.rounded(.down)
    // Below 10,000 / the smallest share that a verb takes, so the conversion cannot fail.
    whole = Int(floor)
    fraction = weight - floor
  }

  /// Whether all that is made of the events follows from their number.
  var isExact: Bool { share == 1 && fraction == 0 }
  /// Whether some users get a twin.
  var makesTwins: Bool { weight > 1 }

  /// How many users the one with this fingerprint becomes; nil for one who is not looked at.
  @inline(__always)
  func copies(of person: UInt64) -> Int? {
    let place = EventMultiplier.place(person ^ 0xC0F1_E5D0_0B5E_55ED)
    if place >= share { return nil }
    // Of those who are looked at, again all places alike.
    return whole + (place / share < fraction ? 1 : 0)
  }

  /// The variance that a user of `events` events who was kept adds to the number of all: that of choosing users
  /// (Horvitz and Thompson 1952), and that of a weight that is not whole.
  func variance(_ events: Int64) -> Double {
    let square = Double(events) * Double(events)
    return square * ((1 - share) * weight * weight + fraction * (1 - fraction))
  }

  /// A fingerprint of copy number `copy` of what has this one; the original is number 0.
  @inline(__always)
  static func twin(_ fingerprint: UInt64, _ copy: Int) -> UInt64 {
    if copy == 0 || fingerprint == 0 { return fingerprint }
    let mixed = Bijection.mixed(
      fingerprint &+ UInt64(truncatingIfNeeded: copy) &* 0x9E37_79B9_7F4A_7C15)
    return mixed == 0 ? 1 : mixed
  }

  /// Copy number `copy` of an event.
  @inline(__always)
  func copy(_ event: EventFacts, _ copy: Int) -> EventFacts {
    if copy == 0 { return event }
    var twin = event
    twin.person = EventMultiplier.twin(event.person, copy)
    twin.otherPerson = EventMultiplier.twin(event.otherPerson, copy)
    twin.item = EventMultiplier.twin(event.item, copy)
    twin.uuid = event.uuid.map { EventMultiplier.twin($0, copy) }
    twin.samplingPlace = EventMultiplier.place(twin.person)
    return twin
  }

  private static func twin(_ uuid: EventUUID, _ copy: Int) -> EventUUID {
    EventUUID(high: uuid.high ^ Bijection.mixed(UInt64(truncatingIfNeeded: copy)), low: uuid.low)
  }

  /// The same of an event whose texts are looked at: ids end in the copy's number.
  func copy(_ event: UsageEvent, _ copy: Int) -> UsageEvent {
    if copy == 0 { return event }
    var twin = event
    func text(_ id: String) -> String { "\(id)~\(copy + 1)" }
    twin.distinctID = text(event.distinctID)
    twin.uuid = event.uuid.map { EventMultiplier.twin($0, copy) }
    twin.sessionID = event.sessionID.map(text)
    twin.surveySubmissionID = event.surveySubmissionID.map(text)
    if case .object(let members) = event.properties {
      twin.properties = .object(
        members.compactMap { member in
          guard ["$anon_distinct_id", "alias"].contains(member.key),
            case .string(let other) = member.value
          else { return member }
          // An id that PostHog does not join to a person would become one that it joins, with a number behind it.
          return FactMaker.joins(other, with: event.distinctID)
            ? JSONValue.Member(member.key, .string(text(other))) : nil
        })
    }
    return twin
  }

  /// Where a fingerprint stands in 0 ..< 1.
  @inline(__always)
  private static func place(_ fingerprint: UInt64) -> Double {
    Double(Bijection.mixed(fingerprint) >> 11) * 0x1p-53
  }
}

/// What a replay of more or fewer users than were recorded looked at.
package struct MultipliedEvents: Sendable, Hashable {
  package let multiplier: EventMultiplier
  /// Events that were recorded, and what was made of them.
  package private(set) var recorded: Int64 = 0
  package private(set) var made: Int64 = 0
  /// By fingerprint, the events of users who were kept.
  private var events: [UInt64: Int64] = [:]

  init(_ multiplier: EventMultiplier) { self.multiplier = multiplier }

  /// How many events become of one by the user with this fingerprint.
  @inline(__always)
  mutating func take(_ person: UInt64) -> Int {
    recorded += 1
    guard let copies = multiplier.copies(of: person) else { return 0 }
    made += Int64(copies)
    if !multiplier.isExact { events[person, default: 0] += 1 }
    return copies
  }

  /// How many users were looked at; nil where nothing is left to chance.
  package var users: Int? { multiplier.isExact ? nil : events.count }

  /// The standard error of the number of events, copies of events among them, as a part of it; 0 where nothing is left to
  /// chance.
  package var standardError: Double {
    guard made > 0 else { return 0 }
    // Sorted, so that the sum does not depend on the order of a table.
    let variance = events.values.sorted().reduce(0) { $0 + multiplier.variance($1) }
    return variance.squareRoot() / Double(made)
  }
}
