import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits

/// What PostHog makes of an event that is not as it should be, decided for each by itself before
/// anything is decided on it: PostHog refuses the whole batch that such an event is in.
///
/// | what | PostHog | here |
/// |---|---|---|
/// | no event name | 400 for the batch | refused: `no-event-name` |
/// | no distinct id | 400 for the batch | refused: `no-distinct-id` |
/// | a distinct id of more than 200 bytes | its first 200 scalars | the same |
/// | a number that is infinite, NaN or beyond a `Double` | 400 for the batch | null, as its clients |
/// | nested deeper than its parser goes | 400 for the batch | refused: `too-deep` |
/// | larger than its queue takes | 400 or 413 for the batch | refused: `too-large` |
///
/// Source: PostHog, `rust/capture/src/events/analytics.rs` at 006ae06e (names, ids: one event that
/// fails ends the request), `RawEvent::extract_distinct_id`, `rust/common/types/src/event.rs` (200);
/// serde_json's limit of 128, of which body, batch and event are three; posthog-python 7.91.1 (NaN to
/// null, 900 KiB).
enum EventForm {
  /// An event as it is decided on, or why nothing is decided on it.
  enum Verdict {
    case asItIs
    case changed(UsageEvent)
    case refused(RefusalReason)
  }

  /// The most bytes of a distinct id that PostHog leaves as it is, and the scalars it keeps of a
  /// longer one.
  static let distinctIDLength = 200
  /// Arrays and objects inside each other from the properties on: the last of serde_json's 128 fails,
  /// and body, batch and event are around them.
  static let depth = 124

  /// Judges an event. `eventBytes` is the most that it may have as it is sent, and `size` says how
  /// many it has: asked only where that may be too many.
  static func judge(_ event: UsageEvent, eventBytes: Int, size: () -> Int) -> Verdict {
    if event.name.isEmpty { return .refused(.noEventName) }
    if event.distinctID.isEmpty { return .refused(.noDistinctID) }
    var scan = Scan()
    scan.look(at: event.properties, depth: 1)
    if scan.isTooDeep { return .refused(.tooDeep) }
    // To count the bytes of a gigabyte exactly takes a second gigabyte.
    if scan.texts > eventBytes { return .refused(.tooLarge) }
    // A byte becomes six at most: a control character is `\u001b`.
    let most = 6 * (scan.bytes + event.name.utf8.count + event.distinctID.utf8.count)
    if most + Scan.aside > eventBytes, size() > eventBytes { return .refused(.tooLarge) }
    let id = distinctID(event.distinctID)
    if id == nil, !scan.hasWrongNumber { return .asItIs }
    var changed = event
    if let id { changed.distinctID = id }
    if scan.hasWrongNumber { changed.properties = withoutWrongNumbers(event.properties) }
    return .changed(changed)
  }

  /// Whether nothing of an event has to be looked at more closely: names and ids as they should be,
  /// and plain properties that are far from too large. Asked for every event, so it stops at the first
  /// doubt.
  @inline(__always)
  static func isOrdinary(_ event: UsageEvent, eventBytes: Int) -> Bool {
    let (name, id) = (event.name.utf8.count, event.distinctID.utf8.count)
    guard name > 0, id > 0, id <= distinctIDLength else { return false }
    guard case .object(let members) = event.properties else { return false }
    var bytes = name &+ id
    // Without copies: each would count its references up and down.
    return members.withUnsafeBufferPointer { members in
      for place in members.indices {
        bytes &+= members[place].key.utf8.count &+ 10
        switch members[place].value {
        case .null, .bool: continue
        case .string(let text): bytes &+= text.utf8.count
        case .number(let text):
          if !Scan.isShortInteger(text) { return false }
        case .array, .object: return false
        }
      }
      return bytes < (eventBytes &- Scan.aside) / 6
    }
  }

  /// The id as PostHog keeps it; nil when that is as it is.
  static func distinctID(_ id: String) -> String? {
    guard id.utf8.count > distinctIDLength else { return nil }
    return String(String.UnicodeScalarView(id.unicodeScalars.prefix(distinctIDLength)))
  }

  private static func withoutWrongNumbers(_ value: JSONValue) -> JSONValue {
    switch value {
    case .number(let text) where !Scan.isRight(text): .null
    case .array(let items): .array(items.map(withoutWrongNumbers))
    case .object(let members):
      .object(members.map { JSONValue.Member($0.key, withoutWrongNumbers($0.value)) })
    case .null, .bool, .number, .string: value
    }
  }

  /// One walk over properties.
  struct Scan {
    /// What comes beside the properties: names, uuid, time, and what delivery adds.
    static let aside = 4096
    /// At most the bytes of the texts, and what stands between them.
    var bytes = 0
    /// At least the bytes of the texts as they are sent.
    var texts = 0
    var isTooDeep = false
    var hasWrongNumber = false

    /// Stops at what is too deep: a hostile value must not use up the stack.
    mutating func look(at value: JSONValue, depth: Int) {
      switch value {
      case .null, .bool: bytes += 6
      case .string(let text):
        bytes += text.utf8.count + 3
        texts += text.utf8.count
      case .number(let text):
        bytes += text.utf8.count + 1
        if !Scan.isRight(text) { hasWrongNumber = true }
      case .array(let items):
        bytes += 3
        if depth > EventForm.depth { return isTooDeep = true }
        for item in items where !isTooDeep { look(at: item, depth: depth + 1) }
      case .object(let members):
        bytes += 3
        if depth > EventForm.depth { return isTooDeep = true }
        for member in members where !isTooDeep {
          bytes += member.key.utf8.count + 4
          texts += member.key.utf8.count
          look(at: member.value, depth: depth + 1)
        }
      }
    }

    /// Up to 15 digits of a whole number, without a zero in front: they fit a `Double` for certain.
    @inline(__always)
    static func isShortInteger(_ text: String) -> Bool {
      let count = text.utf8.count
      guard count > 0, count <= 15 else { return false }
      var isFirst = true
      for digit in text.utf8 {
        if digit < (isFirst && count > 1 ? 0x31 : 0x30) || digit > 0x39 { return false }
        isFirst = false
      }
      return true
    }

    /// Whether a text is a number of JSON that fits a `Double`.
    static func isRight(_ text: String) -> Bool {
      isShortInteger(text) || JSONValue.isNumber(text) && Double(text)?.isFinite == true
    }
  }
}
