public import Tracing

/// A span that has ended, ready to be sent.
public struct FinishedSpan: Sendable {
  /// Something that happened in it.
  public struct Event: Sendable {
    public var name: String
    public var nanoseconds: UInt64
    public var attributes: SpanAttributes
  }

  public var context: TraceIdentity
  public var name: String
  public var kind: SpanKind
  /// Nanoseconds since 1970.
  public var start: UInt64
  public var end: UInt64
  public var attributes: SpanAttributes
  public var events: [Event]
  /// Nil was never set.
  public var status: SpanStatus?
}

/// Where a span stands: W3C trace context (w3.org/TR/trace-context).
public struct TraceIdentity: Sendable, Hashable {
  /// 128 bits, never all 0.
  public var traceHigh: UInt64
  public var traceLow: UInt64
  /// Never 0.
  public var span: UInt64
  /// 0 for none.
  public var parent: UInt64

  /// The trace's 128 bits in two halves, not both 0; `span` is never 0.
  public init(traceHigh: UInt64, traceLow: UInt64, span: UInt64, parent: UInt64 = 0) {
    self.traceHigh = traceHigh
    self.traceLow = traceLow
    self.span = span
    self.parent = parent
  }

  /// The `traceparent` header: `00-<trace>-<span>-01`.
  public var header: String {
    func hex(_ value: UInt64) -> String {
      let digits = String(value, radix: 16)
      return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
    return "00-\(hex(traceHigh))\(hex(traceLow))-\(hex(span))-01"
  }

  /// Reads a `traceparent` header; the span it names is what it identifies.
  public init?(header: String) {
    let parts = header.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count >= 4, parts[0].utf8.count == 2, parts[0] != "ff",
      parts[1].utf8.count == 32, parts[2].utf8.count == 16,
      parts.prefix(3).allSatisfy({ $0.utf8.allSatisfy(TraceIdentity.isHexDigit) }),
      let high = UInt64(parts[1].prefix(16), radix: 16),
      let low = UInt64(parts[1].suffix(16), radix: 16), let span = UInt64(parts[2], radix: 16),
      high | low != 0, span != 0
    else { return nil }
    self.init(traceHigh: high, traceLow: low, span: span)
  }

  /// Lower case only, as the recommendation has it.
  private static func isHexDigit(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (97...102).contains(byte)
  }
}
