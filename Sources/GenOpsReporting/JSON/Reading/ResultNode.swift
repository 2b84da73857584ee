import GenOpsMetering
import GenOpsScenario
import GenOpsSimulation
package import GenOpsUnits

/// A value of a `result.json`, with its path from the root as `jq` takes it: `months[3].cost.p10`.
///
/// What is missing or of another kind is a finding that names the path and the place in the file.
package struct ResultNode {
  let node: Node
  let path: String

  /// The whole file.
  package init(_ node: Node) {
    self.node = node
    path = ""
  }

  private init(_ node: Node, _ path: String) {
    self.node = node
    self.path = path
  }

  var isNull: Bool { node.isNull }

  /// What a reader says of a value that is not what it should be: "an amount".
  func failure(_ expected: String) -> FindingsError {
    FindingsError(
      "result-file",
      "\(path.isEmpty ? "the file" : "'\(path)'") is not \(expected)",
      help: "take the result.json of 'genops run' as it was written", at: node.location)
  }

  /// The value of a key that has to be there, and may be null.
  func at(_ key: String) throws -> ResultNode {
    guard node.mapping != nil else { throw failure("an object") }
    guard let value = node[key] else {
      throw FindingsError(
        "result-file", "\(path.isEmpty ? "the result" : "'\(path)'") has no '\(key)'",
        help: "take the result.json that this version of 'genops run' writes", at: node.location)
    }
    return ResultNode(value, path.isEmpty ? key : "\(path).\(key)")
  }

  /// The value of a key; nil where it is null or not there.
  func optional(_ key: String) throws -> ResultNode? {
    guard node.mapping != nil else { throw failure("an object") }
    guard let value = node[key], !value.isNull else { return nil }
    return ResultNode(value, path.isEmpty ? key : "\(path).\(key)")
  }

  func list() throws -> [ResultNode] {
    guard let items = node.sequence else { throw failure("a list") }
    return items.enumerated().map { ResultNode($1, "\(path)[\($0)]") }
  }

  func list(_ key: String) throws -> [ResultNode] { try at(key).list() }

  /// The keys of an object with their values, in their order.
  func members() throws -> [(key: String, value: ResultNode)] {
    guard let entries = node.mapping else { throw failure("an object") }
    return entries.map { ($0.key, ResultNode($0.value, "\(path).\($0.key)")) }
  }

  func text() throws -> String {
    guard case .scalar(let text, true) = node.content else { throw failure("a text") }
    return text
  }

  func text(_ key: String) throws -> String { try at(key).text() }

  func texts(_ key: String) throws -> [String] { try list(key).map { try $0.text() } }

  func bool(_ key: String) throws -> Bool {
    let value = try at(key)
    switch value.node.text {
    case "true": return true
    case "false": return false
    default: throw value.failure("true or false")
    }
  }

  /// A number, or an amount as text; `null` is what stands for null.
  func number(null: Double? = nil) throws -> Double {
    if isNull, let null { return null }
    guard let text = node.text, JSONValue.isNumber(text), let value = Double(text) else {
      throw failure("a number")
    }
    return value
  }

  func number(_ key: String, null: Double? = nil) throws -> Double {
    try at(key).number(null: null)
  }

  func optionalNumber(_ key: String) throws -> Double? { try optional(key)?.number() }

  func whole(_ key: String) throws -> Int {
    let value = try at(key)
    guard let text = value.node.text, let number = Int(text) else {
      throw value.failure("a whole number")
    }
    return number
  }

  /// A whole number from 0 up to what a sheet has rows.
  func count() throws -> Int {
    guard let text = node.text, let number = Int(text), (0...16_777_216).contains(number) else {
      throw failure("a whole number from 0")
    }
    return number
  }

  func money(_ key: String) throws -> Money {
    let value = try at(key)
    do { return try Money(parsing: value.text()) } catch { throw value.failure("an amount") }
  }

  func day(_ key: String) throws -> CalendarDay {
    let value = try at(key)
    return try value.day()
  }

  func day() throws -> CalendarDay {
    guard let day = CalendarDay(try text()) else { throw failure("a day such as 2027-02-01") }
    return day
  }

  func month(_ key: String) throws -> CalendarMonth {
    let value = try at(key)
    guard let month = CalendarMonth(try value.text()) else {
      throw value.failure("a month such as 2027-02")
    }
    return month
  }

  func meter() throws -> Meter {
    let text = try text()
    guard let meter = Meter(named: text) else { throw failure("a meter") }
    return meter
  }

  /// A word of those that a type knows.
  func word<Word: RawRepresentable<String>>(_ key: String) throws -> Word {
    let value = try at(key)
    guard let word = Word(rawValue: try value.text()) else { throw value.failure("a known word") }
    return word
  }

  /// The statistics of one quantity. Those of months until something is paid back are null where that is never.
  func spread(null: Double = .nan) throws -> ForecastDistribution {
    func value(_ quantile: Quantile) throws -> Double {
      try number(quantile.rawValue, null: null)
    }
    return ForecastDistribution(
      mean: try value(.mean), sd: try value(.sd), standardError: try value(.standardError),
      p01: try value(.p01), p05: try value(.p05), p10: try value(.p10), p25: try value(.p25),
      p50: try value(.p50), p75: try value(.p75), p90: try value(.p90), p95: try value(.p95),
      p99: try value(.p99))
  }

  func spread(_ key: String, null: Double = .nan) throws -> ForecastDistribution {
    try at(key).spread(null: null)
  }
}
