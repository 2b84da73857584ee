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
