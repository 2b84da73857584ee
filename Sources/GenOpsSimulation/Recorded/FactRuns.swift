import Foundation
import GenOpsMetering
import GenOpsUnits

/// Puts any number of events in the order of time in bounded memory: sorted runs go to a file without a name,
/// and are merged from there. Events of one instant stay in the order in which they came.
///
/// An event takes ``EventFacts``' 80 bytes of disk. 256 MiB of memory hold the merge of a run for every 64 KiB.
struct FactRuns: ~Copyable {
  /// Events of a run that is merged, and where the rest of it is in the file.
  private struct Run {
    var events: [EventFacts] = []
    var next = 0
    /// Bytes.
    var place: Int
    var end: Int
  }

  private static let stride = MemoryLayout<EventFacts>.stride
  /// Events of a run that are in memory while runs are merged.
  private static let pieceSize = 1024

  private let file: FileHandle
  private let runSize: Int
  private var gathered: [EventFacts] = []
  private var runs: [Run] = []
  private var length = 0
  /// How many events were taken.
  private(set) var count = 0

  /// - Parameter runSize: Events that are sorted in memory at once: 262,144 are 20 MiB.
  /// - Throws: When there is no file to be had.
  init(runSize: Int = 262_144) throws(FindingsError) {
    self.runSize = max(1, runSize)
    let folder = FileManager.default.temporaryDirectory.path
    var path = Array("\(folder)/genops-runs-XXXXXX".utf8CString)
    let descriptor = mkstemp(&path)
    if descriptor < 0 { throw FactRuns.failure(errno) }
    // Nothing is left of it, however the program ends.
    unlink(path)
    file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  /// Takes events, in any order.
  mutating func add(_ events: [EventFacts]) throws(FindingsError) {
    count += events.count
    gathered += events
    if gathered.count >= runSize { try writeRun() }
  }

  /// Hands `body` all events in the order of time, a piece at a time, until it returns false. Called once.
  ///
  /// - Returns: Whether it was given all of them.
  mutating func merge(
    _ body: ([EventFacts]) throws(FindingsError) -> Bool
  ) throws(FindingsError) -> Bool {
    if !gathered.isEmpty { try writeRun() }
    gathered = []
    var heap: [Int] = []
    for run in runs.indices {
      if try fill(run) { rise(run, in: &heap) }
    }
    var ready: [EventFacts] = []
    while let first = heap.first {
      ready.append(runs[first].events[runs[first].next])
      runs[first].next += 1
      var hasMore = runs[first].next < runs[first].events.count
      if !hasMore { hasMore = try fill(first) }
      if !hasMore, let last = heap.popLast(), !heap.isEmpty { heap[0] = last }
      sink(in: &heap)
      if ready.count == 4 * FactRuns.pieceSize {
        if try !body(ready) { return false }
        ready.removeAll(keepingCapacity: true)
      }
    }
    return try body(ready)
  }

  private static func failure(_ code: Int32) -> FindingsError {
    FindingsError(
      "sort-file", "events cannot be sorted on disk: \(String(cString: strerror(code)))",
      help: "make room in the folder for temporary files, or name another one in TMPDIR")
  }

  private mutating func writeRun() throws(FindingsError) {
    let order = gathered.indices.sorted {
      (gathered[$0].microseconds, $0) < (gathered[$1].microseconds, $1)
    }
    let sorted = order.map { gathered[$0] }
    gathered.removeAll(keepingCapacity: true)
    let size = sorted.count * FactRuns.stride
    var problem: Int32 = 0
    sorted.withUnsafeBytes { bytes in
      var done = 0
      while done < size, let start = bytes.baseAddress {
        let written = pwrite(file.fileDescriptor, start + done, size - done, off_t(length + done))
        if written <= 0 {
          if written < 0, errno == EINTR { continue }
          problem = written < 0 ? errno : ENOSPC
          return
        }
        done += written
      }
    }
    if problem != 0 { throw FactRuns.failure(problem) }
    runs.append(Run(place: length, end: length + size))
    length += size
  }

  /// Reads the next events of a run; false when there are none.
  private mutating func fill(_ run: Int) throws(FindingsError) -> Bool {
    let wanted = min(FactRuns.pieceSize * FactRuns.stride, runs[run].end - runs[run].place)
    if wanted == 0 { return false }
    let place = runs[run].place
    var problem: Int32 = 0
    runs[run].events = [EventFacts](
      unsafeUninitializedCapacity: wanted / FactRuns.stride
    ) { buffer, count in
      var done = 0
      while done < wanted, let start = UnsafeMutableRawPointer(buffer.baseAddress) {
        let found = pread(file.fileDescriptor, start + done, wanted - done, off_t(place + done))
        if found <= 0 {
          if found < 0, errno == EINTR { continue }
          problem = found < 0 ? errno : EIO
          break
        }
        done += found
      }
      // A part of an event is never taken for one.
      count = problem == 0 ? wanted / FactRuns.stride : 0
    }
    if problem != 0 { throw FactRuns.failure(problem) }
    runs[run].place += wanted
    runs[run].next = 0
    return true
  }

  /// Of two runs, the one whose next event comes first; of one instant, that of the earlier run.
  private func isBefore(_ a: Int, _ b: Int) -> Bool {
    let (one, other) = (runs[a].events[runs[a].next], runs[b].events[runs[b].next])
    return one.microseconds == other.microseconds ? a < b : one.microseconds < other.microseconds
  }

  private func rise(_ run: Int, in heap: inout [Int]) {
    heap.append(run)
    var place = heap.count - 1
    while place > 0, isBefore(heap[place], heap[(place - 1) / 2]) {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  private func sink(in heap: inout [Int]) {
    var place = 0
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2]
      where child < heap.count && isBefore(heap[child], heap[least]) { least = child }
      if least == place { return }
      heap.swapAt(place, least)
      place = least
    }
  }
}
