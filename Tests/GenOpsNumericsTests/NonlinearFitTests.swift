import Foundation
import GenOpsTestSupport
import Testing

@testable import GenOpsNumerics

/// A problem of `Cases/nist-nonlinear.cases`.
struct NISTProblem: Sendable, CustomTestStringConvertible {
  var name: String
  var level: String
  var form: String
  var squares: Double
  var starts: [[Double]] = [[], []]
  var certified: [Double] = []
  var errors: [Double] = []
  var y: [Double] = []
  var x: [[Double]] = []

  var testDescription: String { name }

  static let all: [NISTProblem] = {
    var problems: [NISTProblem] = []
    for line in TextCase.lines("nist-nonlinear") {
      let words = line.text.split(separator: " ").map(String.init)
      let last = problems.count - 1
      switch words[0] {
      case "problem":
        problems.append(
          NISTProblem(
            name: words[1], level: words[2], form: words[3], squares: Double(words[4]) ?? .nan))
      case "parameter":
        let numbers = words.dropFirst().map { Double($0) ?? .nan }
        problems[last].starts[0].append(numbers[0])
        problems[last].starts[1].append(numbers[1])
        problems[last].certified.append(numbers[2])
        problems[last].errors.append(numbers[3])
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

  /// The published models, b from 0.
  func model(_ b: UnsafeBufferPointer<Double>, _ row: [Double]) -> Double {
    let x = row[0]
    switch form {
    case "power-of-shift": return b[0] * pow(b[1] + x, -1 / b[2])
    case "saturation": return b[0] * (1 - exp(-b[1] * x))
    case "exp-over-line": return exp(-b[0] * x) / (b[1] + b[2] * x)
    case "power": return b[0] * pow(x, b[1])
    case "cycles":
      let year = 2 * Double.pi * x / 12
      let (first, second) = (2 * Double.pi * x / b[3], 2 * Double.pi * x / b[6])
      let known = b[0] + b[1] * cos(year) + b[2] * sin(year)
      return known + b[4] * cos(first) + b[5] * sin(first) + b[7] * cos(second)
        + b[8] * sin(second)
    case "peak": return b[0] / b[1] * exp(-0.5 * pow((x - b[2]) / b[1], 2))
    case "two-peaks":
      let peaks = [2, 5].map { b[$0] * exp(-pow(x - b[$0 + 1], 2) / pow(b[$0 + 2], 2)) }
      return b[0] * exp(-b[1] * x) + peaks[0] + peaks[1]
    case "cubic-ratio":
      return (b[0] + x * (b[1] + x * (b[2] + x * b[3])))
        / (1 + x * (b[4] + x * (b[5] + x * b[6])))
    case "square-ratio": return (b[0] + x * (b[1] + x * b[2])) / (1 + x * (b[3] + x * b[4]))
    case "three-exponentials":
      return b[0] * exp(-b[1] * x) + b[2] * exp(-b[3] * x) + b[4] * exp(-b[5] * x)
    case "kowalik": return b[0] * (x * x + x * b[1]) / (x * x + x * b[2] + b[3])
    case "exp-of-inverse": return b[0] * exp(b[1] / (x + b[2]))
    case "two-exponentials": return b[0] + b[1] * exp(-x * b[3]) + b[2] * exp(-x * b[4])
    case "misra-b": return b[0] * (1 - pow(1 + b[1] * x / 2, -2))
    case "misra-c": return b[0] * (1 - pow(1 + 2 * b[1] * x, -0.5))
    case "misra-d": return b[0] * b[1] * x / (1 + b[1] * x)
    case "nelson": return b[0] - b[1] * x * exp(-b[2] * row[1])
    case "logistic": return b[0] / (1 + exp(b[1] - b[2] * x))
    case "richards": return b[0] / pow(1 + exp(b[1] - b[2] * x), 1 / b[3])
    case "roszman": return b[0] - b[1] * x - atan(b[2] / (x - b[3])) / .pi
    default: return .nan
    }
  }

  func fit(from start: Int) throws -> NonlinearFit {
    // Nelson's model is of log y.
    let y = form == "nelson" ? y.map { log($0) } : y
    return try NonlinearFit.fit(start: starts[start], count: y.count) { b, residuals in
      for index in y.indices { residuals[index] = model(b, x[index]) - y[index] }
    }
  }

  /// Correct digits of the worst number, at most 11: −log₁₀ of its relative error.
  static func digits(_ seen: [Double], _ certified: [Double]) -> Double {
    zip(seen, certified).map { min(11, -log10(abs($0 - $1) / abs($1))) }.min() ?? 0
  }
}

@Suite("Nonlinear regression")
struct NonlinearFitTests {
  @Test("reaches NIST's certified values from the nearer start", arguments: NISTProblem.all)
  func nist(problem: NISTProblem) throws {
    let fit = try problem.fit(from: 1)
    #expect(NISTProblem.digits(fit.parameters, problem.certified) >= 6)
    // Below that the residuals are the rounding of the data, and standard errors mean nothing.
    if problem.squares > 1e-20 {
      #expect(NISTProblem.digits(fit.standardErrors, problem.errors) >= 6)
    }
  }

  @Test("prints the digits it reaches")
  func table() {
    var table =
      "| Problem | Level | Parameters, start 1 | start 2 | Standard errors | Sum of squares |\n|---|---|--:|--:|--:|--:|\n"
    func shown(_ digits: Double) -> String { String(format: "%.1f", max(0, digits)) }
    for problem in NISTProblem.all {
      let fits = [0, 1].map { try? problem.fit(from: $0) }
      let parameters = fits.map { fit in
        fit.map { shown(NISTProblem.digits($0.parameters, problem.certified)) } ?? "none"
      }
      let errors = fits[1].map { shown(NISTProblem.digits($0.standardErrors, problem.errors)) }
      let squares = fits[1].map {
        shown(NISTProblem.digits([$0.residualSumOfSquares], [problem.squares]))
      }
      table +=
        "| \(problem.name) | \(problem.level) | \(parameters[0]) | \(parameters[1]) | \(errors ?? "none") | \(squares ?? "none") |\n"
    }
    print(table)
    #expect(NISTProblem.all.count == 27)
  }

  @Test("what cannot be fitted is an error")
  func impossible() {
    #expect(throws: NumericalError.self) {
      try NonlinearFit.fit(start: [1, 1], count: 2) { _, r in
        r[0] = 0
        r[1] = 0
      }
    }
    #expect(throws: NumericalError.self) {
      try NonlinearFit.fit(start: [1], count: 3) { _, r in r.update(repeating: .nan) }
    }
  }
}
