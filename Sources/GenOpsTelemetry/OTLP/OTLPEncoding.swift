import GenOpsPostHog
import Tracing

/// The request bodies of OTLP (opentelemetry-proto 1.5, `collector/trace/v1`,
/// `collector/metrics/v1`).
enum OTLPEncoding {
  /// `ExportTraceServiceRequest` with one resource and scope.
  static func traces(_ spans: [FinishedSpan], resource: [String: String]) -> [UInt8] {
    var request = ProtobufWriter()
    request.message(1) { resourceSpans in
      resourceSpans.message(1) { $0.resource(resource) }
      resourceSpans.message(2) { scopeSpans in
        scopeSpans.message(1) { $0.scope() }
        for span in spans { scopeSpans.message(2) { $0.span(span) } }
      }
    }
    return request.bytes
  }

  /// `ExportMetricsServiceRequest`: gauges, and counters as cumulative sums since `start`.
  static func metrics(
    _ samples: [MetricSample], resource: [String: String], start: UInt64, now: UInt64
  ) -> [UInt8] {
    var request = ProtobufWriter()
    request.message(1) { resourceMetrics in
      resourceMetrics.message(1) { $0.resource(resource) }
      resourceMetrics.message(2) { scopeMetrics in
        scopeMetrics.message(1) { $0.scope() }
        for name in namesInOrder(samples) {
          let points = samples.filter { $0.name == name }
          scopeMetrics.message(2) { $0.metric(points, start: start, now: now) }
        }
      }
    }
    return request.bytes
  }

  static func namesInOrder(_ samples: [MetricSample]) -> [String] {
    var names: [String] = []
    for sample in samples where !names.contains(sample.name) { names.append(sample.name) }
    return names
  }
}

extension ProtobufWriter {
  fileprivate mutating func resource(_ attributes: [String: String]) {
    for (key, value) in attributes.sorted(by: { $0.key < $1.key }) {
      attribute(1, key, .string(value))
    }
  }

  fileprivate mutating func scope() {
    text(1, "genops-posthog")
    text(2, "0.1.0")
  }

  fileprivate mutating func span(_ span: FinishedSpan) {
    data(1, bigEndian(span.context.traceHigh) + bigEndian(span.context.traceLow))
    data(2, bigEndian(span.context.span))
    if span.context.parent != 0 { data(4, bigEndian(span.context.parent)) }
    text(5, span.name)
    integer(6, kind(span.kind))
    fixed64(7, span.start)
    fixed64(8, span.end)
    attributes(9, span.attributes)
    for event in span.events {
      message(11) {
        $0.fixed64(1, event.nanoseconds)
        $0.text(2, event.name)
        $0.attributes(3, event.attributes)
      }
    }
    if let status = span.status {
      message(15) {
        if let text = status.message { $0.text(2, text) }
        $0.integer(3, status.code == .ok ? 1 : 2)
      }
    }
  }

  /// In the order of their names, so that equal spans are equal bytes.
  private mutating func attributes(_ field: Int, _ attributes: SpanAttributes) {
    var all: [(String, SpanAttribute)] = []
    attributes.forEach { all.append(($0, $1)) }
    for (key, value) in all.sorted(by: { $0.0 < $1.0 }) { attribute(field, key, value) }
  }

  private mutating func attribute(_ field: Int, _ key: String, _ value: SpanAttribute) {
    message(field) { pair in
      pair.text(1, key)
      pair.message(2) { any in
        switch value {
        case .string(let text): any.text(1, text)
        case .bool(let flag): any.flag(2, flag)
        case .int32(let number): any.integer(3, Int64(number))
        case .int64(let number): any.integer(3, number)
        case .double(let number): any.double(4, number)
        default: any.text(1, "\(value)")
        }
      }
    }
  }

  fileprivate mutating func metric(_ points: [MetricSample], start: UInt64, now: UInt64) {
    guard let first = points.first else { return }
    text(1, first.name)
    text(2, first.help)
    message(first.kind == .gauge ? 5 : 7) { data in
      for point in points {
        data.message(1) {
          if first.kind == .counter { $0.fixed64(2, start) }
          $0.fixed64(3, now)
          $0.double(4, point.value)
          for label in point.labels { $0.attribute(7, label.name, .string(label.value)) }
        }
      }
      if first.kind == .counter {
        data.integer(2, 2)  // Cumulative.
        data.flag(3, true)  // Monotonic.
      }
    }
  }

  private func kind(_ kind: SpanKind) -> Int64 {
    switch kind {
    case .server: 2
    case .client: 3
    case .producer: 4
    case .consumer: 5
    default: 1
    }
  }

  private func bigEndian(_ value: UInt64) -> [UInt8] {
    stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> UInt64($0)) }
  }
}
