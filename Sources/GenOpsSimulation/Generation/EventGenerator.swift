import GenOpsMetering
import GenOpsNumerics
package import GenOpsUnits

/// Writes the events of a scenario as lines of a batch export, day by day and in the order of time, in the memory
/// of one piece of a file.
///
/// A day is a function of the scenario, the seed, the scale and the day alone: written by itself it has the same
/// bytes as among others.
package struct EventGenerator: Sendable {
  package let traffic: GeneratedTraffic
  private let ids: UInt64
  private let times: UInt64

  /// What a month has of the people of one half of a pool.
  private struct Half {
    var pool: Int
    var isIdentified: Bool
    var kinds: [Int]
  }
  private let halves: [Half]
  /// By kind, the place of its half.
  private let halfOfKind: [Int]

  /// `seed` decides ids, who sends what, and when.
  package init(_ traffic: GeneratedTraffic, seed: UInt64) {
    self.traffic = traffic
    let source = RandomSource(seed: seed)
    ids = source.key("events", purpose: "ids").bits
    times = source.key("events", purpose: "times").bits
    var halves: [Half] = []
    var halfOfKind: [Int] = []
    for (number, kind) in traffic.kinds.enumerated() {
      let known = halves.firstIndex {
        $0.pool == kind.pool && $0.isIdentified == kind.isIdentified
      }
      let place = known ?? halves.count
      if known == nil {
        halves.append(Half(pool: kind.pool, isIdentified: kind.isIdentified, kinds: []))
      }
      halves[place].kinds.append(number)
      halfOfKind.append(place)
    }
    self.halves = halves
    self.halfOfKind = halfOfKind
  }

  /// The bytes that are handed out at a time.
  private static let pieceSize = 256 * 1024

  /// Writes the events of `day`, from 0 at the beginning of the period. `send` gets pieces of whole lines.
  /// - Returns: How many events were written.
  package func write(
    day: Int, _ send: ([UInt8]) throws(FindingsError) -> Void
  ) throws(FindingsError) -> Int64 {
    let kinds = traffic.kinds
    let date = traffic.start.advanced(by: day)
    let dayKey = Bijection.mixed(ids &+ UInt64(truncatingIfNeeded: date.number))
    var people = halves.indices.map { self.people(half: $0, day: day) }
    var templates: [EventTemplate] = []
    var queue = EventQueue()
    for (number, kind) in kinds.enumerated() {
      let written = date.advanced(by: kind.shift)
      templates.append(EventTemplate(kind, isGrouped: false, day: written))
      templates.append(EventTemplate(kind, isGrouped: true, day: written))
      queue.add(kind: number, count: kind.counts[day], key: times &+ dayKey)
    }
    let longest = templates.map(\.bytes.count).max() ?? 0
    var piece = [UInt8](repeating: 0, count: EventGenerator.pieceSize + longest)
    var used = 0
    var sequence: UInt64 = 0
    let counts = kinds.map { $0.counts[day] }
    let groups = kinds.map { $0.grouped[day] }
    let midnights = kinds.map { Timestamp(startOf: date.advanced(by: $0.shift)).microseconds }
    while let (number, place, time) = queue.next() {
      let half = halfOfKind[number]
      let person = people[half].take()
      let (count, grouped) = (counts[number], groups[number])
      let isGrouped = grouped > 0 && EventGenerator.isOne(place, of: count, among: grouped)
      let template = templates[2 * number + (isGrouped ? 1 : 0)]
      // Both are of a calendar of 10,000 years, which fits.
      let instant = midnights[number] + time
      piece.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        write(
          template, person: UInt64(half) << 48 | person, sequence: sequence, dayKey: dayKey,
          instant: instant, time: time, at: base + used)
      }
      used += template.bytes.count
      sequence += 1
      if used >= EventGenerator.pieceSize {
        try send(Array(piece[..<used]))
        used = 0
      }
    }
    if used > 0 { try send(Array(piece[..<used])) }
    return Int64(sequence)
  }

  /// Whether the one at `place` of `count`, from 0, is among the `some` that are spread evenly over them.
  private static func isOne(_ place: Int64, of count: Int64, among some: Int64) -> Bool {
    if some >= count { return true }
    // Both are at most 10^15, and the quotients at most as large, so nothing is lost.
    func part(_ place: Int64) -> UInt64 {
      let product = UInt64(place).multipliedFullWidth(by: UInt64(some))
      return UInt64(count).dividingFullWidth(product).quotient
    }
    return part(place + 1) > part(place)
  }

  @inline(__always)
  private func write(
    _ template: EventTemplate, person: UInt64, sequence: UInt64, dayKey: UInt64, instant: Int64,
    time: Int64, at line: UnsafeMutablePointer<UInt8>
  ) {
    template.bytes.withUnsafeBufferPointer { bytes in
      if let first = bytes.baseAddress { line.update(from: first, count: bytes.count) }
    }
    // Version 7: milliseconds, then a number that is another for each event of the day.
    let own = Bijection.mixed(sequence &+ dayKey)
    // A year between 1 and 9999; before 1970 the id has other digits.
    let milliseconds = UInt64(bitPattern: instant / 1000)
    LineDigits.write(
      uuid: milliseconds << 16 | 0x7000 | own >> 52,
      0x8000_0000_0000_0000 | own & 0xF_FFFF_FFFF_FFFF,
      at: line + template.uuid)
    let id = Bijection.mixed(person &+ ids)
    if template.isIdentified {
      LineDigits.write(hex: UInt32(truncatingIfNeeded: id >> 32), at: line + template.person)
      LineDigits.write(hex: UInt32(truncatingIfNeeded: id), at: line + template.person + 8)
    } else {
      // All 64 bits of the id are in it, beside the version and the variant.
      LineDigits.write(
        uuid: id & ~0xFFFF | 0x7000,
        0x8000_0000_0000_0000 | (id & 0xFFFF) << 32 | Bijection.mixed(id) >> 32,
        at: line + template.person)
    }
    let session = Bijection.mixed(id ^ dayKey)
    LineDigits.write(
      uuid: session & ~0xF000 | 0x7000, 0x8000_0000_0000_0000 | Bijection.mixed(session) >> 4,
      at: line + template.session)
    LineDigits.write(time: time, at: line + template.times.0 + 11)
    LineDigits.write(time: time, at: line + template.times.1 + 11)
    if let group = template.group {
      // A thousand companies.
      LineDigits.write(hex: UInt32(truncatingIfNeeded: id % 1000), at: line + group)
    }
  }

  /// Who sends the events of a half on a day.
  private func people(half place: Int, day: Int) -> MonthlyPeople {
    let half = halves[place]
    let pool = traffic.pools[half.pool]
    let month = traffic.start.advanced(by: day).month
    let first = max(0, traffic.start.distance(to: month.firstDay))
    let end = min(traffic.dayCount, traffic.start.distance(to: month.lastDay) + 1)
    func events(_ kinds: [Int], _ days: Range<Int>) -> Int64 {
      kinds.reduce(0) { sum, kind in days.reduce(sum) { $0 + traffic.kinds[kind].counts[$1] } }
    }
    func isCounted(_ kind: Int) -> Bool { traffic.kinds[kind].meters.contains(.events) }
    // The day lies in its month.
    let whole = first..<end
    let own = events(half.kinds, whole)
    let others = halves.filter { $0.pool == half.pool }.flatMap(\.kinds)
    let all = events(others.filter(isCounted), whole)
    let users =
      pool.users
      ?? max(
        1, Int64(rounding: Double(events(others, whole)) / GeneratedTraffic.Pool.eventsPerUser))
    // The part of the events that is identified is that of the users too. What is no event of analytics, such as
    // an exception, comes from identified ones.
    let identified = others.filter { isCounted($0) && traffic.kinds[$0].isIdentified }
    let part = all > 0 ? Double(events(identified, whole)) / Double(all) : 1
    let known = Int64(rounding: Double(users) * part)
    let count = half.isIdentified ? known : users - known
    return MonthlyPeople(
      // Nobody sends nothing.
      count: UInt64(max(1, min(count, own))), sigma: pool.sigma,
      before: UInt64(events(half.kinds, first..<day)),
      key: Bijection.mixed(times &+ UInt64(place)) &+ UInt64(truncatingIfNeeded: month.number))
  }

  /// How many persons send something in the month of `day`, by stream: identified and anonymous.
  package func personCount(monthOf day: Int) -> (identified: Int64, anonymous: Int64) {
    var counts: (identified: Int64, anonymous: Int64) = (0, 0)
    for place in halves.indices {
      let month = traffic.start.advanced(by: day).month
      let days =
        traffic.start.distance(to: month.firstDay)..<traffic.start.distance(to: month.lastDay) + 1
      let hasEvents = halves[place].kinds.contains { kind in
        days.contains { (0..<traffic.dayCount).contains($0) && traffic.kinds[kind].counts[$0] > 0 }
      }
      guard hasEvents else { continue }
      // Fewer than 2^40, as a pool's users are.
      let count = Int64(people(half: place, day: day).count)
      if halves[place].isIdentified {
        counts.identified += count
      } else {
        counts.anonymous += count
      }
    }
    return counts
  }
}
