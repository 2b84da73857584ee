/// A pattern as steps of an automaton that is in several places at once (K. Thompson, "Regular expression
/// search algorithm", CACM 11(6), 1968): the time for a text is its length times the number of steps at
/// most, whatever the pattern, where a search that goes back can take for ever.
struct PatternProgram: Sendable {
  private enum Step: Sendable {
    case scalar(Unicode.Scalar)
    case set(ScalarSet)
    case any
    /// On in both places.
    case split(Int, Int)
    case jump(Int)
    case start
    case end
    case found
  }

  /// A pattern of more steps, such as `\w{5000}`, is left to the server.
  static let mostSteps = 4096

  private var steps: [Step] = []

  /// How many steps a text of any length takes for each of its scalars, at most.
  var size: Int { steps.count }

  /// Nil when the pattern has too many steps.
  init?(_ tree: PatternTree) {
    guard add(tree) else { return nil }
    steps.append(.found)
  }

  /// Whether the pattern occurs anywhere in `text`.
  func occurs(in text: [Unicode.Scalar]) -> Bool {
    var here = Places(count: steps.count)
    var after = Places(count: steps.count)
    for index in 0...text.count {
      // It may begin at each place of the text.
      if enter(0, at: index, of: text.count, into: &here) { return true }
      guard index < text.count else { return false }
      let scalar = text[index]
      for place in here.members {
        let fits =
          switch steps[place] {
          case .scalar(let wanted): wanted == scalar
          case .set(let set): set.contains(scalar)
          case .any: scalar != "\n"
          case .split, .jump, .start, .end, .found: false
          }
        if fits, enter(place + 1, at: index + 1, of: text.count, into: &after) { return true }
      }
      swap(&here, &after)
      after.removeAll()
    }
    return false
  }

  /// Goes to `first` and wherever that leads without taking a scalar. True at the end of the pattern.
  private func enter(_ first: Int, at index: Int, of count: Int, into places: inout Places) -> Bool
  {
    places.waiting.append(first)
    while let place = places.waiting.popLast() {
      guard places.insert(place) else { continue }
      switch steps[place] {
      case .found:
        places.waiting.removeAll(keepingCapacity: true)
        return true
      case .jump(let next): places.waiting.append(next)
      case .split(let one, let other): places.waiting += [other, one]
      case .start: if index == 0 { places.waiting.append(place + 1) }
      case .end: if index == count { places.waiting.append(place + 1) }
      case .scalar, .set, .any: break
      }
    }
    return false
  }

  /// Where the automaton is, each place once.
  private struct Places {
    private(set) var members: [Int] = []
    private var isIn: [Bool]
    var waiting: [Int] = []

    init(count: Int) { isIn = [Bool](repeating: false, count: count) }

    mutating func insert(_ place: Int) -> Bool {
      if isIn[place] { return false }
      isIn[place] = true
      members.append(place)
      return true
    }

    mutating func removeAll() {
      for place in members { isIn[place] = false }
      members.removeAll(keepingCapacity: true)
    }
  }

  private mutating func add(_ tree: PatternTree) -> Bool {
    guard steps.count < PatternProgram.mostSteps else { return false }
    switch tree {
    case .scalar(let scalar): steps.append(.scalar(scalar))
    case .set(let set): steps.append(.set(set))
    case .any: steps.append(.any)
    case .start: steps.append(.start)
    case .end: steps.append(.end)
    case .sequence(let items):
      for item in items { guard add(item) else { return false } }
    case .alternatives(let branches): return addAlternatives(branches)
    case .repeated(let item, let least, let most): return addRepeated(item, least, most)
    }
    return true
  }

  private mutating func addAlternatives(_ branches: [PatternTree]) -> Bool {
    var ends: [Int] = []
    for (number, branch) in branches.enumerated() {
      let isLast = number == branches.count - 1
      let split = steps.count
      if !isLast { steps.append(.jump(0)) }
      guard add(branch) else { return false }
      if isLast { continue }
      ends.append(steps.count)
      steps.append(.jump(0))
      steps[split] = .split(split + 1, steps.count)
    }
    for end in ends { steps[end] = .jump(steps.count) }
    return true
  }

  private mutating func addRepeated(_ item: PatternTree, _ least: Int, _ most: Int?) -> Bool {
    // What has no steps is not made of them by repeating it: `(?:){4000000000}` would count for ever.
    let before = steps.count
    guard add(item) else { return false }
    let length = steps.count - before
    steps.removeLast(length)
    if length == 0 { return true }
    guard least <= PatternProgram.mostSteps, (most ?? 0) <= PatternProgram.mostSteps else {
      return false
    }
    for _ in 0..<least { guard add(item) else { return false } }
    guard let most else {
      let split = steps.count
      steps.append(.jump(0))
      guard add(item) else { return false }
      steps.append(.jump(split))
      steps[split] = .split(split + 1, steps.count)
      return true
    }
    // The parser lets no upper end below the lower one pass.
    var splits: [Int] = []
    for _ in 0..<max(0, most - least) {
      splits.append(steps.count)
      steps.append(.jump(0))
      guard add(item) else { return false }
    }
    for split in splits { steps[split] = .split(split + 1, steps.count) }
    return true
  }
}
