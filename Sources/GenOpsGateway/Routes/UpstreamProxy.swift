import AsyncHTTPClient
import GenOpsPostHog
import GenOpsUnits
import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTP1

/// Sends requests on as they came and answers as they come: method, path, query, headers, bytes and status.
struct UpstreamProxy: Sendable {
  let client: HTTPClient
  let configuration: GatewayConfiguration

  /// Headers of one connection, which end with it (RFC 9110, section 7.6.1).
  private static let hops: Set<String> = [
    "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection",
    "te", "trailer", "transfer-encoding", "upgrade", "host", "content-length", "expect",
  ]

  /// - Parameters:
  ///   - request: What came.
  ///   - path: Where it goes.
  ///   - host: PostHog, or its assets.
  ///   - context: Who is connected.
  ///   - body: In place of the request's own, where that was read; nil streams it through.
  ///   - isRepacked: Whether `body` is plain although the request's was packed.
  /// - Returns: PostHog's answer; 502 or 504 where there is none.
  func forward(
    _ request: Request, _ path: PlainPath, to host: PostHogHost, _ context: GatewayContext,
    body: [UInt8]? = nil, isRepacked: Bool = false
  ) async -> Response {
    // What cannot stand in an address of PostHog's would be another request there.
    var url = host.url(path.written.hasPrefix("/") ? path.written : "/" + path.written)
    if let query = request.uri.query, !query.isEmpty { url += "?" + query }
    var outgoing = HTTPClientRequest(url: url)
    outgoing.method = HTTPMethod(rawValue: request.method.rawValue)
    outgoing.headers = headers(of: request, context, isRepacked: isRepacked)
    if let body {
      outgoing.body = .bytes(ByteBuffer(bytes: body))
    } else if let length = request.headers[.contentLength].flatMap({ Int64($0) }) {
      if length > 0 { outgoing.body = .stream(request.body, length: .known(length)) }
    } else if request.headers[.transferEncoding] != nil {
      outgoing.body = .stream(request.body, length: .unknown)
    }
    do {
      let answer = try await client.execute(
        outgoing, timeout: TimeAmount(configuration.limits.answerTime))
      return response(answer)
    } catch let error as HTTPClientError
      where [.connectTimeout, .readTimeout, .writeTimeout, .deadlineExceeded].contains(error)
    {
      return Reply.error(.gatewayTimeout, "upstream_timeout", "PostHog did not answer in time")
    } catch is CancellationError {
      return Reply.error(.serviceUnavailable, "closing", "the gateway ends", retryAfter: 5)
    } catch {
      return Reply.error(.badGateway, "upstream_unreachable", "PostHog cannot be reached")
    }
  }

  private func headers(of request: Request, _ context: GatewayContext, isRepacked: Bool)
    -> HTTPHeaders
  {
    var headers = HTTPHeaders()
    // A client may name more headers of this connection.
    let named = Set(
      (request.headers[.connection] ?? "").split(separator: ",").map {
        $0.filter { !$0.isWhitespace }.lowercased()
      })
    for field in request.headers {
      let name = field.name.canonicalName
      if UpstreamProxy.hops.contains(name) || named.contains(name) { continue }
      if name.hasPrefix("x-forwarded-"), !configuration.isBehindProxy { continue }
      if name == "x-forwarded-for" || isRepacked && name == "content-encoding" { continue }
      headers.add(name: field.name.rawName, value: field.value)
    }
    let before = configuration.isBehindProxy ? request.headers[.xForwardedFor] : nil
    if let peer = context.peer {
      headers.add(name: "X-Forwarded-For", value: before.map { "\($0), \(peer)" } ?? peer)
    }
    if !configuration.isBehindProxy, let authority = request.head.authority {
      headers.add(name: "X-Forwarded-Host", value: authority)
      headers.add(name: "X-Forwarded-Proto", value: "http")
    }
    return headers
  }

  private func response(_ answer: HTTPClientResponse) -> Response {
    var headers = HTTPFields()
    for (name, value) in answer.headers {
      let lower = name.lowercased()
      guard !UpstreamProxy.hops.contains(lower) || lower == "content-length",
        let field = HTTPField.Name(name)
      else { continue }
      headers.append(HTTPField(name: field, value: value))
    }
    let status = HTTPResponse.Status(
      code: Int(answer.status.code), reasonPhrase: answer.status.reasonPhrase)
    return Response(
      status: status, headers: headers, body: ResponseBody(asyncSequence: answer.body))
  }
}
