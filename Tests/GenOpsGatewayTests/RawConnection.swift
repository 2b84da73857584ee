import NIOCore
import NIOPosix
import Synchronization

/// A connection that says what it is told to, and hears until the other side ends it.
enum RawConnection {
  private final class Listener: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer
    private let heard = Mutex("")
    let ended: EventLoopPromise<String>

    init(_ ended: EventLoopPromise<String>) { self.ended = ended }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let buffer = unwrapInboundIn(data)
      heard.withLock { $0 += String(buffer: buffer) }
    }

    func channelInactive(context: ChannelHandlerContext) {
      ended.succeed(heard.withLock { $0 })
    }

    // A reset is an end too; what was heard before it counts.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      context.close(promise: nil)
    }
  }

  static func exchange(port: Int, sending text: String) async throws -> String {
    let group = MultiThreadedEventLoopGroup.singleton
    let ended = group.next().makePromise(of: String.self)
    let channel = try await ClientBootstrap(group: group)
      .channelInitializer { channel in
        channel.pipeline.addHandler(Listener(ended))
      }
      .connect(host: "127.0.0.1", port: port).get()
    channel.writeAndFlush(ByteBuffer(string: text), promise: nil)
    return try await ended.futureResult.get()
  }
}
