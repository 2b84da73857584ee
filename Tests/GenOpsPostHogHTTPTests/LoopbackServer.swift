import CCodec
import Foundation
import GenOpsMetering
import GenOpsUnits
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A PostHog on loopback that answers as it is told to, right or wrong: sockets and threads, and no
/// line in common with what it tests.
final class LoopbackServer: Sendable {
  enum Behaviour: Sendable {
    case accept
    case answer(String)
    /// Bytes that are not HTTP.
    case garbage
    /// Half of an answer, then the end.
    case halfClosed
    /// Takes the events and closes without a word.
    case takenAndClosed
    case reset
    /// Never answers.
    case silent
    /// An answer whose body comes a byte at a time, without end.
    case dripping
    /// A beginning, then the same text so many times, then nothing: the connection stays open.
    case unfinished(String, repeating: String = "", times: Int = 0)
  }

  struct Request: Sendable {
    var line: String
    var headers: [String: String]
    var body: JSONValue
    var wireBytes: Int
  }

  private struct State {
    var behaviours: [Behaviour] = []
    var requests: [Request] = []
    var arrived: [String: Int] = [:]
    var isClosed = false
    var flags: String?
  }

  let port: UInt16
  private let socket: Int32
  private let isListening: Bool
  private let state = Mutex(State())

  /// Listens on a port of the system's choice; or holds it so that nobody does, and connections are
  /// refused. A port that was only given back may be another test's server the next moment.
  init(listens: Bool = true) throws {
    #if os(Linux)
      let stream = Int32(SOCK_STREAM.rawValue)
    #else
      let stream = SOCK_STREAM
    #endif
    socket = Foundation.socket(AF_INET, stream, 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listening = socket
    let status = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { general in
        guard bind(listening, general, length) == 0, !listens || listen(listening, 64) == 0
        else { return -1 }
        return Int(getsockname(listening, general, &length))
      }
    }
    guard status == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
    port = UInt16(bigEndian: address.sin_port)
    isListening = listens
    if listens { Thread.detachNewThread { [self] in acceptAll() } }
  }

  var url: String { "http://127.0.0.1:\(port)" }
  var requests: [Request] { state.withLock { $0.requests } }
  /// How often each uuid has arrived.
  var arrived: [String: Int] { state.withLock { $0.arrived } }

  /// What the next requests get; after them it accepts.
  func behave(_ behaviours: [Behaviour]) { state.withLock { $0.behaviours += behaviours } }

  /// What requests for flags get from now on, as a body of JSON.
  func answerFlags(_ body: String) { state.withLock { $0.flags = body } }

  func close() {
    state.withLock { $0.isClosed = true }
    // The thread that accepts closes the socket: its number may be another's as soon as it is
    // closed.
    if isListening { shutdown(socket, Int32(SHUT_RDWR)) } else { Foundation.close(socket) }
  }

  private func acceptAll() {
    while true {
      let connection = accept(socket, nil, nil)
      guard connection >= 0 else {
        Foundation.close(socket)
        return
      }
      Thread.detachNewThread { [self] in
        while serve(connection) {}
        Foundation.close(connection)
      }
    }
  }

  /// Reads one request and answers it.
  /// - Returns: Whether the connection goes on.
  private func serve(_ connection: Int32) -> Bool {
    guard let request = read(connection) else { return false }
    let behaviour = state.withLock { state -> Behaviour in
      state.requests.append(request)
      if let flags = state.flags, request.line.hasPrefix("POST /flags/") {
        return .answer(
          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + "\(flags.utf8.count)\r\n\r\n\(flags)")
      }
      return state.behaviours.isEmpty ? .accept : state.behaviours.removeFirst()
    }
    switch behaviour {
    case .accept:
      take(request)
      return write(connection, LoopbackServer.ok)
    case .answer(let text): return write(connection, text)
    case .garbage:
      _ = write(connection, "\u{1}\u{2}SSH-2.0-nonsense\r\n\r\n")
      return false
    case .halfClosed:
      _ = write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"sta")
      return false
    case .takenAndClosed:
      take(request)
      return false
    case .reset:
      var option = linger(l_onoff: 1, l_linger: 0)
      setsockopt(
        connection, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
      return false
    case .silent:
      waitForEnd(connection)
      return false
    case .unfinished(let text, let part, let times):
      if write(connection, text + String(repeating: part, count: times)) { waitForEnd(connection) }
      return false
    case .dripping:
      guard write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n") else {
        return false
      }
      while write(connection, "x") { usleep(10_000) }
      return false
    }
  }

  /// Until the other side has had enough.
  private func waitForEnd(_ connection: Int32) {
    var byte: UInt8 = 0
    while recv(connection, &byte, 1, 0) > 0 {}
  }

  private static let ok =
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{\"status\":\"Ok\"}"

  private func take(_ request: Request) {
    guard case .array(let events)? = request.body["batch"] else { return }
    state.withLock { state in
      for event in events { state.arrived[event["uuid"]?.string ?? "", default: 0] += 1 }
    }
  }

  private func write(_ connection: Int32, _ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
  }

  private func read(_ connection: Int32) -> Request? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let end = Array("\r\n\r\n".utf8)
    var headEnd: Int?
    var length = 0
    var headers: [String: String] = [:]
    var line = ""
    while true {
      if headEnd == nil, let found = bytes.firstRange(of: end) {
        headEnd = found.upperBound
        let lines = String(decoding: bytes[..<found.lowerBound], as: UTF8.self)
          .components(separatedBy: "\r\n")
        line = lines[0]
        for header in lines.dropFirst() {
          guard let colon = header.firstIndex(of: ":") else { continue }
          headers[header[..<colon].lowercased()] = header[header.index(after: colon)...]
            .trimmingCharacters(in: .whitespaces)
        }
        length = Int(headers["content-length"] ?? "0") ?? 0
      }
      if let headEnd, bytes.count >= headEnd + length {
        let body = Array(bytes[headEnd..<headEnd + length])
        let plain = headers["content-encoding"] == "gzip" ? gunzip(body) : body
        let json = (try? JSONValue(JSONParser.parse(plain, file: "body"))) ?? .null
        return Request(line: line, headers: headers, body: json, wireBytes: length)
      }
      let count = recv(connection, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      bytes += buffer[..<count]
    }
  }
}

/// The bytes of a gzip body; empty when it is none.
func gunzip(_ packed: [UInt8]) -> [UInt8] {
  var stream = z_stream()
  guard inflateInit2_(&stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
    return []
  }
  defer { inflateEnd(&stream) }
  var input = packed
  var output = [UInt8](repeating: 0, count: max(1024, packed.count * 1100))
  let status = input.withUnsafeMutableBufferPointer { from in
    output.withUnsafeMutableBufferPointer { to in
      stream.next_in = from.baseAddress
      stream.avail_in = uInt(from.count)
      stream.next_out = to.baseAddress
      stream.avail_out = uInt(to.count)
      return inflate(&stream, Z_FINISH)
    }
  }
  return status == Z_STREAM_END ? Array(output.prefix(Int(stream.total_out))) : []
}
