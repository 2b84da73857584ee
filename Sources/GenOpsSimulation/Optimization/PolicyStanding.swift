/// How a policy stands beside others; the least is the best.
package struct PolicyStanding: Sendable, Hashable, Comparable {
  /// How far the conditions are missed, all together; 0 where all hold.
  package var violation: Double
  /// What is made as small as can be.
  package var primary: Double
  /// What decides among policies that are alike in it.
  package var secondary: Double
  /// How many places it changes.
  package var changes: Int
  /// The choices, which decide where nothing else does.
  package var choices: [Int]

  package static func < (a: PolicyStanding, b: PolicyStanding) -> Bool {
    if a.violation != b.violation { return a.violation < b.violation }
    if a.primary != b.primary { return a.primary < b.primary }
    if a.secondary != b.secondary { return a.secondary < b.secondary }
    if a.changes != b.changes { return a.changes < b.changes }
    return a.choices.lexicographicallyPrecedes(b.choices)
  }

  /// Whether the two come to the same, by whatever different means.
  package func equals(_ other: PolicyStanding) -> Bool {
    violation == other.violation && primary == other.primary && secondary == other.secondary
  }
}
