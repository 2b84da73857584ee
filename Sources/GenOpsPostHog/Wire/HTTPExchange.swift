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
