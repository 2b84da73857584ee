import GenOpsNumerics
import GenOpsUnits

/// Reads what is said of people: `4 to 7 per session`, `6 to 10 per user per month`,
/// `10% of users make 50%`.
enum PeopleText {
  /// A number of at least 0 per `word`.
  static func rate(
    _ node: Node, _ what: String, per word: String, example: String, _ findings: inout Findings
  ) -> UncertainValue? {
    guard let quantity = Quantity.read(node, what, example: example, &findings) else { return nil }
    guard quantity.sign == .none, quantity.unit == nil, quantity.low >= 0, quantity.high <= 1e9,
      quantity.per == word
    else {
      findings.error(
        quantity.per == nil ? "missing-period" : "wrong-unit",
        "\(what) is a number per \(word), this is '\(quantity.text)'", help: "write: \(example)",
        at: node.location)
      return nil
    }
    return quantity.bounded(what, &findings)
  }

  /// A percentage per `word`, as a fraction.
  static func share(
    _ node: Node, _ what: String, per word: String, example: String, _ findings: inout Findings
  ) -> UncertainValue? {
    guard let quantity = Quantity.read(node, what, example: example, &findings) else { return nil }
    guard quantity.sign == .none, quantity.unit == "%", quantity.low >= 0, quantity.high <= 100,
      quantity.per == word
    else {
      findings.error(
        quantity.per == nil ? "missing-period" : "wrong-unit",
        "\(what) is a percentage per \(word), this is '\(quantity.text)'",
        help: "write: \(example)", at: node.location)
      return nil
    }
    return quantity.bounded(what, upTo: 1, &findings) { $0 / 100 }
  }

  /// A plain number of at least 0.
  static func count(
    _ node: Node, _ what: String, example: String, _ findings: inout Findings
  ) -> UncertainValue? {
    guard let quantity = Quantity.read(node, what, example: example, &findings) else { return nil }
    guard quantity.sign == .none, quantity.unit == nil, quantity.per == nil, quantity.low >= 0,
      quantity.high <= 1e12
    else {
      findings.error(
        "out-of-range", "\(what) is a number from 0 to 10^12, this is '\(quantity.text)'",
        help: "write: \(example)", at: node.location)
      return nil
    }
    return quantity.bounded(what, &findings)
  }

  /// `6 to 10 per user per month`, in sessions of a user in a day.
  static func sessions(_ node: Node, _ findings: inout Findings) -> UncertainValue? {
    let example = CrowdFact.sessions.example
    guard
      var quantity = Quantity.read(node, "the number of sessions", example: example, &findings)
    else { return nil }
    let prefix = "user per "
    guard quantity.sign == .none, quantity.unit == nil, quantity.low >= 0,
      let per = quantity.per, per.hasPrefix(prefix)
    else {
      findings.error(
        "missing-period", "sessions are a number per user and month, this is '\(quantity.text)'",
        help: "write: \(example)", at: node.location)
      return nil
    }
    quantity.per = String(per.dropFirst(prefix.count))
    guard let period = quantity.period("the number of sessions", example: example, &findings)
    else { return nil }
    return quantity.bounded("the number of sessions", &findings) { $0 / period.days }
  }

  /// `6 min`, `4 to 9 min`: the mean length of a session in seconds.
  static func length(_ node: Node, _ findings: inout Findings) -> UncertainValue? {
    let what = "the mean length of a session"
    let example = CrowdFact.sessionLength.example
    guard let quantity = Quantity.read(node, what, example: example, &findings) else { return nil }
    guard let scale = quantity.unit.flatMap({ TimeUnit($0) })?.seconds, quantity.per == nil,
      quantity.sign == .none, quantity.low > 0
    else {
      findings.error(
        quantity.unit == nil ? "missing-unit" : "wrong-unit",
        "\(what) is a time span above zero, this is '\(quantity.text)'", help: "write: \(example)",
        at: node.location)
      return nil
    }
    return try? quantity.uncertain { $0 * Double(scale) }
  }

  /// `10% of users make 50%`.
  static func spread(_ node: Node, _ findings: inout Findings) -> ActivitySpread? {
    let words = (node.text ?? "").split(separator: " ").map(String.init)
    func percent(_ word: String) -> Double? {
      (try? Figures(word)).flatMap { $0.unit == "%" ? $0.fraction : nil }
    }
    if words.count == 5, words[1...3] == ["of", "users", "make"], let top = percent(words[0]),
      let make = percent(words[4]), let spread = ActivitySpread(top: top, make: make)
    {
      return spread
    }
    findings.error(
      "wrong-value",
      "'\(node.text ?? node.kindName)' does not say how much the most active users make",
      help: "write: activity: 10% of users make 50%   (the second number is the larger one)",
      at: node.location)
    return nil
  }
}
