import CGSL
import Testing

@testable import GenOpsNumerics

@Suite("Statistics")
struct StatisticsTests {
  static let probabilities = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0, 1]

  /// Samples that make selection hard, beside random ones.
  static func sample(_ kind: String, _ n: Int) -> [Double] {
    var generator = RandomGenerator(RandomSource(seed: 3).key(kind, purpose: "\(n)"))
    return (0..<n).map { index in
      switch kind {
      case "sorted": Double(index)
      case "reversed": Double(n - index)
      case "equal": 7
      case "few values": Double(generator.index(below: 3))
      case "organ pipe": Double(min(index, n - index))
      default: generator.normal()
      }
    }
  }

  @Test(
    "quantiles equal GSL's of the sorted sample",
    arguments: ["random", "sorted", "reversed", "equal", "few values", "organ pipe"],
    [1, 2, 3, 24, 25, 1000, 20_011])
  func quantiles(kind: String, n: Int) {
    let sample = StatisticsTests.sample(kind, n)
    let seen = Statistics.quantiles(of: sample, at: StatisticsTests.probabilities)
    let sorted = sample.sorted()
    for (p, value) in zip(StatisticsTests.probabilities, seen) {
      let exact = gsl_stats_quantile_from_sorted_data(sorted, 1, n, p)
      #expect(abs(value - exact) <= 1e-12 * max(1, abs(exact)))
    }
    #expect(
      StatisticsTests.probabilities.map { Statistics.quantile(ofSorted: sorted, at: $0) } == seen)
    let whole = sample.map { Int64($0 * 1000) }
    let doubles = whole.map(Double.init)
    #expect(
      Statistics.quantiles(of: whole, at: StatisticsTests.probabilities)
        == Statistics.quantiles(of: doubles, at: StatisticsTests.probabilities))
  }

  @Test("mean, spread and standard error")
  func moments() {
    let sample = StatisticsTests.sample("random", 5000)
    #expect(abs(Statistics.mean(sample) - gsl_stats_mean(sample, 1, 5000)) < 1e-12)
    #expect(abs(Statistics.sd(sample) - gsl_stats_sd(sample, 1, 5000)) < 1e-12)
    #expect(
      abs(Statistics.standardError(sample) - gsl_stats_sd(sample, 1, 5000) / 5000.0.squareRoot())
        < 1e-12)
    #expect(Statistics.sd([4]) == 0)
  }

  @Test("what is unknown is not a number")
  func unknown() {
    #expect(Statistics.quantiles(of: [] as [Double], at: [0.5])[0].isNaN)
    #expect(Statistics.quantiles(of: [1, .nan], at: [0.5])[0].isNaN)
    #expect(Statistics.mean([]).isNaN)
    #expect(Statistics.quantile(ofSorted: [], at: 0.5).isNaN)
  }

  @Test("the fingerprint of the math library is 16 hex digits and stable")
  func fingerprint() {
    #expect(mathFingerprint.count == 16)
    #expect(mathFingerprint.allSatisfy { $0.isHexDigit })
    #expect(mathFingerprint == mathFingerprint)
  }
}
