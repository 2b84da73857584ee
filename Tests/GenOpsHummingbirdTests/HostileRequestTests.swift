import Dispatch
import Foundation
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsUnits
import Hummingbird
import HummingbirdTesting
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@testable import GenOpsHummingbird

/// Bytes on a socket, because a client of HTTP would not send them.
@Suite("Requests that no browser sends")
struct HostileRequestTests {
  private struct Attempt {
    var what: String
    var bytes: [UInt8]
    /// Whose event it leaves; nil when the server refuses it before the middleware.
    var person: String?
    var status: String
  }

  private static func cart(_ headers: [UInt8]...) -> [UInt8] {
    let lines = headers.flatMap { $0 + Array("\r\n".utf8) }
    return Array("GET /cart HTTP/1.1\r\nHost: a\r\nConnection: close\r\n".utf8) + lines
      + Array("\r\n".utf8)
  }

  private static func user(_ id: [UInt8]) -> [UInt8] { Array("X-User-ID: ".utf8) + id }

  private static let long = [UInt8](repeating: 0x61, count: 60_000)

  private static let attempts: [Attempt] = [
    Attempt(
      what: "an id of 60,000 bytes", bytes: cart(user(long)),
      person: String(repeating: "a", count: 200), status: "200"),
    Attempt(
      what: "bytes that are not UTF-8", bytes: cart(user([0x61, 0xFF, 0xC0, 0x62])),
      person: "a\u{FFFD}\u{FFFD}b", status: "200"),
    Attempt(
      what: "two ids", bytes: cart(user([0x61]), user([0x62])), person: "a, b", status: "200"),
    Attempt(
      what: "cookies that contradict each other",
      bytes: cart(user([0x63]), Array("Cookie: id=1; id=2".utf8), Array("Cookie: ;;=;id".utf8)),
      person: "c", status: "200"),
    Attempt(
      what: "a session of 60,000 bytes",
      bytes: cart(user([0x64]), Array("X-Session-ID: ".utf8) + long),
      person: "d", status: "200"),
    Attempt(
      what: "a zero within an id", bytes: cart(user([0x61, 0, 0x62])), person: nil, status: "400"),
    Attempt(
      what: "a line within a header", bytes: cart(user([0x61, 0x0D, 0x62])), person: nil,
      status: "400"),
    Attempt(
      what: "10,000 headers",
      bytes: cart((0..<10_000).flatMap { Array("X-A\($0): b\r\n".utf8) } + Array("X-B: c".utf8)),
      person: nil, status: "400"),
    Attempt(
      what: "an id of a megabyte", bytes: cart(user([UInt8](repeating: 0x61, count: 1 << 20))),
      person: nil, status: "400"),
    Attempt(what: "no HTTP", bytes: Array("\u{1}\u{2}\r\n\r\n".utf8), person: nil, status: "400"),
  ]

  @Test("Each is answered or closed, leaves its own event or none, and the next one is answered")
  func odd() async throws {
    let transport = RecordingTransport()
    let router = try identified(try shopAdapter(transport: transport))
    try await Application(router: router).test(.live) { client in
      let port = UInt16(try #require(client.port))
      for attempt in Self.attempts {
        transport.removeAll()
        let answer = await Self.send(attempt.bytes, to: port)
        #expect(
          answer.isEmpty || answer.hasPrefix("HTTP/1.1 \(attempt.status) "),
          "\(attempt.what): \(answer)")
        #expect(
          transport.all.map(\.event.distinctID) == (attempt.person.map { [$0] } ?? []),
          "\(attempt.what)")
        for sent in transport.all { #expect(sent.json["distinct_id"] != nil, "\(attempt.what)") }
        try await client.execute(uri: "/health", method: .get) { #expect($0.status == .notFound) }
      }
    }
  }

  /// The beginning of the answer; empty when the connection is closed without one.
  private static func send(_ bytes: [UInt8], to port: UInt16) async -> String {
    await withCheckedContinuation { done in
      DispatchQueue.global().async { done.resume(returning: exchange(bytes, port)) }
    }
  }

  private static func exchange(_ bytes: [UInt8], _ port: UInt16) -> String {
    #if os(Linux)
      let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let connection = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    defer { close(connection) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(connection, $0, length) }
    }
    guard status == 0 else { return "no connection" }
    var offset = 0
    // The server may have had enough before all is there.
    while offset < bytes.count {
      let count = bytes[offset...].withUnsafeBytes {
        Foundation.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { break }
      offset += count
    }
    var answer = [UInt8](repeating: 0, count: 1024)
    let count = recv(connection, &answer, answer.count, 0)
    return String(decoding: answer.prefix(max(0, count)), as: UTF8.self)
  }
}
