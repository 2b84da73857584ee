import GenOpsUnits
import Testing

@testable import GenOpsSimulation

/// What varies in a sweep, and which scenarios that makes.
@Suite struct SweepDesignTests {
  private func values(_ text: String) -> [String] {
    guard case .list(let values) = try? SweepAxis(text, isSampled: false).values else { return [] }
    return values
  }

  private func refusal(_ text: String, isSampled: Bool = false) -> String? {
    do throws(FindingsError) {
      _ = try SweepAxis(text, isSampled: isSampled)
      return nil
    } catch { return error.findings.all.first?.message }
  }

  @Test func valuesStandBetweenCommas() {
    #expect(values("a.b=1,2,3") == ["1", "2", "3"])
    #expect(values("a=[x, y]") == ["x", "y"])
    #expect(values("a=[1, 2],[3, 4]") == ["[1, 2]", "[3, 4]"])
    #expect(values("a=[[1, 2], [3, 4]]") == ["[1, 2]", "[3, 4]"])
    #expect(values("a={x: 1, y: 2},{x: 3}") == ["{x: 1, y: 2}", "{x: 3}"])
    #expect(values("a='x, y',z") == ["'x, y'", "z"])
    #expect(values("a=1%,2%,3% per month") == ["1% per month", "2% per month", "3% per month"])
    #expect(values("a=20k,40k users") == ["20k users", "40k users"])
    #expect(values("a=5 USD,10 EUR") == ["5 USD", "10 EUR"])
    #expect(values("a=advisory,all of it") == ["advisory", "all of it"])
    #expect(values("a=5,10 USD") == ["5 USD", "10 USD"])
  }

  @Test func whatIsNotAnAxisSaysWhy() {
    #expect(refusal("growth.events")?.contains("not a place with values") == true)
    #expect(refusal("=1,2")?.contains("names no place") == true)
    #expect(refusal("a=1,,2")?.contains("empty value") == true)
    #expect(refusal("a=1")?.contains("has one value") == true)
    #expect(refusal("a=10,000,20,000")?.contains("may be one number or two") == true)
    #expect(refusal("a=1 to 5")?.contains("is a range, and a grid needs values") == true)
    #expect(refusal("a=1 to 5", isSampled: true) == nil)
    #expect(refusal("a=5 to 1", isSampled: true)?.contains("has one value") == true)
    #expect(refusal("a=100,200", isSampled: true)?.contains("may be one number") == true)
  }

  @Test func aRangeIsReckonedInWholeSteps() throws {
    let percent = try #require(SweepRange("1% to 5% per month"))
    #expect(
      percent.value(at: 0) == "1% per month" && percent.value(at: 1_000_000) == "5% per month")
    #expect(percent.value(at: 500_000) == "3% per month")
    #expect(percent.value(at: 123_456) == "1.4938% per month")
    let users = try #require(SweepRange("20k to 80k"))
    #expect(users.value(at: 1) == "20000" && users.value(at: 500_000) == "50000")
    let relative = try #require(SweepRange("-5% to +15%"))
    #expect(relative.value(at: 0) == "-5%" && relative.value(at: 1_000_000) == "15%")
    #expect(try #require(SweepRange("+5% to +15%")).value(at: 0) == "+5%")
    #expect(try #require(SweepRange("0.001 to 0.002")).value(at: 500_000) == "0.0015")
    for text in ["1 to 1", "5 to 1", "1 to", "a to b", "1 USD to 5 EUR", "2027-01 to 2027-05", ""] {
      #expect(SweepRange(text) == nil)
    }
  }

  @Test func aGridIsEveryCombinationTheLastFastest() throws {
    let axes = try [
      SweepAxis("a=1,2", isSampled: false), SweepAxis("b=x,y,z", isSampled: false),
    ]
    let design = try SweepDesign(grid: axes)
    #expect(design.points.count == 6 && design.points[1] == ["1", "y"])
    #expect(design.settings(5) == ["a=2", "b=z"])
    let many = try (0..<5).map { axis in
      try SweepAxis(
        "p\(axis)=" + (0..<10).map(String.init).joined(separator: ","), isSampled: false)
    }
    #expect(throws: FindingsError.self) { try SweepDesign(grid: many) }
  }

  /// Latin: cut in as many parts as there are scenarios, each part has one, on every axis.
  @Test(arguments: [1, 2, 7, 100])
  func everyPartOfARangeIsMetOnce(count: Int) throws {
    let axes = try [
      SweepAxis("a=0 to 1000000", isSampled: true), SweepAxis("b=0 to 1000000", isSampled: true),
      SweepAxis("c=x,y", isSampled: true),
    ]
    let design = try SweepDesign(sampling: axes, count: count, seed: 7)
    for axis in 0..<2 {
      let parts = design.points.compactMap { Int($0[axis]) }.map { $0 * count / 1_000_000 }
      #expect(parts.sorted() == Array(0..<count))
    }
    let firsts = design.points.count { $0[2] == "x" }
    #expect(abs(2 * firsts - count) <= 1)
    #expect(try SweepDesign(sampling: axes, count: count, seed: 7) == design)
    // Another axis disturbs none.
    let fewer = try SweepDesign(sampling: [axes[1]], count: count, seed: 7)
    #expect(fewer.points.map { $0[0] } == design.points.map { $0[1] })
    if count > 2 {
      #expect(try SweepDesign(sampling: axes, count: count, seed: 8) != design)
    }
  }
}
