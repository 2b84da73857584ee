/// A request as PostHog's protocol has it.
public struct WireRequest: Sendable, CustomStringConvertible, CustomReflectable {
  /// `GET` or `POST`.
  public var method: String
  public var url: String
  public var headers: [WireHeader]
  public var body: [UInt8]
  /// Whether the body may be sent as gzip. The sender compresses and adds `Content-Encoding`.
  public var mayCompress: Bool
  /// The longest time from connecting to the last byte of the answer.
  public var timeout: Duration

  /// The body is sent as it is, unless it may be compressed.
  public init(
    method: String, url: String, headers: [WireHeader] = [], body: [UInt8] = [],
    mayCompress: Bool = false, timeout: Duration = .seconds(15)
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.mayCompress = mayCompress
    self.timeout = timeout
  }

  /// Without query, headers and body, which hold keys.
  public var description: String {
    "\(method) \(url.prefix { $0 != "?" }) (\(body.count) bytes)"
  }
  public var customMirror: Mirror { Mirror(self, children: ["request": description]) }
}
