import GRDB
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits

/// An attribution as a column of the file.
enum OwnerText {
  static func text(_ attribution: Attribution) -> String {
    let members = Attribution.dimensions.compactMap { name in
      attribution[name].map { JSONValue.Member(name, .string($0)) }
    }
    return JSONValue.object(members).description
  }

  static func attribution(_ text: String) -> Attribution {
    var attribution = Attribution.none
    guard let node = try? JSONParser.parse(Array(text.utf8), file: "owner") else {
      return attribution
    }
    for name in Attribution.dimensions { attribution[name] = node[name]?.text }
    return attribution
  }
}
