public import GenOpsPostHog

import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Metrics as DogStatsD datagrams: `posthog_daily_cost:1.25|g|#team:growth,project:shop`.
///
/// Source of the grammar: Datadog, "DogStatsD datagram format"
/// (docs.datadoghq.com/developers/dogstatsd/datagram_shell).
public enum DogStatsD {
  /// One datagram for each gauge, and one for each counter that has moved: a count (`|c`) of what came since
  /// `earlier`, because Datadog adds counts up.
  ///
  /// - Parameters:
  ///   - samples: The numbers of now.
  ///   - earlier: Those that were sent last; none the first time.
  /// - Returns: The datagrams, in the order of `samples`.
  public static func datagrams(_ samples: [MetricSample], since earlier: [MetricSample] = [])
    -> [String]
  {
    let before = totals(earlier)
    return samples.compactMap { sample in
      var (value, kind) = (sample.value, "g")
      if sample.kind == .counter {
        value -= before[key(sample)] ?? 0
        kind = "c"
        if value <= 0 { return nil }
      }
      var line = "\(cleaned(sample.name)):\(PrometheusText.number(value))|\(kind)"
      let tags = sample.labels.map { "\(cleaned($0.name)):\(cleaned($0.value))" }
      if !tags.isEmpty { line += "|#" + tags.joined(separator: ",") }
      return line
    }
  }

  /// What a metric is besides its value.
  private static func key(_ sample: MetricSample) -> MetricSample {
    var key = sample
    key.value = 0
    return key
  }

  private static func totals(_ samples: [MetricSample]) -> [MetricSample: Double] {
    Dictionary(samples.map { (key($0), $0.value) }) { _, last in last }
  }

  /// A tag's value cannot hold what separates tags, fields and datagrams, nor what ends a line to anybody:
  /// control characters up to U+009F, with the "next line" of U+0085, and the separators U+2028 and U+2029.
  /// Scalar by scalar: a mark that joins a `,` makes one `Character` with it, which is then no `,` to a set
  /// of characters, and ends the tag for the server.
  static func cleaned(_ value: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in value.unicodeScalars {
      out.append(separates(scalar) ? "_" : scalar)
    }
    return String(out)
  }

  private static func separates(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029: true
    default: ",|#:".unicodeScalars.contains(scalar)
    }
  }
}

/// Sends DogStatsD datagrams over UDP. Nothing answers, so nothing is waited for; what does not get
/// through is lost, as in every StatsD client. Keep one for as long as the process runs: it knows which counts
/// it has sent.
public final class DogStatsDClient: Sendable {
  /// The address could not be used.
  public struct AddressError: Error, Sendable, CustomStringConvertible {
    public var host: String
    public var port: Int
    public var description: String {
      "'\(host):\(port)' is not an address for DogStatsD; write for example 127.0.0.1:8125"
    }
  }

  private let socket: Int32
  private let sent = Mutex<[MetricSample]>([])

  /// - Throws: ``AddressError`` when the host has no address.
  public init(host: String = "127.0.0.1", port: Int = 8125) throws(AddressError) {
    var hints = addrinfo()
    hints.ai_family = AF_UNSPEC
    #if canImport(Glibc)
      hints.ai_socktype = Int32(SOCK_DGRAM.rawValue)
    #else
      hints.ai_socktype = SOCK_DGRAM
    #endif
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, String(port), &hints, &found) == 0, let first = found else {
      throw AddressError(host: host, port: port)
    }
    defer { freeaddrinfo(first) }
    #if canImport(Glibc)
      let made = Glibc.socket(
        first.pointee.ai_family, first.pointee.ai_socktype, first.pointee.ai_protocol)
    #elseif canImport(Musl)
      let made = Musl.socket(
        first.pointee.ai_family, first.pointee.ai_socktype, first.pointee.ai_protocol)
    #else
      let made = Darwin.socket(
        first.pointee.ai_family, first.pointee.ai_socktype, first.pointee.ai_protocol)
    #endif
    guard made >= 0 else { throw AddressError(host: host, port: port) }
    guard connect(made, first.pointee.ai_addr, first.pointee.ai_addrlen) == 0 else {
      close(made)
      throw AddressError(host: host, port: port)
    }
    socket = made
  }

  deinit { close(socket) }

  /// Sends each sample in a datagram of its own, counters as what came since the last call.
  public func send(_ samples: [MetricSample]) {
    let lines = sent.withLock { sent in
      defer { sent = samples }
      return DogStatsD.datagrams(samples, since: sent)
    }
    for line in lines {
      let bytes = Array(line.utf8)
      _ = bytes.withUnsafeBytes { sendBytes(socket, $0) }
    }
  }

  private func sendBytes(_ socket: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.send(socket, bytes.baseAddress, bytes.count, Int32(MSG_DONTWAIT))
    #elseif canImport(Musl)
      Musl.send(socket, bytes.baseAddress, bytes.count, MSG_DONTWAIT)
    #else
      Darwin.send(socket, bytes.baseAddress, bytes.count, MSG_DONTWAIT)
    #endif
  }
}
