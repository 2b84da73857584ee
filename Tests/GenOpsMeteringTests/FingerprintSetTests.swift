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

  /// Sets share memory until one of them is changed, at any stage of a growth.
  @Test(arguments: [10, 3_000, 12_500, 13_500, 14_200, 20_000])
  func `is a value`(count: Int) {
    func member(_ number: Int) -> UInt64 { UInt64(number) &* 0x9E37_79B9_7F4A_7C15 }
    var set = FingerprintSet(capacity: 100_000)
    for number in 1...count { _ = set.insert(member(number)) }
    var copy = set
    for number in count + 1...count + 9_000 { _ = copy.insert(member(number)) }
    #expect(set.count == count && copy.count == count + 9_000)
    #expect((1...count).allSatisfy { set.contains(member($0)) && copy.contains(member($0)) })
    #expect((count + 1...count + 9_000).allSatisfy { !set.contains(member($0)) })
    #expect((count + 1...count + 9_000).allSatisfy { copy.contains(member($0)) })
    for number in count + 1...count + 9_000 { _ = set.insert(member(number &+ 1 << 20)) }
    #expect((count + 1...count + 9_000).allSatisfy { !copy.contains(member($0 &+ 1 << 20)) })
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

  /// Whoever inserts holds an account's lock: what one insertion moves must not grow with the set.
  @Test func `moves few members with each insertion, however large it is`() {
    var set = FingerprintSet(capacity: 2_000_000)
    var generator = SeededGenerator(7)
    var (most, before, spent) = (0, 0, 0)
    for _ in 0..<400_000 {
      let isTaken = set.insert(generator.next() | 1)
      #expect(isTaken)
      most = max(most, set.moves - before)
      before = set.moves
      if set.takeSpent() != nil { spent += 1 }
      if most > FingerprintSet.mostMoves { break }
    }
    #expect(set.count == 400_000 && most <= FingerprintSet.mostMoves && most >= 3_072)
    // 2,048 groups of six members double to 65,536, each time in steps.
    #expect(spent == 5)
    // Each member moves once into the large table, and about once more: half of them in the last doubling.
    #expect(set.moves < 3 * 400_000)
  }

  @Test func `does not grow for what its capacity lets in`() {
    // Three quarters of 2,048 groups of eight.
    var set = FingerprintSet(capacity: 12_288)
    for number in 1...20_000 { _ = set.insert(UInt64(number) &* 0x9E37_79B9_7F4A_7C15) }
    #expect(set.count == 12_288 && !set.hasSpent && set.moves < 12_288 * 2)
  }

  /// Looked for while members are in two tables, and counted where they were new twice.
  @Test(arguments: [UInt64(11), 12, 13])
  func `has what Swift's own set has while it grows`(seed: UInt64) {
    var set = FingerprintSet(capacity: 1_000_000)
    var oracle: Set<UInt64> = []
    var order: [UInt64] = []
    var generator = SeededGenerator(seed)
    for number in 0..<120_000 {
      let random = generator.next()
      // One in eight is known, of any age.
      let member =
        random & 7 == 0 && !order.isEmpty
        ? order[Int(random >> 32) % order.count] : random &* 0x9E37_79B9_7F4A_7C15 | 1
      let isKnown = set.contains(member)
      if isKnown != oracle.contains(member) {
        Issue.record("member \(number) of seed \(seed)")
        return
      }
      let isTaken = random & 64 == 0 ? set.insert(member) : isKnown || set.insertNew(member)
      #expect(isTaken)
      if oracle.insert(member).inserted { order.append(member) }
    }
    #expect(set.count == oracle.count)
    #expect(order.allSatisfy { set.contains($0) })
  }
}

struct `A memory of days` {
  /// The oracle keeps a plain set for each day, and the days by their last use.
  @Test(arguments: [UInt64(1), 2, 3])
  func `has what plain sets have, while days come and expire`(seed: UInt64) {
    var limits = EventMeter.Limits()
    limits.days = 3
    var days = RecentDays(limits: limits)
    var (events, sessions): ([Int32: Set<UInt64>], [Int32: Set<UInt64>]) = ([:], [:])
    var used: [Int32] = []
    var generator = SeededGenerator(seed)
    var (expired, spent) = (0, 0)
    for number in 0..<150_000 {
      let random = generator.next()
      // A new day now and then, stray ones among them.
      let day = Int32(number / 40_000) + (random & 0xFFFF < 4 ? Int32(random >> 60) : 0)
      let member = (random >> 20 % 60_000) &* 0x9E37_79B9_7F4A_7C15 | 1
      let hasEvent = events[day]?.contains(member) == true
      if days.hasEvent(member, on: day) != hasEvent
        || days.hasSession(member, on: day) != (sessions[day]?.contains(member) == true)
      {
        Issue.record("member \(number) of seed \(seed)")
        return
      }
      let session = random & 3 == 0 ? member : 0
      _ = days.remember(event: hasEvent ? 0 : member, session: session, on: day)
      if days.takeSpent() != nil { spent += 1 }
      used.removeAll { $0 == day }
      used.insert(day, at: 0)
      for old in used.dropFirst(3) {
        (events[old], sessions[old]) = (nil, nil)
        expired += 1
      }
      used = Array(used.prefix(3))
      events[day, default: []].insert(member)
      if session != 0 { sessions[day, default: []].insert(session) }
    }
    #expect(expired > 1 && spent > expired)
  }
}
