import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

/// Results by path: where the borders between ranges of paths lie changes nothing.
@Suite struct PathColumnTests {
  @Test func aRowIsReadByItsAxes() {
    var column = PathColumn<Int64>([.month: 2, .meter: 3])
    column.append([0, 1, 2, 10, 11, 12])
    column.append([100, 101, 102, 110, 111, 112])
    #expect(column.axes == [.month, .meter] && column.paths == 2)
    #expect(column[0, 1, 2] == 12 && column[1, 0, 1] == 101)
    #expect(column[1, 4] == 111)
  }

  @Test(arguments: [[0, 7], [0, 1, 7], [0, 3, 5, 7]])
  func theBordersOfBlocksChangeNothing(borders: [Int]) throws {
    let text = TextScenario.shop + "options: [{half: {scale: {events: 50%}}}]\n"
    let plan = try TextScenario.plan(text, paths: 7)
    let recorded = [RecordedOutcome?](repeating: nil, count: plan.options.count)
    var joined: PathBlock?
    for (first, last) in zip(borders, borders.dropFirst()) {
      // Each block by a worker of its own, as in another process.
      let worker = try PathWorker(plan, recorded: recorded, studiesFaults: true)
      let block = try worker.walk(first..<last)
      if joined == nil { joined = block } else { joined?.append(block) }
    }
    let whole = try PathWorker(plan, recorded: recorded, studiesFaults: true).walk(0..<7)
    #expect(joined?.tables == whole.tables)
    #expect(joined?.values == whole.values)
  }
}
