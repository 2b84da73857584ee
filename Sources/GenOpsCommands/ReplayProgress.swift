import Foundation
import GenOpsUnits

/// How far a replay is, on a terminal only: bytes, rate and time left on one line of stderr.
final class ReplayProgress {
  private let total: Int64
  private let isShown: Bool
  private let begun = ContinuousClock.now
  private var last = ContinuousClock.now
  private var isWritten = false

  /// `files` are those that will be read.
  init(files: [String], isQuiet: Bool) {
    isShown = !isQuiet && isatty(STDERR_FILENO) == 1
    total = files.reduce(0) { sum, path in
      var facts = stat()
      return stat(path, &facts) == 0 ? sum + Int64(facts.st_size) : sum
    }
  }

  /// Says that `bytes` were read; ten times a second at most.
  func report(_ bytes: Int64) {
    guard isShown, last.duration(to: .now) > .milliseconds(100) else { return }
    last = .now
    isWritten = true
    let text = ReplayProgress.text(bytes, of: total, after: begun.duration(to: last))
    Terminal.send("\r\(text)\u{1B}[K", to: .error)
  }

  /// Clears the line.
  func end() {
    if isWritten { Terminal.send("\r\u{1B}[K", to: .error) }
  }

  /// `1.2 of 3.1 GB · 812 MB/s · 2 s left`, of `total` bytes.
  static func text(_ bytes: Int64, of total: Int64, after time: Duration) -> String {
    let seconds = max(0.001, time / .seconds(1))
    let rate = Double(bytes) / seconds
    let (unit, size) = total >= 1_000_000_000 ? ("GB", 1e9) : ("MB", 1e6)
    func amount(_ value: Double) -> String { String(format: "%.1f", value) }
    let done = amount(Double(bytes) / size)
    let all = total > 0 ? " of \(amount(Double(total) / size))" : ""
    var parts = ["\(done)\(all) \(unit)", "\(amount(rate / 1e6)) MB/s"]
    if total > bytes, rate > 0 {
      parts.append("\(Int64(rounding: (Double(total - bytes) / rate).rounded(.up))) s left")
    }
    return parts.joined(separator: " · ")
  }
}
