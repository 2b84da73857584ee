import GenOpsMetering
import Hummingbird

/// What a request to the dashboard asks for. What it does not know is an error, so that a typing mistake does not
/// answer something else.
struct DashboardQuery: Sendable {
  /// What is wrong with one.
  struct Failure: Error {
    var detail: String
  }

  var account: String?
  var limit = 100
  var dimension = "team"

  /// Reads the query of `request`, of which only `names` may be asked.
  init(_ request: Request, allowing names: Set<String>) throws(Failure) {
    var seen: Set<String> = []
    for (key, value) in request.uri.queryParameters {
      let (name, text) = (String(key), String(value))
      guard names.contains(name), seen.insert(name).inserted else {
        throw Failure(
          detail: names.isEmpty
            ? "nothing can be asked here"
            : "write each of \(names.sorted().joined(separator: ", ")) once at most")
      }
      switch name {
      case "account": account = text
      case "limit":
        guard let number = Int(text), String(number) == text,
          (1...DashboardFacts.most).contains(number)
        else {
          throw Failure(detail: "limit is a whole number from 1 to \(DashboardFacts.most)")
        }
        limit = number
      default:
        guard Attribution.dimensions.contains(text) else {
          throw Failure(
            detail: "dimension is one of \(Attribution.dimensions.joined(separator: ", "))")
        }
        dimension = text
      }
    }
  }
}
