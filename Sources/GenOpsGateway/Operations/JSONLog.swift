import GenOpsUnits
import Logging

/// Logs as a line of JSON each: time, level, message, and what else is known.
struct JSONLog: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.info
  private let label: String
  private let clock: any WallClock
  private let write: @Sendable (String) -> Void

  init(
    _ label: String, clock: any WallClock,
    write: @escaping @Sendable (String) -> Void = JSONLog.toStandardError
  ) {
    self.label = label
    self.clock = clock
    self.write = write
  }

  /// A log without a reader stops nothing.
  static let toStandardError: @Sendable (String) -> Void = {
    _ = DescriptorWriter.write(Array($0.utf8), to: 2)
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var members: [JSONValue.Member] = [
      .init("time", .string(clock.now().description)),
      .init("level", .string(event.level.rawValue)), .init("logger", .string(label)),
      .init("message", .string(event.message.description)),
    ]
    let all = metadata.merging(event.metadata ?? [:]) { _, own in own }
    for (key, value) in all.sorted(by: { $0.key < $1.key }) {
      members.append(.init(key, .string("\(value)")))
    }
    write(JSONValue.object(members).description + "\n")
  }
}
