public import Tracing

import Synchronization

/// A tracer whose finished spans go to an ``OTLPExporter``.
///
/// ```swift
/// InstrumentationSystem.bootstrap(OTLPTracer(exporter))
/// ```
public struct OTLPTracer: Tracer {
  private let onEnd: @Sendable (FinishedSpan) -> Void
  private let nextID: @Sendable () -> UInt64

  /// Spans that end go to `exporter`.
  public init(_ exporter: OTLPExporter) {
    self.init { exporter.add($0) }
  }

  /// `nextID` makes ids; random by default.
  init(
    nextID: @escaping @Sendable () -> UInt64 = { UInt64.random(in: 1 ... .max) },
    onEnd: @escaping @Sendable (FinishedSpan) -> Void
  ) {
    self.nextID = nextID
    self.onEnd = onEnd
  }

  public func startSpan<Instant: TracerInstant>(
    _ operationName: String, context: @autoclosure () -> ServiceContext, ofKind kind: SpanKind,
    at instant: @autoclosure () -> Instant, function: String, file fileID: String, line: UInt
  ) -> OTLPSpan {
    var context = context()
    let identity: TraceIdentity
    if let parent = context.traceIdentity {
      identity = TraceIdentity(
        traceHigh: parent.traceHigh, traceLow: parent.traceLow, span: nextID(), parent: parent.span)
    } else {
      identity = TraceIdentity(traceHigh: nextID(), traceLow: nextID(), span: nextID())
    }
    context.traceIdentity = identity
    return OTLPSpan(
      context: context,
      state: FinishedSpan(
        context: identity, name: operationName, kind: kind,
        start: instant().nanosecondsSinceEpoch, end: 0, attributes: [:], events: []),
      onEnd: onEnd)
  }

  public func forceFlush() {}

  public func inject<Carrier, Inject: Injector>(
    _ context: ServiceContext, into carrier: inout Carrier, using injector: Inject
  ) where Inject.Carrier == Carrier {
    guard let identity = context.traceIdentity else { return }
    injector.inject(identity.header, forKey: "traceparent", into: &carrier)
  }

  public func extract<Carrier, Extract: Extractor>(
    _ carrier: Carrier, into context: inout ServiceContext, using extractor: Extract
  ) where Extract.Carrier == Carrier {
    guard let header = extractor.extract(key: "traceparent", from: carrier) else { return }
    if let identity = TraceIdentity(header: header) { context.traceIdentity = identity }
  }
}

/// A span of an ``OTLPTracer``.
public struct OTLPSpan: Tracing.Span {
  public let context: ServiceContext
  private let box: Box

  private final class Box: Sendable {
    let state: Mutex<FinishedSpan?>
    let onEnd: @Sendable (FinishedSpan) -> Void

    init(_ state: FinishedSpan, _ onEnd: @escaping @Sendable (FinishedSpan) -> Void) {
      self.state = Mutex(state)
      self.onEnd = onEnd
    }
  }

  init(
    context: ServiceContext, state: FinishedSpan,
    onEnd: @escaping @Sendable (FinishedSpan) -> Void
  ) {
    self.context = context
    box = Box(state, onEnd)
  }

  public var isRecording: Bool { box.state.withLock { $0 != nil } }

  public var operationName: String {
    get { box.state.withLock { $0?.name ?? "" } }
    nonmutating set { box.state.withLock { $0?.name = newValue } }
  }

  public var attributes: SpanAttributes {
    get { box.state.withLock { $0?.attributes ?? [:] } }
    nonmutating set { box.state.withLock { $0?.attributes = newValue } }
  }

  public func setStatus(_ status: SpanStatus) { box.state.withLock { $0?.status = status } }

  public func addEvent(_ event: SpanEvent) {
    box.state.withLock {
      $0?.events.append(
        .init(
          name: event.name, nanoseconds: event.nanosecondsSinceEpoch, attributes: event.attributes))
    }
  }

  /// The error's type and text, as OpenTelemetry names them.
  public func recordError<Instant: TracerInstant>(
    _ error: any Error, attributes: SpanAttributes, at instant: @autoclosure () -> Instant
  ) {
    var attributes = attributes
    attributes["exception.type"] = String(describing: type(of: error))
    attributes["exception.message"] = String(describing: error)
    let nanoseconds = instant().nanosecondsSinceEpoch
    box.state.withLock {
      $0?.events.append(
        .init(name: "exception", nanoseconds: nanoseconds, attributes: attributes))
      if $0?.status == nil { $0?.status = SpanStatus(code: .error) }
    }
  }

  /// Links are not sent.
  public func addLink(_ link: SpanLink) {}

  public func end<Instant: TracerInstant>(at instant: @autoclosure () -> Instant) {
    let nanoseconds = instant().nanosecondsSinceEpoch
    let finished = box.state.withLock { state -> FinishedSpan? in
      defer { state = nil }
      state?.end = nanoseconds
      return state
    }
    if let finished { box.onEnd(finished) }
  }
}

private enum TraceIdentityKey: ServiceContextKey {
  typealias Value = TraceIdentity
}

extension ServiceContext {
  /// The span that a call is in.
  public var traceIdentity: TraceIdentity? {
    get { self[TraceIdentityKey.self] }
    set { self[TraceIdentityKey.self] = newValue }
  }
}
