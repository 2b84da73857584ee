import Foundation

/// How much of a product's traffic comes from people whom nobody knows yet.
///
/// A part v of a month's users are visitors: they arrive anonymous, and at the beginning of each of
/// their sessions they sign up or log in with probability p. From then on all they do is
/// identified, as PostHog bills it. A user's sessions in a month are Poisson with mean λ·A, A being
/// the activity (``ActivitySpread``). The j-th session is anonymous with probability (1 − p)^j, so
/// that
///
///     anonymous part = v · (1 − p)/(p·λ) · (1 − E[exp(−λ·p·A)])
///
/// and v for p = 0. Sessions are alike, so this is the part of the events too.
package struct VisitorIdentification: Sendable {
  /// The part of a month's users who arrive anonymous, 0…1.
  package var visitors: Double
  /// The chance to become known at the beginning of a session, 0…1.
  package var chance: Double
  /// Sessions of a user in a month.
  package var sessions: Double
  package var spread: ActivitySpread

  package init(visitors: Double, chance: Double, sessions: Double, spread: ActivitySpread) {
    self.visitors = visitors
    self.chance = chance
    self.sessions = sessions
    self.spread = spread
  }

  /// The part of all sessions, and of all events, that are anonymous.
  package var anonymousShare: Double {
    let p = min(1, max(0, chance))
    let expected = p * sessions
    if expected <= 0 { return visitors * (1 - p) }
    return min(1, visitors * (1 - p) / expected * (1 - spread.spared(at: expected)))
  }

  /// The part of a month's users who become known in it: each makes one `$identify`.
  package var identified: Double { visitors * (1 - spread.spared(at: min(1, chance) * sessions)) }
}
