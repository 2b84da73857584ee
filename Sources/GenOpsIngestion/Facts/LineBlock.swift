import CKernels
import GenOpsMetering

/// Whole lines of a file, one after the other.
struct LineBlock {
  /// With the ends of all lines but perhaps the last one of the file.
  var bytes: [UInt8]
  /// Whether it begins the file.
  var isFirst: Bool
  /// The bytes of the file that were read when it was cut off.
  var bytesRead: Int64
  /// Whether it stands for one line that is longer than ``FileWindow/longest``.
  var isTooLong = false
}

/// What a scanner made of a block.
struct ScannedBlock {
  /// The events that it could tell, in their order.
  var facts: [EventFacts] = []
  /// The lines that only the exact parser can tell: how many facts come before each, and its number within
  /// the block, from 0.
  var left: [(factsBefore: Int, line: FileLines.Line)] = []
  /// The names of events whose numbers first occur in it, in the order of their numbers.
  var newNames: [String] = []
  /// The same of their owners.
  var newOwners: [String] = []
  var lineCount = 0
  /// Of the file, up to the block's end or a little more.
  var bytesRead: Int64 = 0
}

/// Scans blocks of one file. It is used from one thread at a time.
struct BlockScanner: ~Copyable {
  private var scanner: EventScanner
  private var names: EventNames
  private let maker: FactMaker

  init(_ maker: FactMaker) {
    self.maker = maker
    scanner = EventScanner(properties: maker.owners.names)
    names = EventNames(maker)
  }

  mutating func scan(_ block: LineBlock) -> ScannedBlock {
    var scanned = ScannedBlock()
    scanned.bytesRead = block.bytesRead
    if block.isTooLong {
      scanned.left.append((0, FileLines.Line(bytes: [], number: 0, isTooLong: true)))
      scanned.lineCount = 1
      return scanned
    }
    let namesBefore = names.names.count
    let ownersBefore = names.owners.texts.count
    scanned.facts.reserveCapacity(block.bytes.count / 400)
    block.bytes.withUnsafeBufferPointer { bytes in
      guard let first = bytes.baseAddress else { return }
      var start = 0
      if block.isFirst, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
      while start < bytes.count {
        // The place found lies in the block; the rest of it says that there is none.
        // At most as many as there are bytes, which fits.
        let length = Int(genops_find_byte(first + start, bytes.count - start, UInt8(ascii: "\n")))
        let line = UnsafeBufferPointer(start: first + start, count: length)
        if scanner.scan(line) == .object,
          let facts = scanner.facts(in: line, maker: maker, names: &names)
        {
          scanned.facts.append(facts)
        } else {
          // The line lies in the block.
          var slice = block.bytes[start..<start + length]
          if slice.last == UInt8(ascii: "\r") { slice = slice.dropLast() }
          scanned.left.append(
            (
              scanned.facts.count,
              FileLines.Line(bytes: slice, number: scanned.lineCount, isTooLong: false)
            ))
        }
        scanned.lineCount += 1
        start += length + 1
      }
    }
    // Names are only added.
    scanned.newNames = Array(names.names[namesBefore...])
    scanned.newOwners = Array(names.owners.texts[ownersBefore...])
    return scanned
  }
}
