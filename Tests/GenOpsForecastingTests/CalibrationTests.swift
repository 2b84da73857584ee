import Foundation
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsForecasting
@testable import GenOpsNumerics

@Suite("Calibration: parameter intervals hold the truth as often as they say")
struct CalibrationTests {
  /// `make test-long` asks for many histories; otherwise a few say that nothing is badly wrong.
  static let isLong = LongTests.areAsked

  @Test("80 % and 90 % intervals cover", arguments: CalibrationCase.all)
  func coverage(calibration: CalibrationCase) {
    let histories = Self.isLong ? 600 : calibration.isSlow ? 4 : 24
    let rates = [0.8, 0.9]
    var covered: [String: [Int]] = [:]
    var fitted = 0
    for number in 0..<histories {
      guard let estimates = calibration.estimates(number) else { continue }
      fitted += 1
      for estimate in estimates {
        guard let truth = calibration.truth[estimate.name] else {
          Issue.record("no truth for \(estimate.name)")
          continue
        }
        for (index, rate) in rates.enumerated() {
          let (low, high) = estimate.interval(rate)
          covered[estimate.name, default: [0, 0]][index] += low <= truth && truth <= high ? 1 : 0
        }
      }
    }
    #expect(Double(fitted) >= 0.97 * Double(histories), "\(fitted) of \(histories) fitted")
    for name in calibration.truth.keys.sorted() {
      let seen = (covered[name] ?? [0, 0]).map { Double($0) / Double(max(1, fitted)) }
      if Self.isLong {
        let shown = seen.map { String(format: "%5.1f", 100 * $0) }.joined(separator: " | ")
        print("| \(calibration.name) | \(name) | \(shown) | \(fitted) |")
      }
      for (rate, seen) in zip(rates, seen) {
        // ± 4 points; with few histories, four standard errors of the share are more.
        let error = (rate * (1 - rate) / Double(max(1, fitted))).squareRoot()
        #expect(
          abs(seen - rate) <= (Self.isLong ? 0.04 : max(0.04, 4 * error)),
          "\(name): \(seen) of intervals at \(rate)")
      }
    }
  }
}
