import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsAdmission

@Suite("Days at once")
struct QuietDaysTests {
  /// Calls of `random` from `first` on that were made on the day they are of, in order of time.
  private func run(_ random: RandomCase, from first: Int, most: Int) -> Range<Int> {
    var end = first
    while end < random.calls.count, end - first < most {
      let call = random.calls[end]
      guard call.day == call.at.day, call.count > 0, call.usage.count > 0,
        end == first || call.at >= random.calls[end - 1].at
      else { break }
      end += 1
    }
    return first..<end
  }

  @Test("What is counted at once leaves the state that one after the other leaves")
  func sameState() throws {
    var atOnce = 0
    var refused = 0
    for seed in 0..<3000 as Range<UInt64> {
      var random = RandomCase(seed: seed)
      // Some with room to be quiet in, the others near their bounds all the time.
      if seed % 2 == 0 { for index in random.calls.indices { random.calls[index].thin() } }
      var one = try random.core()
      var days = try random.core()
      random.runInBulk(&one)
      let ids = random.usageClasses.map { days.register($0) }
      var next = 0
      while next < random.calls.count {
        let calls = run(random, from: next, most: 1 + Int(seed % 5))
        let offers = random.calls[calls].map {
          Offer(
            days.register($0.usage, usageClass: ids[$0.usageClass]), count: $0.count, kept: $0.kept)
        }
        if let last = calls.last,
          offers.withUnsafeBufferPointer({
            days.admitQuietly($0, from: random.calls[next].at, through: random.calls[last].at)
          }) == 1
        {
          atOnce += calls.count > 1 ? 1 : 0
          next = last + 1
          continue
        }
        if !calls.isEmpty { refused += 1 }
        let call = random.calls[next]
        days.admit(
          call.usage, usageClass: ids[call.usageClass], count: call.count, kept: call.kept,
          eventDay: call.day, at: call.at)
        next += 1
      }
      #expect(one.snapshot() == days.snapshot(), "seed \(seed)")
    }
    #expect(atOnce > 900, "\(atOnce)")
    #expect(refused > 900, "\(refused)")
  }
}

extension RandomCase.Call {
  /// A few items instead of many.
  fileprivate mutating func thin() {
    count = min(count, 3)
    kept = min(kept, count)
  }
}
