import GenOpsMetering
package import GenOpsUnits

/// Who answers for the numbers of a scenario, when they are looked at again, and what they rest on: the keys `owner:`,
/// `review:` and `source:`.
///
/// Each may stand in the scenario itself, in a part of it such as `growth:`, and in an entry such as a change. What an entry
/// does not say is that of the part it stands in.
package struct Stewardship: Sendable {
  /// What is said of one number; nil where nothing is.
  package struct Note: Sendable, Hashable {
    package var owner: String?
    package var review: CalendarDay?
    package var source: String?

    package init(owner: String? = nil, review: CalendarDay? = nil, source: String? = nil) {
      self.owner = owner
      self.review = review
      self.source = source
    }
  }

  /// By the keys and names on the way from the root; the root itself is the empty way.
  private(set) var notes: [(way: [String], note: Note)] = []

  /// Nothing is said of any number.
  package init() {}

  mutating func add(_ note: Note, at way: [String]) { notes.append((way, note)) }

  /// What is said of the input of that name, as `genops plan` lists it: `growth.events.rate`, `change.Black Friday.0`.
  package func note(on input: String) -> Note {
    var note = Note()
    for (_, said) in notes.filter({ Stewardship.holds($0.way, input) })
      .sorted(by: { $0.way.count < $1.way.count })
    {
      note.owner = said.owner ?? note.owner
      note.review = said.review ?? note.review
      note.source = said.source ?? note.source
    }
    return note
  }

  /// The parts of a scenario by the first word of their inputs' names.
  private static let parts = [
    "growth": ["growth"], "change": ["changes"], "value": ["value"], "option": ["options"],
    "traffic": ["traffic"], "calendar": ["calendar"], "fault": ["faults"], "flags": ["flags"],
    "mix": ["mix"], "identified": ["mix", "traffic"], "groups": ["mix", "traffic"],
    "profiles": ["mix", "traffic"], "history": ["history"],
  ]

  /// Lists in a part that give their entries no name of their own.
  private static let unnamed: Set<String> = ["benefits", "costs"]

  /// Whether what stands at `way` is said of an input.
  private static func holds(_ way: [String], _ input: String) -> Bool {
    guard let part = way.first else { return true }
    let kind = input.prefix { $0 != "." }
    guard let own = parts[String(kind)] else {
      return part == "variables" && way.dropFirst().allSatisfy { $0 == input }
    }
    guard own.contains(part) else { return false }
    // Names are the user's and may have dots of their own.
    let rest = input.dropFirst(kind.count) + "."
    return way.dropFirst().allSatisfy { word in
      unnamed.contains(word) || rest.contains(".\(word).")
        || Meter(named: word).map { rest.contains(".\($0.id).") } == true
    }
  }
}
