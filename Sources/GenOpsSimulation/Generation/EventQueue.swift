import GenOpsUnits

/// The events of a day in the order of time: each kind's spread over the day, one in each equal part of it, at a
/// place that looks random. Kinds that come together stay in their order.
struct EventQueue {
  private struct Entry {
    var time: Int64
    var kind: Int
    /// Of this kind, from 0.
    var place: Int64
    var count: Int64
    var key: UInt64
  }
  /// A binary heap: the earliest first.
  private var heap: [Entry] = []

  mutating func add(kind: Int, count: Int64, key: UInt64) {
    guard count > 0 else { return }
    var entry = Entry(
      time: 0, kind: kind, place: 0, count: count,
      key: Bijection.mixed(key &+ UInt64(truncatingIfNeeded: kind) &* 0x9E37_79B9_7F4A_7C15))
    entry.time = EventQueue.time(entry)
    heap.append(entry)
    var place = heap.count - 1
    while place > 0, EventQueue.isBefore(heap[place], heap[(place - 1) / 2]) {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  /// The next event: its kind, its place among those of the kind, and its time of day in microseconds.
  @inline(__always)
  mutating func next() -> (kind: Int, place: Int64, time: Int64)? {
    guard var first = heap.first else { return nil }
    let result = (first.kind, first.place, first.time)
    first.place += 1
    if first.place == first.count {
      guard let last = heap.popLast(), !heap.isEmpty else { return result }
      first = last
    } else {
      first.time = EventQueue.time(first)
    }
    sink(first)
    return result
  }

  /// Puts `entry` in the place of the first and lets it sink to where it belongs.
  private mutating func sink(_ entry: Entry) {
    var place = 0
    while true {
      var child = 2 * place + 1
      if child >= heap.count { break }
      if child + 1 < heap.count, EventQueue.isBefore(heap[child + 1], heap[child]) { child += 1 }
      if !EventQueue.isBefore(heap[child], entry) { break }
      heap[place] = heap[child]
      place = child
    }
    heap[place] = entry
  }

  private static func time(_ entry: Entry) -> Int64 {
    let within =
      Double(Bijection.mixed(entry.key &+ UInt64(truncatingIfNeeded: entry.place)) >> 11) * 0x1p-53
    let part = (Double(entry.place) + within) / Double(entry.count)
    // Between 0 and a day of 8.64e10 microseconds, so the conversion cannot fail; the last one may be rounded up to it.
    return min(
      Timestamp.microsecondsPerDay - 1, Int64(part * Double(Timestamp.microsecondsPerDay)))
  }

  private static func isBefore(_ a: Entry, _ b: Entry) -> Bool {
    a.time < b.time || a.time == b.time && a.kind < b.kind
  }
}
