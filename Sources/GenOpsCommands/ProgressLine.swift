import Foundation
import Synchronization

/// Progress on stderr: a bar on a terminal, else a line for each tenth of work that takes long.
final class ProgressLine: Sendable {
  private struct State {
    var tenth = 0
    var isShown = false
  }
  private let state = Mutex(State())
  private let isTerminal: Bool
  private let isQuiet: Bool
  private let begun = Date()

  init(isQuiet: Bool) {
    self.isQuiet = isQuiet
    isTerminal = isatty(STDERR_FILENO) == 1
  }

  /// `part` runs from 0 to 1. What is done within a second is not worth a line.
  @Sendable func report(_ part: Double) {
    guard !isQuiet, Date().timeIntervalSince(begun) > 1 else { return }
    state.withLock { state in
      let tenth = Int(part * 10)
      guard tenth > state.tenth else { return }
      state.tenth = tenth
      if isTerminal {
        state.isShown = true
        let bar = String(repeating: "█", count: tenth) + String(repeating: "░", count: 10 - tenth)
        Terminal.send("\r\(bar) \(tenth * 10) %", to: .error)
      } else {
        Terminal.send("\(tenth * 10) %\n", to: .error)
      }
    }
  }

  /// Clears the bar.
  func end() {
    state.withLock { if $0.isShown { Terminal.send("\r\u{1B}[K", to: .error) } }
  }
}
