import GenOpsUnits

/// A host and a port to listen on.
package struct ListenAddress: Sendable, Hashable, CustomStringConvertible {
  package var host: String
  /// 0 is a port of the system's choice.
  package var port: Int

  /// `port` is 0 to 65535.
  package init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// Reads `127.0.0.1:8080`, `[::1]:8080`, or a port alone, which is one of this machine only.
  init?(_ text: String, _ findings: inout Findings) {
    let colon = text.lastIndex(of: ":")
    let host = colon.map { String(text[..<$0]) } ?? ""
    let port = Int(colon.map { text[text.index(after: $0)...] } ?? text[...])
    guard let port, (0...65535).contains(port) else {
      findings.error(
        "listen-address", "'\(text)' is not an address to listen on",
        help: "write 127.0.0.1:8080, or a port alone")
      return nil
    }
    let bare = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
    self.init(host: bare.isEmpty ? "127.0.0.1" : bare, port: port)
  }

  package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
