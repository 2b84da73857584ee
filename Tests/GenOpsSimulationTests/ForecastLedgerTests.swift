import Foundation
import GenOpsCosting
import GenOpsMetering
import GenOpsScenario
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsSimulation

@Suite struct `A forecast ledger` {
  private let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  private var path: String { folder.appending(path: "shop.forecasts.jsonl").path }
  private let agreed = AgreedPrices(prices: PriceSchedule(.standard), addOns: [], terms: nil)

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func statement(_ month: Int, mean: Int64 = 1000, said second: Int64 = 0)
    -> ForecastStatement
  {
    ForecastStatement(
      said: Timestamp(microseconds: 1_800_000_000_000_000 + second * 1_000_000), name: "shop",
      scenario: "abc", version: "0.1.0", asOf: CalendarMonth(year: 2027, month: 1).firstDay,
      month: CalendarMonth(year: 2027, month: month), currency: "USD", prices: agreed.id,
      cost: .init(
        p10: Money(nanos: mean - 1), p50: Money(nanos: mean), mean: Money(nanos: mean),
        p90: Money(nanos: mean + 123_456_789_012)),
      usage: [.init(.events, .init(p10: 1, p50: 2, mean: 3, p90: 4))])
  }

  private func text() throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  @Test func `gives back what was put into it`() throws {
    var ledger = ForecastLedger()
    ledger.add([statement(2), statement(3)], agreed)
    #expect(try ledger.append(to: path) == 3)
    let read = try ForecastLedger(path: path)
    #expect(read.statements == [statement(2), statement(3)])
    #expect(read.prices[agreed.id]?.id == agreed.id)
    #expect(read.findings.all.isEmpty)
  }

  @Test func `holds the same statement once, whenever it was said`() throws {
    var ledger = ForecastLedger()
    ledger.add([statement(2)], agreed)
    try ledger.append(to: path)
    let before = try text()
    var again = try ForecastLedger(path: path)
    again.add([statement(2, said: 99)], agreed)
    #expect(try again.append(to: path) == 0)
    #expect(try text() == before)
    again.add([statement(2, mean: 2000, said: 99)], agreed)
    #expect(try again.append(to: path) == 1)
    // Nothing that stood there has changed.
    #expect(try text().hasPrefix(before))
    #expect(try ForecastLedger(path: path).statements.count == 2)
  }

  @Test func `is not there before anything was said`() throws {
    #expect(try ForecastLedger(path: path).statements.isEmpty)
    #expect(try ForecastLedger().append(to: path) == 0)
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `names each line that it cannot use, and leaves it alone`() throws {
    var ledger = ForecastLedger()
    ledger.add([statement(2)], agreed)
    try ledger.append(to: path)
    let good = try text()
    let lines = good.split(separator: "\n").map(String.init)
    let bad = [
      "not json", "[1]", #"{"kind":"joke"}"#, #"{"no":"kind"}"#,
      lines[1].replacing("\"2027-02\"", with: "\"Feb\""),
      lines[1].replacing("\"events\"", with: "\"evnets\""),
      lines[0].replacing("\"USD\"", with: "\"EUR\""),
      String(lines[1].prefix(80)),
    ]
    // The last one is a half line, without an end.
    try (good + "\n" + bad.joined(separator: "\n")).write(
      toFile: path, atomically: true, encoding: .utf8)
    var read = try ForecastLedger(path: path)
    #expect(read.statements == [statement(2)])
    #expect(read.findings.all.map(\.code) == Array(repeating: "ledger-line", count: bad.count))
    // Two good lines and an empty one stand before them.
    #expect(read.findings.all.compactMap { $0.location?.line } == Array(4...11))
    #expect(read.findings.all[2].message.contains("'joke' is neither 'forecast' nor 'prices'"))
    #expect(read.findings.all[5].message.contains("'evnets' is not a meter"))
    let before = try text()
    read.add([statement(5)], agreed)
    #expect(try read.append(to: path) == 1)
    #expect(try text().hasPrefix(before + "\n{"))
    #expect(try ForecastLedger(path: path).statements == [statement(2), statement(5)])
  }

  @Test func `takes what two say at the same time`() async throws {
    let path = path
    let agreed = agreed
    let statements = (0..<200).map { statement(1 + $0 % 12, mean: 1000 + Int64($0)) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for worker in 0..<8 {
        group.addTask {
          // Each statement is said by two workers.
          for (number, one) in statements.enumerated()
          where number % 8 == worker || number % 8 == (worker + 1) % 8 {
            var ledger = ForecastLedger()
            ledger.add([one], agreed)
            try ledger.append(to: path)
          }
        }
      }
      try await group.waitForAll()
    }
    let read = try ForecastLedger(path: path)
    #expect(read.findings.all.isEmpty)
    #expect(Set(read.statements) == Set(statements))
    // Its prices once, and each statement once.
    #expect(try text().split(separator: "\n").count == 201)
  }

  @Test func `is never made of a file that holds something else`() throws {
    try "date,units\n2027-01-01,5\n".write(toFile: path, atomically: true, encoding: .utf8)
    var ledger = ForecastLedger()
    ledger.add([statement(2)], agreed)
    #expect(throws: FindingsError.self) { try ledger.append(to: path) }
    #expect(try text() == "date,units\n2027-01-01,5\n")
    #expect(throws: FindingsError.self) { try ledger.append(to: folder.path) }
    #expect(throws: FindingsError.self) { try ForecastLedger(path: folder.path) }
  }

  @Test func `stands beside its scenario`() {
    #expect(ForecastLedger.path(beside: "a/budget.yaml") == "a/budget.forecasts.jsonl")
    #expect(ForecastLedger.path(beside: "budget.yml") == "budget.forecasts.jsonl")
    #expect(ForecastLedger.path(beside: "budget") == "budget.forecasts.jsonl")
  }

  @Test func `keeps every price that an amount depends on`() throws {
    for book in PriceBooks.builtIn.entries.map(\.kind) {
      let terms = BillingTerms(
        discount: nil, minimum: Money(units: 5),
        credits: [.init(kind: .startup, name: "Startup credits", amount: Money(units: 100))])
      let agreed = AgreedPrices(
        prices: PriceSchedule(book), addOns: Set(book.addOnNames), terms: terms)
      let node = try JSONParser.parse(Array(agreed.json.description.utf8), file: "ledger")
      let read = try AgreedPrices(node)
      #expect(read.id == agreed.id)
      let before = CostCalculator(book: book, addOns: agreed.addOns)
      let after = CostCalculator(book: read.prices.first, addOns: read.addOns)
      for meter in Meter.allCases {
        #expect(before.table(for: meter) == after.table(for: meter), "\(meter.id)")
      }
      #expect(read.terms == terms)
      #expect(
        before.book.addOns.map(\.price) == after.book.addOns.map(\.price))
    }
  }

  @Test func `has another fingerprint for other prices`() throws {
    var book = PriceBook.standard
    book.rates[0].table = .free
    let other = AgreedPrices(prices: PriceSchedule(book), addOns: [], terms: nil)
    #expect(other.id != agreed.id)
    #expect(
      AgreedPrices(prices: PriceSchedule(.standard), addOns: ["boost"], terms: nil).id != agreed.id)
  }
}
