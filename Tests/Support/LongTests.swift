import Foundation

/// How much a random or statistical test draws: `make test` asks for what finds a fault soon, `make test-long`
/// (GENOPS_TEST_LONG) for what makes sure.
package enum LongTests {
  /// Whether this is a long run.
  package static let areAsked = ProcessInfo.processInfo.environment["GENOPS_TEST_LONG"] != nil

  /// `usual` cases, and `long` of them where long tests are asked for.
  package static func cases(_ usual: Int, long: Int) -> Int { areAsked ? long : usual }
}
