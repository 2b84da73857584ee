import GenOpsTestSupport
import GenOpsUnits
import Testing

@Suite("Money")
struct MoneyTests {
  @Test(
    "amounts are read exactly and written with 2 to 9 decimals",
    arguments: [
      ("0", 0, "0.00"), ("250", 250_000_000_000, "250.00"), ("-3.5", -3_500_000_000, "-3.50"),
      ("0.00005", 50_000, "0.00005"), ("0.000000001", 1, "0.000000001"),
      ("324.40", 324_400_000_000, "324.40"), ("+1", 1_000_000_000, "1.00"),
      ("1,250.50", 1_250_500_000_000, "1250.50"), ("1_000", 1_000_000_000_000, "1000.00"),
      (".5", 500_000_000, "0.50"), ("5.", 5_000_000_000, "5.00"), ("-0", 0, "0.00"),
      ("1.0000000000000", 1_000_000_000, "1.00"), ("1e5", 100_000_000_000_000, "100000.00"),
      ("60k", 60_000_000_000_000, "60000.00"), ("5e-9", 5, "0.000000005"),
      ("9223372036.854775807", Int64.max, "9223372036.854775807"),
    ])
  func text(_ text: String, _ nanos: Int64, _ written: String) throws {
    let money = try Money(parsing: text)
    #expect(money.nanos == nanos)
    #expect(money.description == written)
  }

  @Test(
    "texts that are not amounts",
    arguments: [
      ("", MoneyTextError.notANumber("")), ("-", .notANumber("-")), ("x", .notANumber("x")),
      ("1.2.3", .notANumber("1.2.3")), ("0,5", .notANumber("0,5")), (",1", .notANumber(",1")),
      ("1.0,5", .notANumber("1.0,5")), ("1 USD", .notANumber("1 USD")), ("٣", .notANumber("٣")),
      ("0.0000000001", .finerThanNano("0.0000000001")),
      ("9223372036.854775808", .outOfRange("9223372036.854775808")),
      ("99999999999999999999", .outOfRange("99999999999999999999")),
    ])
  func noText(_ text: String, _ error: MoneyTextError) {
    #expect(throws: error) { try Money(parsing: text) }
  }

  @Test("what is written reads back as the same amount", arguments: 0..<200)
  func roundTrip(seed: Int) throws {
    var random = SeededGenerator(UInt64(seed))
    let nanos = Int64(bitPattern: random.next()) >> Int64(random.below(63))
    let money = Money(nanos: nanos == .min ? 0 : nanos)
    #expect(try Money(parsing: money.description) == money)
    #expect(try Money(parsing: money.text(decimals: 9, grouping: true)) == money)
  }

  @Test(
    "rounding for people is half away from zero",
    arguments: [
      (1_005_000_000, 2, "1.01"), (-1_005_000_000, 2, "-1.01"), (1_004_999_999, 2, "1.00"),
      (499_999_999, 0, "0"), (500_000_000, 0, "1"), (-4_000_000, 2, "0.00"),
      (-5_000_000, 2, "-0.01"), (Int64.max, 0, "9223372037"),
    ])
  func rounding(_ nanos: Int64, _ decimals: Int, _ text: String) {
    #expect(Money(nanos: nanos).text(decimals: decimals) == text)
  }

  @Test("thousands are grouped from the right")
  func grouping() {
    #expect(Money(units: 1_234_567).text(decimals: 0, grouping: true) == "1,234,567")
    #expect(Money(units: -999).text(decimals: 2, grouping: true) == "-999.00")
    #expect(Money(units: -1000).text(decimals: 2, grouping: true) == "-1,000.00")
    #expect(groupedDigits("100") == "100" && groupedDigits("1000") == "1,000")
  }

  @Test("sums that leave the range are errors")
  func overflow() throws {
    #expect(throws: MoneyOverflow.self) { try Money(nanos: .max).adding(Money(nanos: 1)) }
    #expect(throws: MoneyOverflow.self) { try Money(nanos: .min).adding(Money(nanos: -1)) }
    #expect(try Money(nanos: .max).adding(Money(nanos: -1)).nanos == .max - 1)
    #expect(Money(approximately: .nan) == nil && Money(approximately: 1e10) == nil)
    #expect(Money(approximately: 0.1)?.nanos == 100_000_000)
  }

  @Test(
    "parts sum to the whole, are within a nano-unit of fair, and keep its sign", arguments: 0..<300)
  func allocation(seed: Int) {
    var random = SeededGenerator(UInt64(seed))
    let amount = Int64(bitPattern: random.next()) >> Int64(random.below(60) + 1)
    let weights = (0...random.below(12)).map { _ in
      Int64(bitPattern: random.next() >> 1) >> Int64(random.below(63))
    }
    let parts = Money(nanos: amount).allocated(byWeight: weights)
    #expect(parts.count == weights.count)
    guard weights.contains(where: { $0 > 0 }) else {
      #expect(parts.allSatisfy { $0 == .zero })
      return
    }
    #expect(parts.reduce(0) { $0 + $1.nanos } == amount)
    #expect(parts.allSatisfy { $0.nanos == 0 || ($0.nanos < 0) == (amount < 0) })
    let total = weights.reduce(0.0) { $0 + Double($1) }
    for (part, weight) in zip(parts, weights) {
      let fair = Double(amount) * Double(weight) / total
      // Doubles carry 53 bits, so the fair share itself is uncertain by this much.
      #expect(abs(Double(part.nanos) - fair) <= 1.001 + abs(fair) * 1e-14)
    }
  }

  @Test("what is left over goes to the largest remainders, the earlier first")
  func remainders() {
    func split(_ nanos: Int64, _ weights: [Int64]) -> [Int64] {
      Money(nanos: nanos).allocated(byWeight: weights).map(\.nanos)
    }
    #expect(split(10, [1, 1, 1]) == [4, 3, 3])
    #expect(split(-10, [1, 1, 1]) == [-4, -3, -3])
    #expect(split(7, [2, 3, 5]) == [1, 2, 4])
    #expect(split(5, [0, 0]) == [0, 0] && split(5, []) == [])
    #expect(split(5, [-3, 1]) == [0, 5])
    #expect(split(.max, [.max, .max]).reduce(0, +) == .max)
  }

  @Test("a unit price is read like money")
  func unitPrice() throws {
    #expect(try UnitPrice(parsing: "0.0000343").nanosPerUnit == 34_300)
    #expect(try UnitPrice(parsing: "0.0000343").description == "0.0000343")
    #expect(throws: MoneyTextError.self) { try UnitPrice(parsing: "0.00000000049") }
  }
}
