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
    canonical(a, under: parent) == canonical(b, under: parent)
  }

  /// The one of its names by which `key` of the mapping under `parent` is compared.
  static func canonical(_ key: String, under parent: String?) -> String {
    if parent.map(own.contains) ?? false { return key }
    return Meter(named: key)?.id ?? aliases.first { $0.contains(key) }?[0] ?? key
  }
}
