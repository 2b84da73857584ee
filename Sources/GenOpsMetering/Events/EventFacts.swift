/// What metering reads of an event, in numbers: texts as the fingerprints by which ``EventMeter`` remembers them.
///
/// A recording of a hundred million events is metered from these without a text for each. `EventMeter` makes
/// them of every event and knows no other way, so an event and its facts come to the same.
package struct EventFacts: Sendable, Hashable, BitwiseCopyable {
  /// What an event says with yes or no.
  package struct Marks: OptionSet, Sendable, Hashable, BitwiseCopyable {
    package var rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let hasUUID = Marks(rawValue: 1)
    /// It asks for no person profile.
    package static let isAnonymous = Marks(rawValue: 2)
    package static let hasGroups = Marks(rawValue: 4)
    package static let isMobileSnapshot = Marks(rawValue: 8)
    /// The survey of a product tour, which is free.
    package static let isOfTour = Marks(rawValue: 16)
  }

  /// The number of its name, among those of whoever made it.
  package var name: Int32 = 0
  /// The number of its owner, among those of whoever made it.
  package var owner: Int32 = 0
  /// Since 1970-01-01T00:00:00Z.
  package var microseconds: Int64
  var uuidHigh: UInt64 = 0
  var uuidLow: UInt64 = 0
  package var person: UInt64 = 0
  /// The session of a snapshot, the submission of a survey; 0 for none.
  package var item: UInt64 = 0
  /// The other id of a person that it names; 0 for none.
  package var otherPerson: UInt64 = 0
  /// Where its distinct id stands among those that sampling keeps, in 0 ..< 1.
  package var samplingPlace = 0.0
  package var marks: Marks = []

  /// Facts of an event at this instant, of which nothing else is known yet.
  package init(microseconds: Int64) { self.microseconds = microseconds }

  /// By what copies of the event are told; nil for none.
  package var uuid: EventUUID? {
    get { marks.contains(.hasUUID) ? EventUUID(high: uuidHigh, low: uuidLow) : nil }
    set {
      uuidHigh = newValue?.high ?? 0
      uuidLow = newValue?.low ?? 0
      if newValue == nil { marks.remove(.hasUUID) } else { marks.insert(.hasUUID) }
    }
  }
}

/// A name of events with what billing does with them, looked up once.
package struct KnownName: Sendable {
  let hash: UInt64
  let rule: MeteringRule

  /// Whether an event of it needs ``EventFacts/otherPerson``.
  package var isAboutPerson: Bool { rule.isAboutPerson }
  /// Whether its session counts.
  package var isSnapshot: Bool { rule.kind == .snapshot }
  /// Whether its submission counts.
  package var isSurvey: Bool { rule.kind == .survey }
}
