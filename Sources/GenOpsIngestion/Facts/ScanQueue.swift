import Dispatch
import Foundation
import GenOpsMetering
import Synchronization

/// Blocks that wait for a scanner, and those that were scanned. One thread gives blocks, takes results in their
/// order, and scans where it would have to wait; the others only scan.
final class ScanQueue: Sendable {
  /// What a worker made of a block. Each worker numbers names by itself.
  struct Result: Sendable {
    var worker: Int
    var block: ScannedBlock
  }

  private struct State {
    /// In the order of their numbers.
    var waiting: [(number: Int, block: LineBlock)] = []
    var results: [Int: Result] = [:]
    var isOver = false
  }

  private let state = Mutex(State())
  /// Counts ``State/waiting``, and once for each helper when all is over.
  private let work = DispatchSemaphore(value: 0)
  /// Counts what helpers have scanned.
  private let done = DispatchSemaphore(value: 0)
  private let helpers: Int

  /// Starts `helpers` threads, which are workers 1, 2 and so on, until ``stop()``.
  init(helpers: Int, _ maker: FactMaker) {
    self.helpers = helpers
    for worker in 0..<helpers {
      Thread.detachNewThread {
        var scanner = BlockScanner(maker)
        while true {
          self.work.wait()
          guard self.scanOne(&scanner, worker + 1) else { return }
          self.done.signal()
        }
      }
    }
  }

  func add(_ block: LineBlock, number: Int) {
    state.withLock { $0.waiting.append((number, block)) }
    work.signal()
  }

  /// The result of a block that was added. While it is not there, `scanner` takes others, for worker 0.
  func result(_ number: Int, _ scanner: inout BlockScanner) -> Result {
    while true {
      if let result = state.withLock({ $0.results.removeValue(forKey: number) }) { return result }
      if work.wait(timeout: .now()) == .success {
        _ = scanOne(&scanner, 0)
      } else {
        // A helper has it.
        done.wait()
      }
    }
  }

  /// Ends the threads. Results are not asked for any more.
  func stop() {
    state.withLock {
      $0.isOver = true
      $0.waiting = []
    }
    for _ in 0..<helpers { work.signal() }
  }

  /// Scans the block that waits first; false when all is over.
  private func scanOne(_ scanner: inout BlockScanner, _ worker: Int) -> Bool {
    let next = state.withLock { state in
      state.isOver || state.waiting.isEmpty ? nil : state.waiting.removeFirst()
    }
    guard let (number, block) = next else { return false }
    let scanned = scanner.scan(block)
    state.withLock { $0.results[number] = Result(worker: worker, block: scanned) }
    return true
  }
}
