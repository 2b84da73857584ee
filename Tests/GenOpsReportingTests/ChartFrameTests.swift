import Testing

@testable import GenOpsReporting

/// The vertical axis of a picture.
@Suite struct ChartFrameTests {
  @Test func `A value that hardly lies below 0 gets no step of its own`() {
    let frame = ChartFrame(.wide, values: [-0.67, 22_339], rightMargin: 8)
    #expect(frame.ticks.first == 0 && frame.lowest == -0.67)
    // A loss that shows has its line.
    let loss = ChartFrame(.wide, values: [-9_000, 22_339], rightMargin: 8)
    #expect(loss.ticks.first == -10_000 && loss.lowest == -10_000)
  }
}
