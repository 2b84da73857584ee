import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsIngestion

/// A scanner in a place that can be kept in a list.
private final class HeldScanner {
  let kernel: ScanKernel
  var scanner: EventScanner
  var names = EventNames(ScanComparison.maker)

  init(_ kernel: ScanKernel) {
    self.kernel = kernel
    scanner = EventScanner(properties: ["team", "plan", "$session_id"], kernel: kernel)
  }
}

/// Compares what the scanner says of lines with what the exact parser says, field by field.
struct ScanComparison {
  /// How many lines were one JSON object, none, or an event that the scanner made by itself.
  private(set) var objects = 0
  private(set) var wrong = 0
  private(set) var events = 0
  /// Of the events, those whose facts it told too.
  private(set) var facts = 0
  /// Single objects that the scanner did not recognize as such.
  private(set) var undecidedObjects = 0

  private let scanners = ScanKernel.available.map(HeldScanner.init)
  private let kinds = RecordKinds(kinds: EventSources.registry.entries.map(\.kind))

  mutating func compare(_ line: [UInt8], _ what: String) throws {
    let exact = try? JSONParser.parseStream(
      line, file: "f", line: 7, mostValues: FileWindow.mostValues)
    for held in scanners {
      let isBest = held.kernel == .best
      try line.withUnsafeBufferPointer { bytes in
        switch held.scanner.scan(bytes) {
        case .undecided:
          if let exact, exact.count == 1, exact[0].mapping != nil, !line.starts(with: [0xEF]) {
            undecidedObjects += isBest ? 1 : 0
          }
        case .wrong(let place):
          wrong += isBest ? 1 : 0
          #expect(exact == nil, "\(what): taken for wrong at \(place): \(text(line))")
          #expect((0...line.count).contains(place))
        case .object:
          objects += isBest ? 1 : 0
          let node = try #require(
            exact?.count == 1 ? exact?.first : nil, "\(what): not taken for wrong: \(text(line))")
          if held.scanner.isPlain { compareFields(held.scanner, node, bytes, what) }
          if let event = held.scanner.event(in: bytes, number: 7) {
            events += isBest ? 1 : 0
            compareEvent(event, node, what)
            let isTold = compareFacts(held, event.event, bytes, what)
            facts += isBest && isTold ? 1 : 0
          }
        }
      }
    }
  }

  /// Facts with a place among those that sampling keeps, which depends on each byte of a distinct id.
  static let maker = FactMaker(classifier: .standard, seed: 3) { id in
    id.reduce(0.5) { ($0 + Double($1)) / 257 }
  }

  /// Whether the facts of an event on `line` are told, which have to be those of the event.
  private func compareFacts(
    _ held: HeldScanner, _ event: UsageEvent, _ line: UnsafeBufferPointer<UInt8>, _ what: String
  ) -> Bool {
    guard
      var facts = held.scanner.facts(in: line, maker: ScanComparison.maker, names: &held.names)
    else { return false }
    let number = Int(facts.name)
    #expect(held.names.names[number] == event.name, "\(what)")
    facts.name = 0
    let wanted = ScanComparison.maker.facts(of: event, held.names.known[number])
    #expect(facts == wanted, "\(what): facts of \(String(decoding: line, as: UTF8.self))")
    return true
  }

  private func compareFields(
    _ scanner: borrowing EventScanner, _ node: Node, _ line: UnsafeBufferPointer<UInt8>,
    _ what: String
  ) {
    for (key, slot) in EventField.top {
      compareField(scanner.field(slot), node[key], scanner, line, "\(what): \(key)")
    }
    guard let properties = node["properties"], properties.mapping != nil else { return }
    for (key, slot) in EventField.property {
      compareField(
        scanner.field(slot), properties[key], scanner, line, "\(what): properties.\(key)")
    }
    for (number, key) in ["team", "plan", "$session_id"].enumerated() {
      compareField(scanner.chosen(number), properties[key], scanner, line, "\(what): chosen \(key)")
    }
  }

  private func compareField(
    _ field: ScannedField, _ node: Node?, _ scanner: borrowing EventScanner,
    _ line: UnsafeBufferPointer<UInt8>, _ what: String
  ) {
    let kind: ScannedField.Kind =
      switch node?.content {
      case nil: .absent
      case .mapping: .object
      case .sequence: .array
      case .scalar(_, true): .string
      case .scalar("true", false): .yes
      case .scalar("false", false): .no
      case .scalar("null", false): .null
      case .scalar: .number
      }
    #expect(field.kind == kind, "\(what)")
    if kind == .string || kind == .number {
      #expect(scanner.text(field, in: line) == node?.text, "\(what)")
    }
  }

  private func compareEvent(_ event: RecordedEvent, _ node: Node, _ what: String) {
    let elements = kinds.elements(of: node)
    guard elements.count == 1, case .event(var exact, let timestamp) = elements[0] else {
      Issue.record("\(what): the exact path has no event: \(elements)")
      return
    }
    exact.event = Recording.lightened(exact.event)
    #expect(timestamp == exact.timestamp, "\(what)")
    #expect(event.event == exact.event, "\(what)")
    #expect(event.projectToken == exact.projectToken, "\(what)")
    #expect(event.line == exact.line, "\(what)")
    #expect(event.isTimestampAssumed == exact.isTimestampAssumed, "\(what)")
    #expect(event.hasUnreadProperties == exact.hasUnreadProperties, "\(what)")
  }

  private func text(_ line: [UInt8]) -> String {
    String(decoding: line.prefix(2000), as: UTF8.self)
  }
}
