public import GenOpsPostHog

import GenOpsMetering
import GenOpsUnits

/// What every ``Transport`` promises, to be held against one's own.
///
/// ```swift
/// let violations = await TransportContract.violations(of: transport) { server.events }
/// ```
public enum TransportContract {
  /// Every promise that `transport` breaks; empty when it keeps them all.
  ///
  /// - What is handed over arrives once, under its uuid, in the order of one thread's calls; an event
  ///   without a uuid gets one.
  /// - It arrives as the transport's encoder writes it, with governance's properties and without what
  ///   a caller wrote in their place. What a journal has written arrives in those very bytes.
  /// - Many threads at once lose nothing.
  ///
  /// - Parameters:
  ///   - transport: New and running, with a server that accepts.
  ///   - arrived: Waits until everything has arrived, and gives it in the order of arrival.
  /// - Returns: Sentences.
  public static func violations(
    of transport: any Transport, arrived: () async -> [OutgoingEvent]
  ) async -> [String] {
    var violations: [String] = []
    func check(_ holds: Bool, _ promise: String) {
      if !holds { violations.append(promise) }
    }
    check(!transport.isClosed, "a new transport is not closed")
    check(!transport.isUpstreamDown, "a new transport does not say that its servers are down")
    let stamp = GovernanceStamp(
      owner: EventOwner(Attribution(team: "growth")), cost: nil, weight: 1)
    for number in 1...20 { transport.enqueue(event(number), stamp) }
    var nameless = event(21)
    nameless.uuid = nil
    transport.enqueue(nameless, stamp)
    let written = OutgoingEvent(
      uuid: EventUUID(high: 3, low: 22), json: #"{"event":"written","uuid":"x","properties":{}}"#)
    transport.enqueue(event(22), stamp, written: written, journal: NoJournal())
    let first = await arrived()
    check(
      first.prefix(20).map(\.uuid) == (1...20).map { EventUUID(high: 3, low: UInt64($0)) },
      "events of one thread arrive once and in order, under their uuids")
    check(
      first.count == 22 && Set(first.map(\.uuid)).count == 22, "an event without a uuid gets one")
    if first.count == 22 {
      check(first[21] == written, "what a journal has written arrives in those bytes")
      let json = (try? JSONParser.parse(Array(first[0].json.utf8), file: "event")).map(
        JSONValue.init)
      let properties = json?["properties"]
      check(
        json?["event"]?.string == "viewed" && json?["distinct_id"]?.string == "user-1"
          && properties?["number"] == 1, "an event arrives with what it says")
      check(properties?["genops_team"] == "growth", "governance's properties cannot be forged")
      check(
        transport.encoder.ambient.allSatisfy { properties?[$0.key] == $0.value },
        "the encoder's own properties are there")
    }
    await withTaskGroup { group in
      for task in 1...8 {
        group.addTask {
          for number in 0..<25 { transport.enqueue(event(task * 100 + number), stamp) }
        }
      }
    }
    let all = Set(await arrived().map(\.uuid))
    let wanted = (1...8).flatMap { task in
      (0..<25).map { EventUUID(high: 3, low: UInt64(task * 100 + $0)) }
    }
    check(all.isSuperset(of: wanted), "many threads at once lose nothing")
    return violations
  }

  private static func event(_ number: Int) -> UsageEvent {
    UsageEvent(
      name: "viewed", distinctID: "user-\(number)", uuid: EventUUID(high: 3, low: UInt64(number)),
      timestamp: Timestamp(microseconds: 1_800_000_000_000_000),
      properties: ["number": .integer(number), "genops_team": "forged"])
  }
}
