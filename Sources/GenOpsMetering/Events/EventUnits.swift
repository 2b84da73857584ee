/// What one event uses: one unit of some meters.
///
/// A byte in place of the ``Usage`` that it stands for, which is two lines of the caches and would be copied
/// with each event; what is decided on is looked up by it.
package struct EventUnits: OptionSet, Sendable, Hashable, BitwiseCopyable {
  package var rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  static let events = EventUnits(rawValue: 1)
  static let identifiedEvents = EventUnits(rawValue: 2)
  static let exceptions = EventUnits(rawValue: 4)
  static let llmEvents = EventUnits(rawValue: 8)
  static let surveyResponses = EventUnits(rawValue: 16)
  static let sessionRecordings = EventUnits(rawValue: 32)
  static let mobileRecordings = EventUnits(rawValue: 64)
  static let groupEvents = EventUnits(rawValue: 128)

  /// The meters by bit, in the order of a usage: what an event is first, then what else it is.
  private static let meters: [Meter] = [
    .events, .identifiedEvents, .exceptions, .llmEvents, .surveyResponses, .sessionRecordings,
    .mobileRecordings, .groupEvents,
  ]

  /// The same as units of meters.
  package var usage: Usage {
    var usage = Usage()
    for (bit, meter) in EventUnits.meters.enumerated() where rawValue & 1 << UInt8(bit) != 0 {
      usage.add(meter)
    }
    return usage
  }
}
