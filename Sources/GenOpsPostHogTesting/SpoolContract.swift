public import GenOpsPostHog

import GenOpsMetering
import GenOpsUnits

/// What every ``EventSpool`` promises, to be held against one's own.
///
/// ```swift
/// #expect(try SpoolContract.violations(open: { try MySpool(path) }, end: { $0.close() }) == [])
/// ```
public enum SpoolContract {
  /// Every promise that a spool breaks; empty when it keeps them all.
  ///
  /// - Kept events come back as they were kept, byte for byte, oldest first, at most as many as asked
  ///   for, to the process that opens the spool next.
  /// - One uuid is kept once. Confirmed and rejected events do not come back; unknown uuids and the
  ///   same one twice are not errors.
  /// - What a living process holds is given to no other; what an ended one held is given to one.
  ///
  /// - Parameters:
  ///   - open: Opens the same spool, empty at first, as another process would.
  ///   - end: Ends the process that had this one, in good order.
  /// - Returns: Sentences.
  /// - Throws: What the spool throws where it must not.
  public static func violations<Spool: EventSpool>(
    open: () throws -> Spool, end: (Spool) throws -> Void
  ) throws -> [String] {
    var violations: [String] = []
    func check(_ holds: Bool, _ promise: String) {
      if !holds { violations.append(promise) }
    }
    let first = try open()
    let second = try open()
    let events = (1...9).map(event)
    check(try first.pending(limit: 5).isEmpty, "a spool that was never used is empty")
    for event in events { try first.keep(event) }
    try first.keep(events[0])
    check(
      try second.pending(limit: 100).isEmpty, "what a living process holds is given to no other")
    check(
      try first.pending(limit: 100) == events,
      "a process gets its own events back, once each, oldest first, byte for byte")
    check(try first.pending(limit: 4) == Array(events[..<4]), "at most the limit is given")
    first.confirm(uuids: [events[0].uuid, events[1].uuid])
    first.confirm(uuids: [events[1].uuid, EventUUID(high: 9, low: 99)])
    first.reject(uuids: [events[2].uuid], reason: "the server answered 400")
    first.reject(uuids: [], reason: "")
    check(
      try first.pending(limit: 100) == Array(events[3...]),
      "confirmed and rejected events do not come back")
    try end(first)
    let given = try second.pending(limit: 4)
    check(given == Array(events[3..<7]), "what an ended process held is given, oldest first")
    let third = try open()
    check(
      try third.pending(limit: 100) == Array(events[7...]),
      "what was given to a living process is given to no other")
    third.confirm(uuids: events[7...].map(\.uuid))
    second.confirm(uuids: given.map(\.uuid))
    try end(second)
    check(try third.pending(limit: 100).isEmpty, "what is over does not come back")
    try end(third)
    let fourth = try open()
    check(try fourth.pending(limit: 100).isEmpty, "what is over does not come back after a restart")
    try end(fourth)
    return violations
  }

  /// What another client may have written: a number's own text, members that no encoder of ours
  /// writes, spaces.
  private static func event(_ number: Int) -> OutgoingEvent {
    let uuid = EventUUID(high: 7, low: UInt64(number))
    let json =
      #"{ "event":"pläne \u0041","distinct_id":"ann","uuid":"\#(uuid)","offset":\#(number),"#
      + #""timestamp":"2027-01-10T12:00:00.5Z","$set":{"a":299.0},"properties":{"x":1e2,"$lib":"web"} }"#
    return OutgoingEvent(uuid: uuid, json: json)
  }
}
