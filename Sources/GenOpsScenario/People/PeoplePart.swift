import GenOpsMetering
package import GenOpsNumerics
package import GenOpsUnits

/// One thing that the people of a stream do, as usage of a mean day.
///
/// A kind is one file with its keys, its formula and an ``example``, and one line in
/// ``PeopleParts``. It draws nothing itself: its ``inputs`` are drawn once per path with all
/// others. The example is what stands under a stream's name; the registry's tests run it.
package protocol PeoplePart: Documented, Sendable {
  /// Reads the value under the kind's name; nil with findings when it is wrong.
  static func read(_ node: Node, _ findings: inout Findings) -> Self?

  /// What must be known of the people.
  var needs: [CrowdFact] { get }

  /// What may be uncertain, constants included.
  var inputs: [UncertainInput] { get }

  /// What it uses. Empty for a kind that changes what others use.
  var outputs: [PeopleOutput] { get }

  /// Units of a mean day for each of ``outputs``, from the values of one path.
  func units(_ crowd: Crowd, _ values: [Double]) -> [Double]

  /// Whether it says which part of the events is identified.
  var decidesIdentified: Bool { get }

  /// That part, 0…1.
  func identifiedShare(_ crowd: Crowd, _ values: [Double]) -> Double

  /// Servers that come with it.
  var pollers: FlagPollers? { get }
}

extension PeoplePart {
  package var outputs: [PeopleOutput] { [] }
  package func units(_ crowd: Crowd, _ values: [Double]) -> [Double] { [] }
  package var decidesIdentified: Bool { false }
  package func identifiedShare(_ crowd: Crowd, _ values: [Double]) -> Double { 1 }
  package var pollers: FlagPollers? { nil }
}
