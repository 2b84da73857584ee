import GenOpsSimulation
import GenOpsUnits

extension RegisteredNumber {
  /// A day is written as one.
  var json: JSONValue {
    func value(_ number: Double) -> JSONValue {
      InputText.isDate(name) ? .string(InputText.date(number)) : .value(number)
    }
    return [
      "input": .string(name), "origin": .string(origin.rawValue), "p10": value(low),
      "mean": value(mean), "p90": value(high), "worth": .amount(worth),
      "source": .string(source), "owner": .optional(owner),
      "review": .optional(review?.description),
    ]
  }
}

extension ResultReader {
  static func registered(_ node: ResultNode) throws -> RegisteredNumber {
    let name = try node.text("input")
    func value(_ key: String) throws -> Double {
      InputText.isDate(name) ? Double(try node.day(key).number) : try node.number(key)
    }
    return RegisteredNumber(
      name: name, origin: try node.word("origin"), low: try value("p10"), mean: try value("mean"),
      high: try value("p90"), worth: try node.number("worth"), source: try node.text("source"),
      owner: try node.optional("owner")?.text(),
      review: try node.optional("review").map { _ in try node.day("review") })
  }
}
