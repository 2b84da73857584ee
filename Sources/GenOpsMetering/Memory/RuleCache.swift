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

  /// Names by their representation, in front of the others.
  private var seen: [Seen]

  /// A name that was seen, and what it comes to. Empty at first.
  private struct Seen {
    var name = ""
    var bits = NameBits.none
    var known: KnownName
  }

  private static let seenCount = 64

  init(_ classifier: EventClassifier) {
    let empty = KnownName(hash: 0, rule: MeteringRule(name: "", classifier: classifier))
    seen = Array(repeating: Seen(known: empty), count: RuleCache.seenCount)
    self.classifier = classifier
    rules = Array(
      repeating: MeteringRule(name: "", classifier: classifier), count: RuleCache.slotCount)
  }

  /// A name with its fingerprint and rule. A program writes the names of its events down, so the same few texts
  /// come again and again; they are known without a look at their letters.
  @inline(__always)
  mutating func known(_ name: String, _ maker: FactMaker) -> KnownName {
    let bits = NameBits(name)
    let slot = bits.slot & (RuleCache.seenCount - 1)
    let known = seen.withUnsafeBufferPointer { seen -> KnownName? in
      // The slot is below the number of them.
      seen[slot].bits == bits ? seen[slot].known : nil
    }
    return known ?? look(at: name, bits, slot, maker)
  }

  @inline(never)
  private mutating func look(at name: String, _ bits: NameBits, _ slot: Int, _ maker: FactMaker)
    -> KnownName
  {
    let hash = maker.text(name)
    let known = KnownName(hash: hash, rule: rule(for: name, hash: hash))
    if name.utf8.count <= RuleCache.longest {
      seen[slot] = Seen(name: name, bits: bits, known: known)
    }
    return known
  }

  /// `hash` is the fingerprint of `name`.
  private mutating func rule(for name: String, hash: UInt64) -> MeteringRule {
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
