/// A fault, resolved against the streams: the draws it needs and the streams it makes.
package struct PlanFault: Sendable {
  package var name: String
  package var fault: any TrafficFault
  package var from: DrawID
  package var lasts: DrawID
  package var inputs: [DrawID]
  package var streams: [Made]

  /// A stream that a fault makes.
  package struct Made: Sendable {
    package var stream: StreamID
    /// The stream it feeds on; nil for a fault on nothing.
    package var base: StreamID?
    package var output: Int
  }
}
