// Without the old name: this file does not compile when `GenOpsPostHog` itself has a `PostHog`, because the
// name would then mean two things.
import GenOpsPostHog
import PostHogSDKDouble
import Testing

@Suite("Beside PostHog's own client")
struct BesideAnotherClientTests {
  @Test("PostHog is the other client, and GenOps the governed one")
  func names() {
    #expect(PostHog.isAnotherClient)
    #expect(GenOps.capture("search") == nil)
  }
}
