/// The answer to a ``WireRequest``.
public struct WireReply: Sendable {
  public var status: Int
  public var headers: [WireHeader]
  public var body: [UInt8]
  /// The address that answered, where redirects were followed to another one; nil for the request's.
  public var url: String?

  /// Names of headers may come in any case. `url` is the address that answered, where that is another one
  /// than was asked.
  public init(status: Int, headers: [WireHeader] = [], body: [UInt8] = [], url: String? = nil) {
    self.url = url
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The first header of this name, whatever its case.
  public func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}
