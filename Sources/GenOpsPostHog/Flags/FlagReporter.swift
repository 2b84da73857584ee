import GenOpsMetering
import GenOpsUnits
import Synchronization

/// Tells PostHog of reads: `$feature_flag_called`, once for each person, flag, value and groups.
/// The event is free, and experiments need it.
final class FlagReporter: Sendable {
  /// Beyond this many it forgets, and may report a read twice.
  private static let capacity = 50_000

  private let adapter: PostHogAdapter
  private let clock: any WallClock
  private let isOn: Bool
  /// Hashes of what was read, by the seed of this process: as many bytes for an id of a megabyte as for a
  /// short one. Two of them are one in less than one of a billion processes.
  private let reported = Mutex<Set<Int>>([])

  init(_ adapter: PostHogAdapter, clock: any WallClock, isOn: Bool) {
    self.adapter = adapter
    self.clock = clock
    self.isOn = isOn
  }

  var now: Timestamp { clock.now() }
  var isGoverned: Bool { adapter.account.configuration.isGovernanceEnabled }

  func note(_ key: String, _ record: FlagRecord?, in set: FlagSet) {
    adapter.observe(key, record, for: set.context)
    guard isOn else { return }
    let read = FlagReporter.hash(key, record?.value, set.context)
    let isNew = reported.withLock { reported in
      if reported.count >= FlagReporter.capacity { reported.removeAll() }
      return reported.insert(read).inserted
    }
    guard isNew else { return }
    adapter.capture(
      UsageEvent(
        name: "$feature_flag_called", distinctID: set.context.distinctID, uuid: .random(),
        timestamp: clock.now(), properties: .object(FlagReporter.properties(key, record, in: set))))
  }

  private static func hash(_ key: String, _ value: FlagValue?, _ context: FlagContext) -> Int {
    var hasher = Hasher()
    // By bytes: a text's own hash is the same for two ways to write an accent.
    func add(_ text: String) {
      hasher.combine(text.utf8.count)
      var text = text
      text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
    add(context.distinctID)
    add(key)
    hasher.combine(value)
    for (type, group) in context.groups.sorted(by: { $0.key < $1.key }) {
      add(type)
      add(group)
    }
    return hasher.finalize()
  }

  private static func properties(_ key: String, _ record: FlagRecord?, in set: FlagSet)
    -> [JSONValue.Member]
  {
    let response = record?.value?.json ?? .null
    let isLocal = record?.isLocal ?? false
    var all: [JSONValue.Member] = [
      .init("$feature_flag", .string(key)), .init("$feature_flag_response", response),
      .init("locally_evaluated", .bool(isLocal)),
    ]
    func add(_ name: String, _ value: JSONValue?) {
      if let value { all.append(.init(name, value)) }
    }
    // PostHog may ask for less, except where an experiment needs the property.
    let isSmall = set.reply.wantsSmallEvents && record?.hasExperiment == false
    if !isSmall { add("$feature/\(key)", response) }
    add("$feature_flag_payload", record?.payload)
    if !isLocal {
      add("$feature_flag_request_id", set.reply.requestID.map { .string($0) })
      add("$feature_flag_evaluated_at", set.reply.evaluatedAt)
      add("$feature_flag_reason", record?.reason.map { .string($0) })
    }
    add("$feature_flag_version", record?.version.map { .integer($0) })
    add("$feature_flag_id", record?.id.map { .integer($0) })
    add("$feature_flag_has_experiment", record?.hasExperiment.map { .bool($0) })
    let errors = problems(record, in: set)
    if !errors.isEmpty { add("$feature_flag_error", .string(errors.joined(separator: ","))) }
    if !set.context.groups.isEmpty {
      let groups = set.context.groups.sorted { $0.key < $1.key }
      add("$groups", .object(groups.map { .init($0.key, .string($0.value)) }))
    }
    return all
  }

  private static func problems(_ record: FlagRecord?, in set: FlagSet) -> [String] {
    if record?.isLocal == true { return [] }
    if let problem = set.problem { return [problem.description] }
    var errors = set.reply.hasErrors ? ["errors_while_computing_flags"] : []
    if record == nil { errors.append("flag_missing") }
    if record?.hasFailed == true { errors.append("evaluation_failed") }
    return errors
  }
}
