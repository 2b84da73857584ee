import GenOpsUnits
import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Closes connections whose requests do not come to an end: the head within its time, the body within its own.
/// A byte now and then keeps no connection.
final class SlowClientGuard: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private let headTime: TimeAmount
  private let bodyTime: TimeAmount
  private let idleTime: TimeAmount
  private var deadline: Scheduled<Void>?
  /// Answers that are due or under way.
  private var open = 0
  private var isReading = false
  private var isAnswering = false

  init(_ limits: GatewayLimits) {
    headTime = TimeAmount(limits.headTime)
    bodyTime = TimeAmount(limits.bodyTime)
    idleTime = TimeAmount(limits.idleTime)
  }

  func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { expect(within: headTime, context) }
  }

  func channelActive(context: ChannelHandlerContext) {
    expect(within: headTime, context)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    deadline?.cancel()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { deadline?.cancel() }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head:
      open += 1
      isReading = true
      expect(within: bodyTime, context)
    case .body: break
    case .end:
      isReading = false
      deadline?.cancel()
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(let head): if head.status.kind != .informational { isAnswering = true }
    case .body: break
    case .end:
      isAnswering = false
      open -= 1
      if open == 0, !isReading { expect(within: idleTime, context) }
    }
    context.write(data, promise: promise)
  }

  private func expect(within time: TimeAmount, _ context: ChannelHandlerContext) {
    deadline?.cancel()
    deadline = context.eventLoop.assumeIsolated().scheduleTask(in: time) {
      if self.isReading, !self.isAnswering, self.open == 1 {
        let head = HTTPResponse(
          status: .requestTimeout, headerFields: [.connection: "close", .contentLength: "0"])
        context.write(self.wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(self.wrapOutboundOut(.end(nil)), promise: nil)
      }
      context.close(promise: nil)
    }
  }
}

extension TimeAmount {
  /// The same span; a hundred years at most.
  init(_ duration: Duration) {
    let (seconds, attoseconds) = duration.bounded.components
    // A hundred years are 3.2e18 nanoseconds, and fit.
    self = .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
  }
}
