/// Puts events in the order of time that come a little late: it holds so many, and hands out the earliest of
/// them when there is one more. Events of one instant stay in their order.
struct EventWindow<Event> {
  /// An event that is held: its instant, which of all it was, and where it lies.
  private struct Place {
    var instant: Int64
    var number: Int
    var slot: Int

    func isBefore(_ other: Place) -> Bool {
      instant == other.instant ? number < other.number : instant < other.instant
    }
  }

  private let capacity: Int
  /// A heap: none is after the two at twice its place and one or two behind.
  private var heap: [Place] = []
  private var held: [Event] = []
  private var number = 0

  /// With room for `capacity` events; with none each event is handed out at once.
  init(capacity: Int) { self.capacity = capacity }

  /// Whether events are handed out as they come.
  var holdsNone: Bool { capacity == 0 }

  /// Takes an event that happened at `instant`, in microseconds. The earliest of all, when there is no room for one
  /// more.
  mutating func add(_ event: Event, at instant: Int64) -> Event? {
    if capacity == 0 { return event }
    number += 1
    if heap.count < capacity {
      heap.append(Place(instant: instant, number: number, slot: held.count))
      held.append(event)
      rise()
      return nil
    }
    let first = heap[0]
    if instant < first.instant { return event }
    let earliest = held[first.slot]
    held[first.slot] = event
    heap[0] = Place(instant: instant, number: number, slot: first.slot)
    sink()
    return earliest
  }

  /// The earliest event that is held; nil when there are no more.
  mutating func next() -> Event? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    if !heap.isEmpty {
      heap[0] = last
      sink()
    }
    return held[first.slot]
  }

  private mutating func rise() {
    var place = heap.count - 1
    while place > 0, heap[place].isBefore(heap[(place - 1) / 2]) {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  private mutating func sink() {
    var place = 0
    while true {
      var least = place
      let left = 2 * place + 1
      if left < heap.count, heap[left].isBefore(heap[least]) { least = left }
      if left + 1 < heap.count, heap[left + 1].isBefore(heap[least]) { least = left + 1 }
      if least == place { return }
      heap.swapAt(place, least)
      place = least
    }
  }
}
