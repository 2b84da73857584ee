import Testing

@testable import GenOpsCommands

/// The line on a terminal that says how far a replay is.
struct `Progress of a replay` {
  @Test(
    arguments: [
      (1_500_000_000, 3_000_000_000, 3.0, "1.5 of 3.0 GB · 500.0 MB/s · 3 s left"),
      (1_000_000, 10_000_000, 0.5, "1.0 of 10.0 MB · 2.0 MB/s · 5 s left"),
      (10_000_000, 10_000_000, 2.0, "10.0 of 10.0 MB · 5.0 MB/s"),
      // A pipe has no length.
      (2_000_000, 0, 1.0, "2.0 MB · 2.0 MB/s"),
      (0, 1_000_000, 0, "0.0 of 1.0 MB · 0.0 MB/s"),
    ] as [(Int64, Int64, Double, String)])
  func `says bytes, rate and time left`(
    bytes: Int64, total: Int64, seconds: Double, text: String
  ) {
    #expect(ReplayProgress.text(bytes, of: total, after: .seconds(seconds)) == text)
  }
}
