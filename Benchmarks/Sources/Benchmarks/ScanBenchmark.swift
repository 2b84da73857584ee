import Foundation
import GenOpsIngestion

/// Recorded events by the scanner: the lines of a file in memory found, checked and counted by team, project,
/// customer, event, day and profile, as DuckDB does it beside; and the reader that `genops replay` uses,
/// from the file to an event each.
func benchmarkScan(path: String) throws {
  let file = try Data(contentsOf: URL(filePath: path), options: .mappedIfSafe)
  let bytes = Double(file.count)
  var counted = (events: 0, groups: 0)
  let alone = medianCPU { keep(Int64(lines(of: file) { _, _ in })) }
  let grouped = medianCPU { counted = groups(of: file) }
  var read = 0
  let reading = medianCPU { read = (try? events(path)) ?? 0 }
  print(
    "  scanner alone: cpu \(text(alone, 3)) s, \(text(bytes / alone / 1e9, 2)) GB/s",
    "  with group-by: cpu \(text(grouped, 3)) s, \(text(bytes / grouped / 1e9, 2)) GB/s, \(counted.events) events, \(counted.groups) groups",
    "  file to events: cpu \(text(reading, 3)) s, \(text(bytes / reading / 1e9, 2)) GB/s, \(read) events",
    separator: "\n")
}

private func events(_ path: String) throws -> Int {
  let reader = try EventReader(lightly: path, name: path)
  while try reader.next() != nil {}
  return reader.tally.events
}

/// Scans each line, and gives `body` those that are one plain object. Their number.
private func lines(
  of file: Data, _ body: (borrowing EventScanner, UnsafeBufferPointer<UInt8>) -> Void
) -> Int {
  file.withUnsafeBytes { (raw: UnsafeRawBufferPointer) -> Int in
    lines(in: raw.bindMemory(to: UInt8.self), body)
  }
}

private func lines(
  in bytes: UnsafeBufferPointer<UInt8>,
  _ body: (borrowing EventScanner, UnsafeBufferPointer<UInt8>) -> Void
) -> Int {
  guard let first = bytes.baseAddress else { return 0 }
  var scanner = EventScanner(
    properties: ["team", "project", "customer_id", "$process_person_profile"])
  var start = 0
  var count = 0
  while start < bytes.count {
    var end = bytes.count
    if let found = memchr(first + start, 10, bytes.count - start) {
      end = UnsafeRawPointer(found) - UnsafeRawPointer(first)
    }
    // The end found is behind the start.
    let line = UnsafeBufferPointer(rebasing: bytes[start..<end])
    if scanner.scan(line) == .object, scanner.isPlain {
      body(scanner, line)
      count += 1
    }
    start = end + 1
  }
  return count
}

/// Events by team, project, customer, name, day and profile. Of a group the table holds a fingerprint.
private func groups(of file: Data) -> (events: Int, groups: Int) {
  var counts: [UInt64: Int] = [:]
  let events = lines(of: file) { scanner, line in
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
    for number in 0..<3 { add(line, scanner.chosen(number).range, to: &hash) }
    add(line, scanner.eventName.range, to: &hash)
    add(line, scanner.timestamp.range.prefix(10), to: &hash)
    mix(UInt64(scanner.chosen(3).kind.rawValue), into: &hash)
    counts[hash, default: 0] += 1
  }
  return (events, counts.count)
}

private func add(_ line: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, to hash: inout UInt64) {
  var place = range.lowerBound
  while place < range.upperBound {
    var word: UInt64 = 0
    for offset in 0..<min(8, range.upperBound - place) {
      word = word << 8 | UInt64(line[place + offset])
    }
    mix(word, into: &hash)
    place += 8
  }
  mix(UInt64(range.count), into: &hash)
}

private func mix(_ word: UInt64, into hash: inout UInt64) {
  hash = (hash ^ word) &* 0xD6E8_FEB8_6659_FD93
  hash ^= hash >> 32
}
