import NIOCore
import NIOHTTP1

/// The bytes since an answer last came any further: of a status line, of headers, of interim answers
/// (`103 Early Hints`) one after another, of a chunk's extensions, of trailers.
///
/// NIO's decoder bounds headers alone. A server that goes on with anything else would hold the request until
/// its timeout.
final class EmptyBytes {
  /// Too many bytes came that carry nothing.
  struct TooMany: Error {
    var limit: Int
  }

  private var count = 0

  /// Puts the count around the decoder of a connection. Called on the connection's event loop.
  static func bound(_ channel: any Channel, to limit: Int) throws {
    let bytes = EmptyBytes()
    let pipeline = channel.pipeline.syncOperations
    let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPResponseDecoder>.self)
    try pipeline.addHandler(Counter(bytes, limit), position: .before(decoder))
    try pipeline.addHandler(Progress(bytes), position: .after(decoder))
  }

  /// Counts what comes in, and ends the connection when it has been too much.
  private final class Counter: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let bytes: EmptyBytes
    private let limit: Int
    private var hasEnded = false

    init(_ bytes: EmptyBytes, _ limit: Int) {
      self.bytes = bytes
      self.limit = limit
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      guard !hasEnded else { return }
      // A read is some megabytes at most, and the count at most the limit before it.
      bytes.count += unwrapInboundIn(data).readableBytes
      context.fireChannelRead(data)
      // The decoder has seen it now: what moved the answer on has set the count back.
      guard bytes.count > limit else { return }
      hasEnded = true
      context.fireErrorCaught(TooMany(limit: limit))
      context.close(promise: nil)
    }
  }

  /// Sees what the decoder makes of them.
  private final class Progress: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias InboundOut = HTTPClientResponsePart

    private let bytes: EmptyBytes

    init(_ bytes: EmptyBytes) { self.bytes = bytes }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      switch unwrapInboundIn(data) {
      case .head(let head) where (100..<200).contains(head.status.code): break
      default: bytes.count = 0
      }
      context.fireChannelRead(data)
    }
  }
}
