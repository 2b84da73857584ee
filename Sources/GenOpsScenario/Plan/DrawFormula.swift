/// How a number of a path follows from the numbers drawn before it: plain data, so that a plan can
/// be compared and made again elsewhere.
package enum DrawFormula: Sendable {
  /// The mean activity of this path's users.
  case meanActivity(ActivitySpread, users: DrawID, normal: DrawID)
  /// How many equal users would scatter as these do.
  case effectiveUsers(ActivitySpread, users: DrawID)
  /// The units that some outputs of a part make, together.
  case units(PartDraws, outputs: [Int])
  /// The share of one output among those of its meter.
  case share(PartDraws, output: Int, among: [Int])
  /// The identified share of the events, which the part decides.
  case identified(PartDraws)

  /// The value on a path, from the values of the draws before it.
  package func value(_ values: [Double]) -> Double {
    switch self {
    case .meanActivity(let spread, let users, let normal):
      return spread.meanActivity(users: max(0, values[users]), normal: values[normal])
    case .effectiveUsers(let spread, let users):
      return spread.effectiveUsers(max(0, values[users]))
    case .units(let part, let outputs):
      let all = part.units(values)
      return outputs.reduce(0) { $0 + all[$1] }
    case .share(let part, let output, let among):
      let all = part.units(values)
      let sum = among.reduce(0) { $0 + all[$1] }
      return sum > 0 ? all[output] / sum : 0
    case .identified(let part):
      return part.part.identifiedShare(part.crowd.crowd(values), part.inputs.map { values[$0] })
    }
  }
}

/// What people do, with the draws that it looks at.
package struct PartDraws: Sendable {
  var part: any PeoplePart
  var crowd: CrowdDraws
  var inputs: [DrawID]

  /// Units per day, by output of the part.
  func units(_ values: [Double]) -> [Double] {
    part.units(crowd.crowd(values), inputs.map { values[$0] })
  }
}

/// Where the numbers about a stream's people lie among the draws.
struct CrowdDraws: Sendable {
  var users: DrawID?
  var sessions: DrawID?
  var length: DrawID?
  var spread: ActivitySpread
  /// The mean activity of this path's users, where they are unequal.
  var activity: DrawID?
  /// How many equal users would scatter as these do.
  var effectiveUsers: DrawID?

  func crowd(_ values: [Double]) -> Crowd {
    func value(_ draw: DrawID?) -> Double { draw.map { max(0, values[$0]) } ?? 0 }
    return Crowd(
      users: value(users), sessionsPerUser: value(sessions), sessionLength: value(length),
      spread: spread)
  }
}
