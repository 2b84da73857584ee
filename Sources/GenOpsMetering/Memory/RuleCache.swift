/// The rules of the names that were seen, so that a known name is looked up and not classified.
///
/// Direct-mapped with a fixed number of slots: a stranger who sends a new name with every event
/// makes it slower, never larger. A long name is classified each time: names of a megabyte in every slot
/// would fill the machine.
struct RuleCache: Sendable {
  private static let slotCount = 4096
  private static let longest = 256
  private var names = [String?](repeating: nil, count: slotCount)
  private var rules: [MeteringRule]
  private let classifier: EventClassifier

  init(_ classifier: EventClassifier) {
    self.classifier = classifier
    rules = Array(
      repeating: MeteringRule(name: "", classifier: classifier), count: RuleCache.slotCount)
  }

  /// `hash` is the fingerprint of `name`.
  mutating func rule(for name: String, hash: UInt64) -> MeteringRule {
    guard name.utf8.count <= RuleCache.longest else {
      return MeteringRule(name: name, classifier: classifier)
    }
    let slot = Int(truncatingIfNeeded: hash) & (RuleCache.slotCount - 1)
    if names[slot] == name { return rules[slot] }
    let rule = MeteringRule(name: name, classifier: classifier)
    names[slot] = name
    rules[slot] = rule
    return rule
  }
}
