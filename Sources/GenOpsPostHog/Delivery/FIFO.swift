/// First in, first out, and the last one can be taken back; each costs O(1).
struct FIFO<Element: Sendable>: Sendable {
  private var items: [Element?] = []
  private var head = 0

  var count: Int { items.count - head }
  var first: Element? { head < items.count ? items[head] : nil }
  /// What is in it, in order.
  var elements: [Element] { items[head...].compactMap(\.self) }

  mutating func append(_ item: Element) { items.append(item) }

  mutating func popFirst() -> Element? {
    guard head < items.count else { return nil }
    let item = items[head]
    items[head] = nil
    head += 1
    // Half of it is used up: the rest moves to the front, which costs O(1) per element.
    if head > 32, head * 2 > items.count {
      items.removeFirst(head)
      head = 0
    }
    return item
  }

  /// The element that came last.
  mutating func popLast() -> Element? {
    guard head < items.count else { return nil }
    return items.removeLast()
  }

  mutating func removeFirst() { _ = popFirst() }
}
