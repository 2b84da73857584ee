import Dispatch
import GenOpsPostHog
import NIOCore

/// What the machine's resolver says of a host's name. A request asks again, so that it may reach another of
/// several addresses.
enum HostAddress {
  /// The address, such as `127.0.0.1`, or why there is none.
  ///
  /// A resolver that does not answer blocks its thread and not the caller, who goes on at `limit`.
  static func lookUp(_ host: PostHogHost, within limit: Duration, _ timer: DeliveryTimer) async
    -> String
  {
    let (answers, answer) = AsyncStream<String>.makeStream(bufferingPolicy: .bufferingOldest(1))
    let name = name(of: host)
    DispatchQueue.global().async {
      do {
        let address = try SocketAddress.makeAddressResolvingHost(name, port: 0)
        answer.yield(address.ipAddress ?? "no address")
      } catch {
        answer.yield("no address")
      }
      answer.finish()
    }
    let until = timer.elapsed() + limit
    let alarm = Task {
      try? await timer.sleep(until)
      answer.yield("no answer in time")
      answer.finish()
    }
    defer { alarm.cancel() }
    for await text in answers { return text }
    return "no answer in time"
  }

  /// Without the port, and without the brackets of an address of IPv6.
  private static func name(of host: PostHogHost) -> String {
    let authority = host.authority
    if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
      return String(authority[authority.index(after: authority.startIndex)..<end])
    }
    return String(authority.prefix { $0 != ":" })
  }
}
