public import GenOpsUnits

/// Reads one number, or `a to b`, with whatever unit its key takes, and reports what it cannot
/// read.
public typealias AmountReader = (Node, _ key: String, inout Findings) -> UncertainValue?

/// Reads the keys of one distribution: amounts in the unit of the thing that is uncertain, plain
/// numbers such as shapes, chances, and lists of them.
///
/// A distribution reads all its keys before it gives up, so that everything wrong is reported at
/// once.
public struct DistributionReader {
  private var keys: MappingReader
  /// What was wrong so far.
  public private(set) var findings = Findings()
  /// Where the distribution stands.
  public var location: SourceLocation { keys.location }
  private let node: Node
  private let key: String
  private let reader: AmountReader

  init(_ node: Node, key: String, amount reader: @escaping AmountReader) {
    keys = MappingReader(node, "the distribution of '\(key)'", &findings)
    self.node = node
    self.key = key
    self.reader = reader
  }

  /// Says that the values do not make a distribution.
  public mutating func refuse(_ message: String, help: String? = nil) {
    findings.error("wrong-value", message, help: help, at: location)
  }

  /// Whether a key is written.
  public func has(_ name: String) -> Bool { node[name] != nil }

  mutating func take(_ name: String) -> Node? { keys.take(name) }

  mutating func required(_ name: String, example: String) -> Node? {
    keys.required(name, example: "\(name): \(example)", &findings)
  }

  mutating func finish() { keys.finish(&findings) }

  /// One amount in the unit of the key.
  public mutating func amount(_ name: String, example: String) -> Double? {
    required(name, example: example).flatMap { oneAmount($0, name) }
  }

  /// One amount that may be missing.
  public mutating func optionalAmount(_ name: String) -> Double? {
    take(name).flatMap { oneAmount($0, name) }
  }

  private mutating func oneAmount(_ node: Node, _ name: String) -> Double? {
    guard let value = reader(node, name, &findings) else { return nil }
    if case .constant(let number) = value { return number }
    findings.error(
      "wrong-value", "'\(name)' of a distribution is one number, not an interval",
      help: "write one number, or use 'mixture'", at: node.location)
    return nil
  }

  /// A list of amounts, at least one.
  public mutating func amounts(_ name: String, example: String) -> [Double]? {
    guard let node = required(name, example: example) else { return nil }
    guard let items = node.sequence, !items.isEmpty else {
      findings.error(
        "wrong-type", "'\(name)' is a list of numbers", help: "\(name): \(example)",
        at: node.location)
      return nil
    }
    let values = items.map { oneAmount($0, name) }
    return values.contains(nil) ? nil : values.compactMap { $0 }
  }

  /// One plain number, such as a shape: `2.5`, `40k`, `30%`.
  public mutating func number(_ name: String, example: String, above bound: Double = 0) -> Double? {
    required(name, example: example).flatMap { plain($0, name, example: example, above: bound) }
  }

  /// One plain number that may be missing.
  public mutating func optionalNumber(_ name: String, example: String, above bound: Double = 0)
    -> Double?
  {
    take(name).flatMap { plain($0, name, example: example, above: bound) }
  }

  private mutating func plain(_ node: Node, _ name: String, example: String, above bound: Double)
    -> Double?
  {
    if let value = figures(node), value > bound { return value }
    findings.error(
      "wrong-value", "'\(name)' is one number above \(NumberText.shown(bound))",
      help: "\(name): \(example)", at: node.location)
    return nil
  }

  /// A plain number, in figures or as a formula of known ones.
  private mutating func figures(_ node: Node) -> Double? {
    guard case .measure(let measure) = FormulaReading(node, &findings) else {
      return node.text.flatMap { NumberText.value($0) }
    }
    guard case .constant(let value) = measure.value, measure.per.isEmpty else { return nil }
    return measure.units == ["%"] ? value / 100 : measure.units.isEmpty ? value : nil
  }

  /// A probability: `30%` or `0.3`.
  public mutating func chance(_ name: String, example: String) -> Double? {
    required(name, example: example).flatMap { chance($0, name, example: example) }
  }

  /// A list of probabilities that may be missing.
  public mutating func optionalChances(_ name: String, example: String) -> [Double]? {
    guard let node = take(name) else { return nil }
    guard let items = node.sequence else {
      findings.error(
        "wrong-type", "'\(name)' is a list of percentages", help: "\(name): \(example)",
        at: node.location)
      return nil
    }
    let values = items.map { chance($0, name, example: "30%") }
    return values.contains(nil) ? nil : values.compactMap { $0 }
  }

  mutating func chance(_ node: Node, _ name: String, example: String) -> Double? {
    if let value = figures(node), (0...1).contains(value) { return value }
    findings.error(
      "wrong-value", "'\(name)' is a probability between 0% and 100%",
      help: "\(name): \(example)", at: node.location)
    return nil
  }

  /// An uncertain number inside this one: `value: 2 to 6`, or a distribution of its own.
  public mutating func value(_ name: String, example: String) -> UncertainValue? {
    required(name, example: example).flatMap { nested($0, name) }
  }

  mutating func nested(_ node: Node, _ name: String) -> UncertainValue? {
    let value =
      node.mapping == nil
      ? reader(node, name, &findings)
      : UncertainValue.decode(node, key: name, &findings, amount: reader)
    guard let value, value.isDerived else { return value }
    findings.error(
      "wrong-value", "a part of a distribution cannot follow a variable",
      help: "write the interval itself", at: node.location)
    return nil
  }

  /// The parts of a mixture: a list of `{chance: 70%, value: 2 to 6}` or `{chance: 70%, dist: …}`.
  mutating func parts(_ name: String, example: String) -> [MixtureDistribution.Part]? {
    guard let node = required(name, example: example) else { return nil }
    guard let items = node.sequence, !items.isEmpty else {
      findings.error(
        "wrong-type", "'\(name)' is a list of values with their chances",
        help: "\(name): \(example)", at: node.location)
      return nil
    }
    let parts = items.map { part($0) }
    return parts.contains(nil) ? nil : parts.compactMap { $0 }
  }

  private mutating func part(_ node: Node) -> MixtureDistribution.Part? {
    guard let entries = node.mapping else {
      findings.error(
        "wrong-type", "a part of a mixture is a mapping, this is \(node.kindName)",
        help: "- {chance: 70%, value: 2 to 6}", at: node.location)
      return nil
    }
    guard let chanceNode = node["chance"] else {
      findings.error(
        "missing-key", "a part of a mixture needs 'chance'", help: "add: chance: 70%",
        at: node.location)
      return nil
    }
    let chance = chance(chanceNode, "chance", example: "70%")
    // What is left is a value, or a distribution.
    let rest = Node(.mapping(entries.filter { $0.key != "chance" }), at: node.location)
    let value: UncertainValue?
    if rest["dist"] != nil {
      value = nested(rest, key)
    } else {
      var keys = MappingReader(rest, "a part of a mixture", &findings)
      value = keys.required("value", example: "value: 2 to 6", &findings).flatMap {
        nested($0, "value")
      }
      keys.finish(&findings)
    }
    guard let chance, let value else { return nil }
    return MixtureDistribution.Part(chance: chance, value: value)
  }
}
