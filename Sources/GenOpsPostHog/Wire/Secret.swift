/// A key or token. It shows itself only to whoever asks for ``revealed``; printed, logged, dumped
/// or put into an error it reads `phc_…`.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// The key itself.
  public let revealed: String

  /// Keeps `text` out of descriptions, mirrors and logs.
  public init(_ text: String) { revealed = text }

  /// The kind of key (`phc_` a project's, `phx_` a person's) and no letter more.
  public var description: String {
    for prefix in ["phc_", "phx_", "phs_"] where revealed.hasPrefix(prefix) { return prefix + "…" }
    return revealed.isEmpty ? "(no key)" : "…"
  }

  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}
