import HTTPTypes
import Hummingbird
import NIOCore

/// What the gateway knows of a request besides itself.
struct GatewayContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// Of whoever is connected.
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    channel = source.channel
  }

  /// The address at the other end of the connection.
  var peer: String? { channel.remoteAddress?.ipAddress }

  /// The client's address: the last that a trusted proxy has added, or that of the connection.
  func client(_ request: Request, isBehindProxy: Bool) -> String? {
    if isBehindProxy, let forwarded = request.headers[.xForwardedFor],
      let last = forwarded.split(separator: ",").last
    {
      let address = last.filter { !$0.isWhitespace }
      if !address.isEmpty, address.utf8.count <= 45 { return String(address) }
    }
    return peer
  }
}

extension Request {
  /// What stands behind `Authorization: Bearer`.
  var bearerToken: String? {
    guard let header = headers[.authorization], header.hasPrefix("Bearer ") else { return nil }
    return String(header.dropFirst(7))
  }
}

extension HTTPField.Name {
  /// Added by proxies; not in the table of HTTPTypes.
  static var xForwardedFor: HTTPField.Name { known("X-Forwarded-For") }
  static var xForwardedProto: HTTPField.Name { known("X-Forwarded-Proto") }
  static var xForwardedHost: HTTPField.Name { known("X-Forwarded-Host") }

  private static func known(_ name: String) -> HTTPField.Name {
    // A token of RFC 9110, which each of the names above is, always makes a name.
    HTTPField.Name(name) ?? .via
  }
}
