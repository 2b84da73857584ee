public import AsyncHTTPClient
public import GenOpsPostHog
import GenOpsUnits
import NIOCore
import NIOHTTP1

/// Sends requests with AsyncHTTPClient: connections are kept and shared, bodies go out as gzip,
/// redirects are not followed, and an answer is bounded in time and size.
public struct HTTPClientExchange: HTTPExchange {
  private let client: HTTPClient
  /// Ends the client that this exchange made itself.
  private let owned: OwnedClient?
  private let compresses: Bool
  private let largestAnswer: Int

  /// An exchange with a client of its own, which ``shutdown()`` ends, or the last copy of the exchange.
  ///
  /// - Parameters:
  ///   - connectTimeout: As for ``makeClient(connectTimeout:)``.
  ///   - compresses: As for a client that is given.
  ///   - largestAnswer: In bytes.
  public init(
    connectTimeout: Duration = .seconds(5), compresses: Bool = true,
    largestAnswer: Int = 32 * 1024 * 1024
  ) {
    let owned = OwnedClient(HTTPClientExchange.makeClient(connectTimeout: connectTimeout))
    client = owned.client
    self.owned = owned
    self.compresses = compresses
    self.largestAnswer = largestAnswer
  }

  /// - Parameters:
  ///   - client: Who sends. Its owner shuts it down; see ``makeClient(connectTimeout:)``.
  ///   - compresses: Whether bodies go out as gzip; a proxy in between may not take it.
  ///   - largestAnswer: In bytes. Definitions of many flags are some megabytes.
  public init(client: HTTPClient, compresses: Bool = true, largestAnswer: Int = 32 * 1024 * 1024) {
    self.client = client
    owned = nil
    self.compresses = compresses
    self.largestAnswer = largestAnswer
  }

  /// A client as delivery needs it. Answers whose head has no end are given up after 64 KiB by this
  /// client; another one leaves them to the request's timeout.
  ///
  /// - Parameter connectTimeout: What a host costs that swallows connections. One that refuses them
  ///   costs nothing.
  /// - Returns: The client. Whoever makes it calls its `shutdown()` in the end.
  public static func makeClient(connectTimeout: Duration = .seconds(5)) -> HTTPClient {
    var configuration = HTTPClient.Configuration()
    // A redirect would turn a POST into a GET, or bring events where nobody wanted them.
    configuration.redirectConfiguration = .disallow
    configuration.timeout.connect = HTTPClientExchange.amount(connectTimeout)
    // Delivery itself knows when to try again and where else. With the client's own tries each
    // request to a host that refuses takes that whole time, and failover three times as long.
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.http1_1ConnectionDebugInitializer = { channel in
      channel.eventLoop.makeCompletedFuture { try EmptyBytes.bound(channel, to: largestHead) }
    }
    return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  /// Ends the client that the exchange made itself, once; a client that was given stays its owner's.
  ///
  /// - Throws: What the client throws, such as that requests were under way.
  public func shutdown() async throws { try await owned?.shutdown() }

  /// PostHog's answers have some 2 KiB; Python's client takes as much for one line of a head.
  private static let largestHead = 64 * 1024

  private static func amount(_ duration: Duration) -> TimeAmount {
    // A hundred years are 3.2e18 nanoseconds, and fit.
    let (seconds, attoseconds) = duration.bounded.components
    return .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
  }

  public func send(_ request: WireRequest) async throws -> WireReply {
    // Otherwise the answer and a timer that is due at once would race.
    guard request.timeout > .zero else { throw WireFailure.timeout }
    let outgoing = prepare(request)
    // The client's own deadline ends with the head of the answer; a body that drips must end too.
    return try await withThrowingTaskGroup(of: WireReply?.self) { group in
      group.addTask { try await self.exchange(outgoing, timeout: request.timeout) }
      group.addTask {
        try await Task.sleep(for: request.timeout.bounded)
        return nil
      }
      defer { group.cancelAll() }
      guard let first = try await group.next(), let reply = first else {
        throw WireFailure.timeout
      }
      return reply
    }
  }

  private func prepare(_ request: WireRequest) -> HTTPClientRequest {
    var outgoing = HTTPClientRequest(url: request.url)
    outgoing.method = HTTPMethod(rawValue: request.method)
    for header in request.headers { outgoing.headers.add(name: header.name, value: header.value) }
    guard !request.body.isEmpty else { return outgoing }
    var body = request.body
    if request.mayCompress, compresses, let packed = Gzip.compress(body) {
      body = packed
      outgoing.headers.add(name: "Content-Encoding", value: "gzip")
    }
    outgoing.body = .bytes(ByteBuffer(bytes: body))
    return outgoing
  }

  private func exchange(_ request: HTTPClientRequest, timeout: Duration) async throws -> WireReply {
    do {
      let response = try await client.execute(
        request, timeout: HTTPClientExchange.amount(timeout))
      let body = try await response.body.collect(upTo: largestAnswer)
      return WireReply(
        status: Int(response.status.code),
        headers: response.headers.map { WireHeader($0.name, $0.value) },
        body: Array(buffer: body),
        // A client of somebody else's may follow redirects; ``GenOpsPostHog`` looks at where they led.
        url: response.history.count > 1 ? response.history.last?.request.url : nil)
    } catch let error as HTTPClientError
      where [.connectTimeout, .readTimeout, .writeTimeout, .deadlineExceeded].contains(error)
    {
      throw WireFailure.timeout
    } catch is NIOTooManyBytesError {
      throw WireFailure.tooLarge(.bodyBytes(largestAnswer))
    } catch let error as EmptyBytes.TooMany {
      throw WireFailure.tooLarge(.headBytes(error.limit))
    } catch HTTPParserError.headerOverflow {
      let limits = NIOHTTPDecoderLimitConfiguration()
      throw WireFailure.tooLarge(
        .headers(limits.maxHeaderFieldCount, bytesEach: limits.maxHeaderFieldSize))
    } catch {
      throw WireFailure.connection(ConnectionFailureText.text(error))
    }
  }
}
