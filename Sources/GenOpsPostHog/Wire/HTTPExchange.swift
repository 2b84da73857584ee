/// Sends one HTTP request and waits for the whole answer. The one thing that delivery and flags
/// need of a network; `GenOpsPostHogHTTP` has it for real.
public protocol HTTPExchange: Sendable {
  /// - Throws: ``WireFailure`` when there is no complete answer: refused, reset, half-closed, too
  /// slow,
  ///   no HTTP. An answer with a status of 400 or 500 is an answer.
  func send(_ request: WireRequest) async throws -> WireReply
}

/// Why there is no answer.
public enum WireFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// Not within the time.
  case timeout
  /// The connection could not be made, or broke. The text holds no key.
  case connection(String)

  public var description: String {
    switch self {
    case .timeout: "no answer in time"
    case .connection(let why): why
    }
  }
}

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

/// The answer to a ``WireRequest``.
public struct WireReply: Sendable {
  public var status: Int
  public var headers: [WireHeader]
  public var body: [UInt8]

  /// Names of headers may come in any case.
  public init(status: Int, headers: [WireHeader] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The first header of this name, whatever its case.
  public func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}

/// One line of a request's or answer's head.
public struct WireHeader: Sendable, Hashable {
  public var name: String
  public var value: String

  /// Names are compared without regard to case.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}
