import GenOpsMetering
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsSimulation

struct `Events sorted on disk` {
  @Test(arguments: [0, 1, 7, 100, 5000], [1, 3, 64, 100_000])
  func `come in the order of time, those of one instant as they came`(
    count: Int, runSize: Int
  ) throws {
    if count / runSize > 2000 { return }
    var random = SeededGenerator(count + runSize)
    var given: [EventFacts] = []
    for number in 0..<count {
      var event = EventFacts(microseconds: random.below(50))
      event.name = Int32(number)
      event.item = random.next()
      given.append(event)
    }
    var runs = try FactRuns(runSize: runSize)
    for start in stride(from: 0, to: count, by: 13) {
      try runs.add(Array(given[start..<min(count, start + 13)]))
    }
    var taken: [EventFacts] = []
    let isWhole = try runs.merge { events in
      taken += events
      return true
    }
    #expect(isWhole && runs.count == count)
    let wanted = given.sorted { ($0.microseconds, $0.name) < ($1.microseconds, $1.name) }
    #expect(taken == wanted)
  }
}
