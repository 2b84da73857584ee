import GenOpsUnits

/// Makes ``EventFacts``, of events and of the bytes that they are written with.
///
/// Two texts share a fingerprint with probability 2⁻⁶⁴, as in the meter's memory, which holds the same ones:
/// facts confuse nothing that the meter tells apart.
package struct FactMaker: Sendable {
  /// `rust/capture`: longer ids are cut.
  package static let idLength = 200

  private let seed: UInt64
  private let classifier: EventClassifier
  private let keepsUUIDs: Bool
  /// Which properties say whose an event is.
  package var owners = OwnerProperties.none
  private let place: (@Sendable (UnsafeBufferPointer<UInt8>) -> Double)?

  /// - Parameters:
  ///   - classifier: That of the meter which the facts are for.
  ///   - seed: The meter's.
  ///   - keepsUUIDs: False for a maker whose events are never copies of one another.
  ///   - place: Where an id stands among those that sampling keeps, from its UTF-8; nil when nothing is sampled.
  package init(
    classifier: EventClassifier, seed: UInt64, keepsUUIDs: Bool = true,
    place: (@Sendable (UnsafeBufferPointer<UInt8>) -> Double)? = nil
  ) {
    self.classifier = classifier
    self.seed = seed
    self.keepsUUIDs = keepsUUIDs
    self.place = place
  }

  /// Whether facts of `other` are the same, but for their places among those that sampling keeps.
  package func isLike(_ other: FactMaker) -> Bool {
    seed == other.seed && classifier == other.classifier && keepsUUIDs == other.keepsUUIDs
  }

  /// Whether facts have a place among those that sampling keeps.
  package var isForSampling: Bool { place != nil }

  /// A name with its rule.
  package func known(_ name: String) -> KnownName {
    KnownName(hash: text(name), rule: MeteringRule(name: name, classifier: classifier))
  }

  /// The fingerprint of a text.
  @inline(__always)
  package func text(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash = Fingerprint(seed: seed)
    hash.add(UnsafeRawBufferPointer(bytes))
    return hash.value
  }

  /// Sets what depends on the distinct id, of which these are the bytes: at most ``idLength``.
  package func setPerson(_ id: UnsafeBufferPointer<UInt8>, of facts: inout EventFacts) {
    facts.person = text(id)
    if let place { facts.samplingPlace = place(id) }
  }

  /// Sets by what copies are told.
  package func setUUID(_ uuid: EventUUID?, of facts: inout EventFacts) {
    facts.uuid = keepsUUIDs ? uuid : nil
  }

  /// The fingerprint of an answer to a survey: partial answers of one submission are one response.
  package func submission(_ id: String, survey: String) -> UInt64 {
    var hash = Fingerprint(seed: seed)
    hash.add(survey)
    hash.add(id)
    return hash.value
  }

  /// The other person whom an event joins to its own, 0 when PostHog joins nothing to or by one of them.
  package func merged(_ other: String, with distinctID: String) -> UInt64 {
    FactMaker.joins(other, with: distinctID) ? person(other) : 0
  }

  /// Whether an id stems from a mistake of a program, such as `undefined`, so that it says nothing of a person.
  package static func isMistake(_ id: String) -> Bool { MergeGuard.forbids(id) }

  /// Whether PostHog joins two ids to one person; not by one that stems from a mistake.
  package static func joins(_ other: String, with distinctID: String) -> Bool {
    !MergeGuard.forbids(other) && !MergeGuard.forbids(distinctID)
  }

  /// What `event` is to the meter. Its name is `known`.
  package func facts(of event: UsageEvent, _ known: KnownName) -> EventFacts {
    var facts = meteredFacts(of: event, known)
    if !keepsUUIDs { facts.uuid = nil }
    if let place {
      var id = event.distinctID
      facts.samplingPlace = id.withUTF8 { place($0) }
    }
    return facts
  }

  /// The same without what only sampling and a replay need.
  @inline(__always)
  func meteredFacts(of event: UsageEvent, _ known: KnownName) -> EventFacts {
    var facts = EventFacts(microseconds: event.timestamp.microseconds)
    facts.person = person(event.distinctID)
    facts.uuid = event.uuid
    if event.processPersonProfile == false { facts.marks.insert(.isAnonymous) }
    if event.hasGroups { facts.marks.insert(.hasGroups) }
    if known.isSnapshot {
      if event.isMobileSnapshot { facts.marks.insert(.isMobileSnapshot) }
      if let id = event.sessionID, !id.isEmpty { facts.item = text(id) }
    } else if known.isSurvey {
      if event.productTourID?.isEmpty == false { facts.marks.insert(.isOfTour) }
      if let id = event.surveySubmissionID, !id.isEmpty {
        facts.item = submission(id, survey: event.surveyID ?? "")
      }
    } else if known.isAboutPerson {
      facts.otherPerson = merged(event)
    }
    return facts
  }

  /// The other id that an event joins to its person: `$identify` names the anonymous id it came
  /// from, `$create_alias` and `$merge_dangerously` the alias. PostHog joins nothing to or by an id
  /// that stems from a mistake.
  private func merged(_ event: UsageEvent) -> UInt64 {
    guard let key = FactMaker.joiningKey(ofEvent: event.name) else { return 0 }
    switch event.properties[key] {
    case .string(let other), .number(let other): return merged(other, with: event.distinctID)
    default: return 0
    }
  }

  /// The property by which events of this name join another id to their person; nil when they join none.
  package static func joiningKey(ofEvent name: String) -> String? {
    if name == "$groupidentify" { return nil }
    return name == "$identify" ? "$anon_distinct_id" : "alias"
  }

  /// PostHog's capture cuts a longer id after 200 characters, so two that begin alike are one person.
  package func person(_ id: String) -> UInt64 {
    id.utf8.count <= FactMaker.idLength
      ? text(id) : text(String(id.unicodeScalars.prefix(FactMaker.idLength)))
  }

  @inline(__always)
  func text(_ text: String) -> UInt64 {
    var hash = Fingerprint(seed: seed)
    hash.add(text)
    return hash.value
  }
}
