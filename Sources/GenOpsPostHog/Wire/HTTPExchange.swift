/// Sends one HTTP request and waits for the whole answer. The one thing that delivery and flags
/// need of a network; `GenOpsPostHogHTTP` has it for real.
public protocol HTTPExchange: Sendable {
  /// - Throws: ``WireFailure`` when there is no complete answer: refused, reset, half-closed, too
  ///   slow, too large, no HTTP. An answer with a status of 400 or 500 is an answer.
  func send(_ request: WireRequest) async throws -> WireReply
}

/// Why there is no answer.
public enum WireFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// Not within the time.
  case timeout
  /// The connection could not be made, or broke. The text holds no key.
  case connection(String)
  /// The answer is larger than is taken, and was given up at once.
  case tooLarge(WireBound)

  public var description: String {
    switch self {
    case .timeout: "no answer in time"
    case .connection(let why): why
    case .tooLarge(let bound): "the answer has \(bound)"
    }
  }
}

/// What an answer has too much of. An answer need not end by itself, so each part of it has a bound.
public enum WireBound: Sendable, Hashable, CustomStringConvertible {
  /// Status lines, headers and other bytes that bring the answer no further.
  case headBytes(Int)
  /// Headers, or bytes of one of them.
  case headers(Int, bytesEach: Int)
  case bodyBytes(Int)

  /// What there is more of, and the bound.
  public var description: String {
    switch self {
    case .headBytes(let bytes): "a head of more than \(bytes) bytes"
    case .headers(let count, let bytes):
      "more than \(count) headers, or one of more than \(bytes) bytes"
    case .bodyBytes(let bytes): "a body of more than \(bytes) bytes"
    }
  }
}
