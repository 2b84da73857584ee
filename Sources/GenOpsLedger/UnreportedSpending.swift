import GenOpsAdmission
import GenOpsUnits

/// How much a process that writes in the background has spent that the file does not know of.
///
/// When it is killed, that much counts as spent beside what it reported, so it keeps to a bound: the
/// least of those of its budgets. What it handed over is summed whichever budget it was charged to, which
/// is the safe side.
struct UnreportedSpending {
  /// By budget, in nano-units.
  private var bounds: [String: Int64] = [:]
  /// Of all notes that the writer took, in nano-units.
  private(set) var handed: Int64 = 0
  /// The part of ``handed`` that reports are known to hold.
  private var reported: Int64 = 0
  /// ``handed`` when the report before began.
  private var before: Int64 = 0

  /// Takes over how much may go unreported of the budgets of which more is asked for.
  mutating func bound(_ shares: [LeaseRequest.Share]) {
    for share in shares where share.wantsMore {
      bounds[share.axis.budget] = share.unreported?.nanos
    }
  }

  /// Whether a note that was charged so much may be taken before anything is reported.
  func fits(_ charge: Int64) -> Bool {
    guard charge > 0, let most = bounds.values.min() else { return true }
    return handed.addingClamped(charge).subtractingClamped(reported) <= most
  }

  /// Whether nothing is unreported.
  var isReported: Bool { reported >= handed }

  mutating func hand(_ charge: Int64) { handed = handed.addingClamped(charge) }

  /// A report is written that holds what had been handed over by then.
  mutating func report(_ handed: Int64) { reported = max(reported, handed) }

  /// The present report was put together before this call, and after the last one: it holds what had
  /// been handed over then.
  mutating func beginReport() -> Int64 {
    defer { before = handed }
    return before
  }
}
