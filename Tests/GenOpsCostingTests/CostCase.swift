import Foundation
import GenOpsCosting
import GenOpsMetering
import GenOpsUnits
import Testing

/// One line of a file in `Cases/`: usage and what it must cost, or the words of the complaint.
struct CostCase: CustomTestStringConvertible, Sendable {
  var place: String
  var book: String
  var addOns: Set<String>
  var usage: String
  var expected: String

  var testDescription: String { "\(place): \(book): \(usage) -> \(expected)" }

  /// The bill in the words of a case file: `83.81 (events 11.72, …)` with the meters `expected`
  /// names.
  func outcome() -> String {
    var findings = Findings()
    guard let book = PriceBook.named(book, &findings) else { return "no such book" }
    let totals = UsageText.parse(usage, &findings)
    if findings.hasErrors {
      return "error "
        + findings.all.map { [$0.message, $0.help ?? ""].joined(separator: "; ") }
        .joined(separator: "; ")
    }
    do throws(CostError) {
      let calculator = CostCalculator(book: book, addOns: addOns)
      if let first = calculator.findings.all.first { return "error \(first.message)" }
      let bill = try calculator.bill(for: totals)
      if let first = bill.unpriced.first { return "error no price for \(first.meter.id)" }
      guard expected.contains("(") else { return "\(bill.total)" }
      return "\(bill.total) ("
        + bill.charges.map { "\($0.meter.id) \($0.amount)" }.joined(separator: ", ") + ")"
    } catch { return "error \(error)" }
  }

  /// A complaint must contain the expected words; a cost must be equal.
  var holds: Bool {
    guard expected.hasPrefix("error ") else { return outcome() == expected }
    let outcome = outcome()
    return outcome.hasPrefix("error ") && outcome.contains(expected.dropFirst(6))
  }

  /// Every case of every file in `Cases/`, in the order of names and lines.
  static let all: [CostCase] = {
    guard let folder = Bundle.module.url(forResource: "Cases", withExtension: nil),
      let files = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    else { return [] }
    return files.filter { $0.hasSuffix(".cases") }.sorted().flatMap { file -> [CostCase] in
      guard let text = try? String(contentsOf: folder.appending(path: file), encoding: .utf8) else {
        return []
      }
      return parse(text, file: file)
    }
  }()

  private static func parse(_ text: String, file: String) -> [CostCase] {
    var cases: [CostCase] = []
    var book = PriceBooks.defaultName
    var addOns: Set<String> = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let line = line.trimmingCharacters(in: .whitespaces)
      if line.isEmpty || line.hasPrefix("#") { continue }
      if line.hasPrefix("book ") {
        book = String(line.dropFirst(5))
      } else if line.hasPrefix("add_ons ") {
        let names = line.dropFirst(8).split(separator: ",").map {
          $0.trimmingCharacters(in: .whitespaces)
        }
        addOns = names == ["none"] ? [] : Set(names)
      } else {
        let parts = line.components(separatedBy: " -> ")
        cases.append(
          CostCase(
            place: "\(file):\(index + 1)", book: book, addOns: addOns, usage: parts[0],
            expected: parts.count == 2 ? parts[1] : "a line of the form USAGE -> COST"))
      }
    }
    return cases
  }
}
