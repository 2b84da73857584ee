/// What an event is to PostHog's billing, and what the meter must remember if it is sent.
public struct MeteredEvent: Sendable, BitwiseCopyable {
  /// A copy of an event that was already sent; it uses nothing and is not delivered again.
  public let isDuplicate: Bool
  public let eventClass: EventClass
  /// Whether PostHog ties it to a person profile.
  public let isIdentified: Bool
  /// What it uses, in a byte.
  package let units: EventUnits

  /// Days since 1970-01-01.
  package let day: Int32
  /// The fingerprint of its distinct id.
  package let distinctID: UInt64
  /// Fingerprints to remember, 0 for none.
  let event: UInt64
  let session: UInt64
  let person: UInt64
  let otherPerson: UInt64

  /// The units on each meter; none for a duplicate and for events that are delivered free.
  public var usage: Usage { units.usage }
}
