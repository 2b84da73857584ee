import GenOpsMetering

/// Keys that are one key under several names: a meter by any of its names, and old words of the
/// language.
enum KeyNames {
  private static let aliases = [
    ["grain", "mode"], ["scenario", "name"], ["volatility", "wobble"],
  ]
  /// What stands directly under these is named by the user.
  private static let own: Set<String> = ["variables", "calendar", "mix"]

  /// Whether `a` and `b` are one key of the mapping under `parent`.
  static func areSame(_ a: String, _ b: String, under parent: String?) -> Bool {
    if a == b { return true }
    if parent.map(own.contains) ?? false { return false }
    if let meter = Meter(named: a) { return meter == Meter(named: b) }
    return aliases.contains { $0.contains(a) && $0.contains(b) }
  }
}
