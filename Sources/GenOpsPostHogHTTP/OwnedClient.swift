import AsyncHTTPClient
import Synchronization

/// A client that ends with its owner: `HTTPClient` stops the process when it is let go of without a
/// shutdown, and a program whose start fails would end with that instead of its own error.
final class OwnedClient: Sendable {
  let client: HTTPClient
  private let isEnded = Atomic<Bool>(false)

  init(_ client: HTTPClient) { self.client = client }

  /// Ends the client, the first time.
  func shutdown() async throws {
    if !isEnded.exchange(true, ordering: .relaxed) { try await client.shutdown() }
  }

  deinit {
    // The callback holds the client until it has ended.
    if !isEnded.load(ordering: .relaxed) { client.shutdown { _ in } }
  }
}
