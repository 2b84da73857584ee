public import GenOpsUnits

/// The flags of one person at one moment: any number of reads for the price of one request, or of
/// none.
///
/// A read has a default of its own type, which it returns when the flag does not exist or could not
/// be had: a flag never fails a request of the application.
public struct FlagSet: Sendable {
  public let context: FlagContext
  /// Why the server's part is missing or old; nil when everything was had.
  public let problem: FlagProblem?
  /// What had to be paid for this set: 0 when it came from memory or from the definitions, nil when
  /// the price is unknown.
  public let cost: Money?
  /// Whether it came from the memory of answers, which costs nothing.
  public var isRemembered = false
  let records: [String: FlagRecord]
  let reply: ReplyFacts
  let reporter: FlagReporter

  /// What an event about a read tells of the request.
  struct ReplyFacts: Sendable, Hashable {
    var requestID: String?
    var evaluatedAt: JSONValue?
    var hasErrors = false
    var wantsSmallEvents = false
  }

  /// The keys of all flags that have a value, sorted.
  public var keys: [String] { records.filter { $0.value.value != nil }.keys.sorted() }

  /// Whether a flag is on; a variant is on.
  public func isOn(_ key: String, default fallback: Bool = false) -> Bool {
    read(key)?.isOn ?? fallback
  }

  /// Which variant of a flag the person has. A flag without variants gives `fallback`.
  public func variant(_ key: String, default fallback: String) -> String {
    read(key)?.variant ?? fallback
  }

  /// The value of a flag; nil when there is none.
  public func value(_ key: String) -> FlagValue? { read(key) }

  /// What a flag carries besides its value. It is no read: nothing is reported.
  public func payload(_ key: String) -> JSONValue? { records[key]?.payload }

  /// The payload of a flag as a type, `fallback` when there is none or it is of another type.
  public func payload<Value: FlagPayloadValue>(_ key: String, default fallback: Value) -> Value {
    records[key]?.payload.flatMap(Value.init(flagPayload:)) ?? fallback
  }

  /// The properties that tie an event to the flags of its moment: `$feature/KEY` for each flag, and
  /// `$active_feature_flags` where any is on. It asks nothing of the server.
  public var properties: [JSONValue.Member] {
    let all = keys
    let active = all.filter { records[$0]?.value?.isOn == true }
    let values = all.map { JSONValue.Member("$feature/\($0)", records[$0]?.value?.json ?? .null) }
    if active.isEmpty { return values }
    return values + [.init("$active_feature_flags", .array(active.map { .string($0) }))]
  }

  private func read(_ key: String) -> FlagValue? {
    let record = records[key]
    reporter.note(key, record, in: self)
    return record?.value
  }
}

/// A type that payloads can be read as.
public protocol FlagPayloadValue {
  /// Nil when the payload is of another type.
  init?(flagPayload: JSONValue)
}

extension Bool: FlagPayloadValue {
  public init?(flagPayload: JSONValue) {
    guard let value = flagPayload.bool else { return nil }
    self = value
  }
}

extension String: FlagPayloadValue {
  public init?(flagPayload: JSONValue) {
    guard let value = flagPayload.string else { return nil }
    self = value
  }
}

extension Int: FlagPayloadValue {
  public init?(flagPayload: JSONValue) {
    guard let value = flagPayload.wholeNumber else { return nil }
    self = value
  }
}

extension Double: FlagPayloadValue {
  public init?(flagPayload: JSONValue) {
    guard let value = flagPayload.number else { return nil }
    self = value
  }
}
