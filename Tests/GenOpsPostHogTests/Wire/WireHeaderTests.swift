import GenOpsPostHog
import Testing

/// A name in a header adds no header of its own.
@Suite struct WireHeaderTests {
  @Test(
    arguments: [
      ("daily/2027-01-10/80", "daily/2027-01-10/80"), ("a\r\nX-Evil: 1", "a%0D%0AX-Evil: 1"),
      ("a\u{7F}\u{0}é", "a%7F%00é"),
    ])
  func `A value is one line`(written: String, sent: String) {
    #expect(WireHeader("X-GenOps-Id", written).value == sent)
  }
}
