import CKernels
import GenOpsUnits

/// Finds in a line of JSON what metering and governance read of an event, without making anything of
/// the rest, and checks all of it on the way.
///
/// The masks of `CKernels` give the places of the quotes and check what stands within texts, 64 bytes
/// at a time; `JSONWalk` goes from token to token and checks everything between them. Whatever is
/// unusual is left to `JSONParser` and `EventNode`: a line that is ``Verdict/undecided`` is read
/// there, with the answer that they give to every line. It is used from one thread at a time.
public struct EventScanner: ~Copyable {
  /// What a line is.
  public enum Verdict: Sendable, Hashable {
    /// One JSON object; its fields are noted.
    case object
    /// Not JSON. The byte of the line, from 0, at which that was seen.
    case wrong(at: Int)
    /// It may be anything: only the exact parser tells.
    case undecided
  }

  let fields: UnsafeMutablePointer<ScannedField>
  private var quotes: UnsafeMutablePointer<UInt32>
  private var capacity: Int
  private let kernel: ScanKernel
  private let top: KeyTable
  private let inner: KeyTable
  /// Whether another way to write a chosen key has letters that are not ASCII, as `K` has the Kelvin sign.
  private let needsASCII: Bool
  /// The slots of the properties that were asked for.
  private let places: [Int]
  private(set) var seen: UInt64 = 0
  private(set) var namesGroup = false
  private(set) var hasEscapes = false
  private(set) var isUnclear = false
  private(set) var isUnusual = false
  var names = TextCache()
  var tokens = TextCache()
  var days = DayCache()

  /// `properties` are those whose places are wanted too, at most 32; see ``chosen(_:)``.
  public init(properties: [String] = []) { self.init(properties: properties, kernel: .best) }

  /// The same with an instruction set of one's own choice; tests compare them.
  package init(properties: [String] = [], kernel: ScanKernel) {
    self.kernel = kernel
    let capacity = 4096
    self.capacity = capacity
    fields = .allocate(capacity: EventField.count)
    fields.initialize(repeating: ScannedField(), count: EventField.count)
    quotes = .allocate(capacity: capacity + 16)
    top = KeyTable(EventField.top)
    let wanted = properties.prefix(EventField.count - EventField.firstChosen).enumerated()
    let own = Dictionary(EventField.property) { $1 }
    inner = KeyTable(
      EventField.property
        + wanted.compactMap { own[$1] == nil ? ($1, EventField.firstChosen + $0) : nil })
    places = wanted.map { own[$1] ?? EventField.firstChosen + $0 }
    // Texts are compared as Unicode does: the signs with another, ASCII form are these three and letters
    // with marks.
    needsASCII = properties.contains { key in
      key.utf8.contains {
        $0 >= 0x80 || $0 == UInt8(ascii: "K") || $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "`")
      }
    }
  }

  deinit {
    fields.deallocate()
    quotes.deallocate()
  }

  /// Looks at a line, or any other text. Its fields are there until the next one is scanned.
  public mutating func scan(_ line: UnsafeBufferPointer<UInt8>) -> Verdict {
    guard let bytes = line.baseAddress else { return .undecided }
    var start = 0
    var end = line.count
    while start < end, EventScanner.isSpace(bytes[start]) { start &+= 1 }
    while end > start, EventScanner.isSpace(bytes[end &- 1]) { end &-= 1 }
    guard end &- start >= 2, bytes[start] == UInt8(ascii: "{"),
      bytes[end &- 1] == UInt8(ascii: "}"),
      end <= EventScanner.longest
    else { return .undecided }
    if end > capacity { grow(to: end) }
    let texts = genops_find_texts(kernel.set, bytes, end, quotes)
    if texts.wrong < end { return .wrong(at: texts.wrong) }
    // The last text is not closed. Every quote lies in the line.
    if texts.quotes & 1 != 0 { return .wrong(at: Int(quotes[texts.quotes &- 1])) }
    var walk = JSONWalk(
      bytes, from: start, to: end, quotes: quotes, fields: fields, hasEscapes: texts.has_escapes,
      mostValues: FileWindow.mostValues)
    guard walk.object(top, inner: inner, depth: 0), walk.isWithinLimit else {
      return .wrong(at: walk.position)
    }
    // Values may follow one another on a line.
    guard walk.isAtEnd else { return .undecided }
    seen = walk.seen
    namesGroup = walk.namesGroup
    hasEscapes = texts.has_escapes
    isUnusual = walk.isUnusual
    isUnclear = walk.isUnclear || needsASCII && !texts.is_ascii
    return .object
  }

  /// The value of a field of the line that was scanned last.
  @inline(__always)
  func field(_ slot: Int) -> ScannedField {
    seen >> UInt64(truncatingIfNeeded: slot) & 1 != 0 ? fields[slot] : ScannedField()
  }

  /// The value of a property that was asked for, in the line that was scanned last.
  ///
  /// - Parameter number: Its place among those that were asked for, from 0.
  /// - Returns: Where it stands, if the line ``isPlain``. A text is as it was written, with its escapes.
  public func chosen(_ number: Int) -> ScannedField {
    places.indices.contains(number) ? field(places[number]) : ScannedField()
  }

  /// Where the event's name stands in the line that was scanned last.
  public var eventName: ScannedField { field(EventField.event) }
  /// Where its timestamp stands.
  public var timestamp: ScannedField { field(EventField.timestamp) }

  /// Whether no key that counts is there twice, or is written with escapes.
  public var isPlain: Bool { !isUnclear }

  /// The places of quotes are 32 bits.
  private static let longest = 1 << 31

  @inline(__always)
  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 32 || byte == 10 || byte == 13 || byte == 9
  }

  private mutating func grow(to count: Int) {
    quotes.deallocate()
    capacity = max(count, capacity &* 2)
    quotes = .allocate(capacity: capacity + 16)
  }
}
