import Foundation
import GenOpsIngestion
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits

/// Replays files in one pass, an event at a time, as long as that is what a replay of all of them at once
/// would come to: their events are in the order of time, or not far from it, and none lies far from the
/// others.
///
/// Whatever else there is, an event that comes very late, a copy in another file that has no uuid, a file
/// that cannot be read, is left to ``EventFiles``, which holds all events; it reads the files again.
struct EventStream {
  var files: [(path: String, name: String)]
  var columns: [EventPart: String]
  var maxErrors: Int?
  var isLight: Bool
  /// How many events are held where they are not in the order of time: some 20 MB.
  var window = 65_536
  /// The threads that scan; the answer is the same with any number.
  var jobs = 1
  /// Whether copies of an event are dropped.
  var dropsCopies = true
  /// Bytes that a thread scans at a time.
  var blockSize = 512 * 1024

  /// Events that are sorted at once where they go through a file: 20 MiB.
  var runSize = 262_144
  /// Usage that goes beside the events, and how many users there are.
  var terms = ReplayTerms()
  /// Called with the bytes that were read so far.
  var onProgress: (Int64) -> Void = { _ in }

  /// Whether it has to be said which events without a uuid are in several files.
  var tellsRepeated: Bool { dropsCopies && files.count > 1 }

  /// What became of the events; nil when one pass does not tell.
  func replay(_ configuration: AdapterConfiguration) -> EventReplay? {
    // A pipe can be read once.
    guard files.allSatisfy({ EventStream.isRegular($0.path) }) else { return nil }
    if let maker = configuration.factMaker(keepsUUIDs: dropsCopies), serves(maker) {
      return replay([configuration], maker)?.first
    }
    do throws(FindingsError) {
      for held in [0, window] {
        if let replay = try pass(configuration, EventWindow(capacity: held)) { return replay }
      }
      return nil
    } catch { return nil }
  }

  /// The same for several configurations that decide on events by their facts, in one pass.
  func replay(_ configurations: [AdapterConfiguration]) -> [EventReplay]? {
    guard files.allSatisfy({ EventStream.isRegular($0.path) }) else { return nil }
    let makers = configurations.compactMap { $0.factMaker(keepsUUIDs: dropsCopies) }
    guard let first = makers.first, makers.count == configurations.count,
      makers.allSatisfy(first.isLike), makers.allSatisfy(serves)
    else { return nil }
    return replay(configurations, makers.first(where: \.isForSampling) ?? first)
  }

  /// Whether facts tell all. Where a twin's id stands among those that sampling keeps, only its text does.
  private func serves(_ maker: FactMaker) -> Bool {
    !(maker.isForSampling && terms.multiplier?.makesTwins == true)
  }

  private func replay(
    _ configurations: [AdapterConfiguration], _ maker: FactMaker
  ) -> [EventReplay]? {
    var maker = maker
    maker.owners = terms.owners
    let facts = FactStream(stream: self, maker: maker, jobs: jobs)
    do throws(FindingsError) {
      // Holding none is the fastest; where one comes late, that is seen early as a rule.
      for held in [0, window] {
        if let replays = try facts.pass(configurations, holding: held) { return replays }
      }
      return try facts.sorted(configurations)
    } catch { return nil }
  }

  private func pass(
    _ configuration: AdapterConfiguration, _ window: consuming EventWindow<RecordedEvent>
  ) throws(FindingsError) -> EventReplay? {
    var walk = Walk(configuration: configuration, terms: terms)
    for file in files {
      let reader = try EventFiles.reader(
        file, columns: columns, maxErrors: maxErrors, isLight: isLight && terms.owners.isEmpty)
      walk.beginFile()
      while var event = try reader.next() {
        // Only what it is like tells a copy of it in another file.
        if event.event.uuid == nil, tellsRepeated { return nil }
        if !dropsCopies { event.event.uuid = nil }
        walk.note(event)
        if window.holdsNone {
          if try !walk.take(event) { return nil }
        } else if let earliest = window.add(event, at: event.timestamp.microseconds),
          try !walk.take(earliest)
        {
          return nil
        }
      }
      walk.tally.add(reader)
    }
    while let event = window.next() { if try !walk.take(event) { return nil } }
    return try walk.finished()
  }

  /// The events as they come, and what became of them.
  private struct Walk {
    let configuration: AdapterConfiguration
    let terms: ReplayTerms
    var tally = EventFileTally()
    private var count: ReplayCount?
    private var latest = Timestamp(microseconds: .min)
    private var latestOfFile = Timestamp(microseconds: .min)
    private var events = 0
    private var late = 0

    init(configuration: AdapterConfiguration, terms: ReplayTerms) {
      self.configuration = configuration
      self.terms = terms
    }

    mutating func beginFile() { latestOfFile = Timestamp(microseconds: .min) }

    /// Counts an event of the present file that comes behind one that happened after it.
    mutating func note(_ event: RecordedEvent) {
      events += 1
      if event.timestamp < latestOfFile { late += 1 } else { latestOfFile = event.timestamp }
    }

    /// False where the event is before the one before it, or so far behind it that it may be a stray: years are not
    /// walked day by day.
    mutating func take(_ event: RecordedEvent) throws(FindingsError) -> Bool {
      if event.timestamp < latest { return false }
      if count == nil {
        count = try ReplayCount(configuration, first: event.timestamp, terms: terms)
      } else if latest.day.distance(to: event.timestamp.day) > 366 {
        return false
      }
      latest = event.timestamp
      count?.take(event)
      return true
    }

    /// Nil without events, and where some lie far from the others.
    mutating func finished() throws(FindingsError) -> EventReplay? {
      try tally.finish()
      guard let count, let kept = StrayDays(count.counts).kept,
        count.counts.allSatisfy({ kept.contains($0.day) })
      else { return nil }
      tally.tellLate(late, of: events)
      return count.finished(tally)
    }
  }

  private static func isRegular(_ path: String) -> Bool {
    var facts = stat()
    return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG
  }
}
