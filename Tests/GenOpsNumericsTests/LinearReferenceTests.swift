import Foundation
import GenOpsTestSupport
import Testing

@testable import GenOpsNumerics

/// A problem of `Cases/nist-linear.cases`.
struct NISTLinearProblem: Sendable, CustomTestStringConvertible {
  var name: String
  var form: [String]
  var certified: [Double] = []
  var y: [Double] = []
  var x: [[Double]] = []

  var testDescription: String { name }

  /// X by rows.
  var rows: [Double] {
    x.flatMap { x -> [Double] in
      switch form[0] {
      case "line": return [1, x[0]]
      case "through-origin": return x
      case "polynomial": return (0..<certified.count).map { pow(x[0], Double($0)) }
      default: return [1] + x
      }
    }
  }

  /// Digits that double precision leaves: the powers of Filip's x, rounded, are a system whose
  /// condition is 10¹⁰, and the deviations of Wampler 4 and 5 are 10² and 10⁴ times those of Wampler 3,
  /// which are 2,360 themselves beside coefficients of 1.
  var digits: Double {
    switch name {
    case "Filip": 7
    case "Wampler4": 7.5
    case "Wampler5": 5.5
    default: 9
    }
  }

  static let all: [NISTLinearProblem] = {
    var problems: [NISTLinearProblem] = []
    for line in TextCase.lines("nist-linear") {
      let words = line.text.split(separator: " ").map(String.init)
      let last = problems.count - 1
      switch words[0] {
      case "problem":
        problems.append(NISTLinearProblem(name: words[1], form: Array(words[3...])))
      case "coefficient": problems[last].certified.append(Double(words[1]) ?? .nan)
      case "data":
        for index in stride(from: 1, to: words.count, by: 2) {
          problems[last].y.append(Double(words[index]) ?? .nan)
          problems[last].x.append(words[index + 1].split(separator: ",").map { Double($0) ?? .nan })
        }
      default: break
      }
    }
    return problems
  }()
}

@Suite("Linear regression on NIST's reference data")
struct LinearReferenceTests {
  @Test("all eleven problems are there")
  func complete() { #expect(NISTLinearProblem.all.count == 11) }

  @Test("has the certified digits", arguments: NISTLinearProblem.all)
  func certified(_ problem: NISTLinearProblem) throws {
    let fit = try LinearFit.ordinary(
      rows: problem.rows, columns: problem.certified.count, y: problem.y)
    for (value, exact) in zip(fit.coefficients, problem.certified) {
      let digits = -log10(max(1e-15, abs(value / exact - 1)))
      #expect(digits >= problem.digits, "\(value), certified \(exact): \(digits) digits")
    }
  }
}
