import Foundation
import GenOpsHistory
import GenOpsMetering
package import GenOpsNumerics
package import GenOpsUnits

/// Session recordings: a part of the sessions is recorded, and those shorter than the minimum are
/// not sent. Lengths of sessions are exponential.
///
///     recordings a day = sessions a day · sampling · exp(−minimum / mean length)
package struct SampledRecordings: PeoplePart {
  package static let name = "recordings"
  package static let summary = "session recordings with sampling and a minimum duration"
  package static let example = """
    users: 20k to 30k
    sessions: 6 to 10 per user per month
    session_length: 4 min
    recordings: {sampling: 20% to 30%, minimum: 10 s, mobile: 30%}
    """

  package static let manual = KindManual(
    "recordings a day = users · sessions a day · sampling · exp(-minimum / session_length)",
    [
      "sampling": "the part of sessions that is recorded, %",
      "minimum": "shorter sessions are not sent, such as 10 s",
      "mobile": "the part that comes from mobile apps, a meter of its own, %",
    ])

  package var sampling: UncertainValue
  /// Seconds; 0 keeps all.
  package var minimum: Double
  /// The part that comes from mobile apps, a meter of its own.
  package var mobile: UncertainValue

  package static func read(_ node: Node, _ findings: inout Findings) -> SampledRecordings? {
    var keys = MappingReader(node, "recordings", &findings)
    let samplingNode = keys.required("sampling", example: "sampling: 25%", &findings)
    let minimumNode = keys.take("minimum")
    let mobileNode = keys.take("mobile")
    keys.finish(&findings)
    let sampling = samplingNode.flatMap {
      Quantity.share($0, "the recorded part", example: "sampling: 25%", &findings)
    }
    let minimum =
      minimumNode == nil
      ? 0
      : minimumNode.flatMap {
        Quantity.seconds($0, "the minimum duration", example: "minimum: 10 s", &findings)
      }
    let mobile =
      mobileNode == nil
      ? .constant(0)
      : mobileNode.flatMap {
        Quantity.share($0, "the mobile part", example: "mobile: 30%", &findings)
      }
    guard let sampling, let minimum, let mobile else { return nil }
    return SampledRecordings(sampling: sampling, minimum: minimum, mobile: mobile)
  }

  private var hasMobile: Bool { mobile != .constant(0) }

  package var needs: [CrowdFact] {
    [.users, .sessions] + (minimum > 0 ? [.sessionLength] : [])
  }
  package var inputs: [UncertainInput] {
    [UncertainInput("sampling", sampling), UncertainInput("mobile", mobile)]
  }
  package var outputs: [PeopleOutput] {
    [PeopleOutput(.sessionRecordings)] + (hasMobile ? [PeopleOutput(.mobileRecordings)] : [])
  }

  package func units(_ crowd: Crowd, _ values: [Double]) -> [Double] {
    let long = minimum > 0 ? exp(-minimum / max(crowd.sessionLength, 1e-9)) : 1
    let all = crowd.sessions * min(1, max(0, values[0])) * long
    let mobile = all * min(1, max(0, values[1]))
    return hasMobile ? [all - mobile, mobile] : [all]
  }
}
