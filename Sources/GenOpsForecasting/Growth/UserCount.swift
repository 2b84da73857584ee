import GenOpsNumerics
import GenOpsUnits

/// The number of users behind a stream, for models in which chance decides user by user.
enum UserCount {
  /// The most users a path can have; growth without bounds ends here.
  static let most = 1e12

  /// The whole number under `users`: nil with a finding when it cannot be read, a count of nil when
  /// there is none.
  static func read(_ node: Node?, _ findings: inout Findings) -> (count: Double?, Void)? {
    guard let node else { return (nil, ()) }
    if let value = node.text.flatMap({ NumberText.value($0) }), value >= 1, value <= 1e9 {
      return (value.rounded(), ())
    }
    findings.error(
      "wrong-value", "'users' is a number of users from 1 to 10^9", help: "users: 4000",
      at: node.location)
    return nil
  }
}
