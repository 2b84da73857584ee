import GenOpsTestSupport
import Testing

@testable import GenOpsMetering

struct `A set of fingerprints` {
  /// Members that share groups and tags, so that every step of the probing is taken.
  @Test(arguments: [UInt64(1), 2, 3])
  func `has what Swift's own set has`(seed: UInt64) {
    var set = FingerprintSet(capacity: 30_000)
    var oracle: Set<UInt64> = []
    var generator = SeededGenerator(seed)
    for _ in 0..<30_000 {
      let random = generator.next()
      let member = (random >> 44 & 0x0FFF) << 48 | random >> 40 & 3 | 1 << 20
      #expect(set.contains(member) == oracle.contains(member))
      if random >> 33 & 1 == 0 {
        let isTaken = set.insert(member)
        #expect(isTaken)
        oracle.insert(member)
      }
      if set.count != oracle.count { break }
    }
    // Enough to have moved to the large table more than once.
    #expect(set.count == oracle.count && oracle.count > 6_200)
  }

  /// Two events that were metered before either was committed.
  @Test func `does not lose count when a new member was new twice`() {
    var set = FingerprintSet(capacity: 10_000)
    for member in (1...4_000).map({ UInt64($0) &* 0x9E37_79B9_7F4A_7C15 }) {
      let isTaken = set.insertNew(member) && set.insertNew(member)
      #expect(isTaken)
    }
    #expect(set.count == 4_000)
  }

  @Test func `takes no more than its capacity and forgets nothing`() {
    var set = FingerprintSet(capacity: 100)
    let members = (1...300).map { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 }
    let taken = members.filter { set.insert($0) }
    #expect(taken == Array(members.prefix(100)))
    #expect(members.filter { set.contains($0) } == taken)
    let again = taken.filter { set.insert($0) }
    #expect(again == taken && set.count == 100)
  }
}
