import GenOpsMetering
package import GenOpsNumerics
package import GenOpsUnits

/// Something that goes wrong, or an attack, as traffic: what it adds to usage while it lasts.
///
/// A kind is one file with its keys, its formula and an ``example``, and one line in
/// ``TrafficFaults``. It draws nothing itself: its ``inputs``, its date and its length are drawn
/// once per path with all others. What it adds are streams of their own, so that it can be left out
/// of a future and everything else stays as it was: that difference is its cost. The example is an
/// entry of `faults:`, with `fault`, `from` and `lasts`; the registry's tests run it.
package protocol TrafficFault: Documented, Sendable {
  /// What it feeds on.
  static var source: FaultSource { get }

  /// Whether what it makes is taken from what it feeds on, instead of coming on top.
  static var moves: Bool { get }

  /// Reads the kind's own keys; nil with findings when they are wrong.
  static func read(_ keys: inout MappingReader, _ findings: inout Findings) -> Self?

  /// What may be uncertain, constants included.
  var inputs: [UncertainInput] { get }

  /// What it makes out of nothing. Empty for a fault that feeds on streams: it makes what they
  /// make.
  var outputs: [FaultOutput] { get }

  /// What it makes of `base` units of a day's stream (0 for a fault on nothing), acting for the
  /// part `part` of the day, from the values of one path; for the output at `output`.
  func units(_ base: Double, part: Double, output: Int, _ values: [Double]) -> FaultUnits

  /// Days by which the timestamps of its events are off; negative lies in the past.
  func shift(_ values: [Double]) -> Int
}

extension TrafficFault {
  package static var source: FaultSource { .nothing }
  package static var moves: Bool { false }
  package var outputs: [FaultOutput] { [] }
  package func shift(_ values: [Double]) -> Int { 0 }
}
