package import GenOpsMetering
package import GenOpsUnits

/// The events of a file as facts, block by block in the order of the file; scanned by several threads, whose
/// number changes nothing.
package final class FactReader {
  /// What is done with events: false ends the reading.
  package typealias Body = ([EventFacts], EventNames) throws(FindingsError) -> Bool

  /// Counts, findings and whatever is not scanned.
  package let reader: EventReader
  /// The bytes of the file that the events so far took.
  package private(set) var bytesRead: Int64 = 0
  private let maker: FactMaker
  private let blockSize: Int
  private let form: (UsageEvent) -> UsageEvent?
  /// The lines before the present block.
  private var linesBefore = 0
  /// By worker, what its numbers of names are among all.
  private var numbers: [[Int32]] = []
  /// The same of its numbers of owners.
  private var owners: [[Int32]] = []

  /// - Parameters:
  ///   - path: Where the file is.
  ///   - name: The file as the user named it, for findings.
  ///   - columns: What the columns of a table are called that are not found by their titles.
  ///   - maxErrors: The most malformed elements before ``read(_:jobs:_:)`` throws; nil for no limit.
  ///   - maker: Makes facts.
  ///   - blockSize: The bytes that a thread scans at a time.
  ///   - form: An event as PostHog takes it; nil for one that it refuses, which ends the reading.
  /// - Throws: When the file cannot be opened.
  package init(
    path: String, name: String, columns: [EventPart: String], maxErrors: Int?, maker: FactMaker,
    blockSize: Int = 512 * 1024, form: @escaping (UsageEvent) -> UsageEvent?
  ) throws(FindingsError) {
    reader = try EventReader(
      lightly: path, name: name, columns: columns, maxErrors: maxErrors, keeping: maker.owners.names
    )
    self.maker = maker
    self.blockSize = blockSize
    self.form = form
  }

  /// Reads the file to its end. Called once.
  ///
  /// - Parameters:
  ///   - names: The numbers of names; further ones are added.
  ///   - jobs: The threads that scan.
  ///   - body: Called with events in the order of the file, and with all names so far.
  /// - Returns: Whether it came to the end of the file.
  /// - Throws: When the file cannot be read or has too many malformed elements, and what `body` throws.
  package func read(
    _ names: inout EventNames, jobs: Int, _ body: Body
  ) throws(FindingsError) -> Bool {
    guard let lines = try reader.scannedLines() else { return try readEvents(&names, body) }
    let isWhole =
      jobs > 1
      ? try readTogether(lines, &names, jobs, body) : try readAlone(lines, &names, body)
    if isWhole { reader.finish() }
    return isWhole
  }

  /// What is not a record on each line goes through the exact parser.
  private func readEvents(_ names: inout EventNames, _ body: Body) throws(FindingsError) -> Bool {
    var facts: [EventFacts] = []
    while let event = try reader.next() {
      guard let fact = self.facts(of: event.event, &names) else { return false }
      facts.append(fact)
      if facts.count == 4096 {
        bytesRead = reader.bytesRead
        if try !body(facts, names) { return false }
        facts.removeAll(keepingCapacity: true)
      }
    }
    return try body(facts, names)
  }

  private func readAlone(
    _ lines: LineRecords, _ names: inout EventNames, _ body: Body
  ) throws(FindingsError) -> Bool {
    var scanner = BlockScanner(maker)
    numbers = [[]]
    owners = [[]]
    while let block = try lines.block(of: blockSize) {
      guard let facts = try merged(scanner.scan(block), 0, lines, &names) else { return false }
      if try !body(facts, names) { return false }
    }
    return true
  }

  /// Some blocks ahead are read here and scanned by all threads, in their order; this one walks them.
  private func readTogether(
    _ lines: LineRecords, _ names: inout EventNames, _ jobs: Int, _ body: Body
  ) throws(FindingsError) -> Bool {
    numbers = [[Int32]](repeating: [], count: jobs)
    owners = numbers
    var scanner = BlockScanner(maker)
    let queue = ScanQueue(helpers: jobs - 1, maker)
    defer { queue.stop() }
    var given = 0
    var walked = 0
    var isRead = false
    while true {
      while !isRead, given - walked < FactReader.blocksAhead * jobs {
        guard let block = try lines.block(of: blockSize) else {
          isRead = true
          break
        }
        queue.add(block, number: given)
        given += 1
      }
      if walked == given { return true }
      let result = queue.result(walked, &scanner)
      walked += 1
      guard let facts = try merged(result.block, result.worker, lines, &names) else {
        return false
      }
      if try !body(facts, names) { return false }
    }
  }

  /// Blocks that are read ahead for each thread.
  private static let blocksAhead = 4

  /// All events of a block, with their names' numbers among all names, in the order of the file. Nil when one is
  /// refused by PostHog. Blocks are given in the order of the file.
  private func merged(
    _ block: ScannedBlock, _ worker: Int, _ lines: LineRecords, _ names: inout EventNames
  ) throws(FindingsError) -> [EventFacts]? {
    for name in block.newNames { numbers[worker].append(names.number(name)) }
    for owner in block.newOwners { owners[worker].append(names.owner(owner)) }
    defer { linesBefore += block.lineCount }
    bytesRead = block.bytesRead
    var scanned = block.facts
    let own = numbers[worker]
    if own.indices.contains(where: { own[$0] != Int32(truncatingIfNeeded: $0) }) {
      // A number that the worker gave is an index of its numbers.
      for place in scanned.indices { scanned[place].name = own[Int(scanned[place].name)] }
    }
    if !owners[worker].isEmpty {
      let own = owners[worker]
      // A number that the worker gave is an index of its numbers.
      for place in scanned.indices { scanned[place].owner = own[Int(scanned[place].owner)] }
    }
    if block.left.isEmpty {
      note(scanned[...])
      return scanned
    }
    var all: [EventFacts] = []
    all.reserveCapacity(scanned.count + block.left.count)
    var done = 0
    for (factsBefore, line) in block.left {
      // The scanner counts up.
      note(scanned[done..<factsBefore])
      all += scanned[done..<factsBefore]
      done = factsBefore
      var line = line
      line.number += linesBefore + 1
      for element in lines.elements(of: line) {
        guard let event = try reader.take(element) else { continue }
        guard let facts = self.facts(of: event.event, &names) else { return nil }
        all.append(facts)
      }
    }
    note(scanned[done...])
    all += scanned[done...]
    return all
  }

  private func note(_ facts: ArraySlice<EventFacts>) {
    guard let last = facts.last else { return }
    reader.noteScanned(facts.count, last: Timestamp(microseconds: last.microseconds))
  }

  private func facts(of event: UsageEvent, _ names: inout EventNames) -> EventFacts? {
    guard let formed = form(event) else { return nil }
    let number = names.number(formed.name)
    // A number is an index.
    var facts = maker.facts(of: formed, names.known[Int(number)])
    facts.name = number
    if !maker.owners.isEmpty { facts.owner = names.owner(maker.owners.key(of: formed.properties)) }
    return facts
  }
}
