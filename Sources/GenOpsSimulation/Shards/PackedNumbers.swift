/// Whole numbers one after the other as their bytes, least first: what a block of futures travels as.
///
/// Nothing says how many there are or how wide they are: who reads them knows that from the plan.
struct PackedWriter {
  private(set) var bytes: [UInt8] = []

  /// Adds each number's bytes.
  mutating func add<Number: FixedWidthInteger>(_ numbers: [Number]) {
    let ordered = Number(1).littleEndian == 1 ? numbers : numbers.map(\.littleEndian)
    ordered.withUnsafeBytes { bytes.append(contentsOf: $0) }
  }

  /// Adds the 64 bits of each number.
  mutating func add(_ numbers: [Double]) { add(numbers.map(\.bitPattern)) }
}

/// Reads what ``PackedWriter`` wrote, in the same order.
struct PackedReader {
  /// There are fewer bytes than are asked for.
  struct TooShort: Error {}

  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Whether every byte was read.
  var isAtEnd: Bool { position == bytes.count }

  /// The next `count` numbers.
  mutating func whole<Number: FixedWidthInteger>(_ count: Int, _ type: Number.Type = Number.self)
    throws(TooShort) -> [Number]
  {
    let (size, isTooMuch) = max(0, count).multipliedReportingOverflow(by: Number.bitWidth / 8)
    guard !isTooMuch, size <= bytes.count - position else { throw TooShort() }
    if size == 0 { return [] }
    // The slice lies within the bytes by the line above.
    let slice = bytes[position..<position + size]
    position += size
    let numbers = [Number](unsafeUninitializedCapacity: count) { buffer, filled in
      UnsafeMutableRawBufferPointer(buffer).copyBytes(from: slice)
      filled = count
    }
    return Number(1).littleEndian == 1 ? numbers : numbers.map { Number(littleEndian: $0) }
  }

  /// The next `count` binary numbers.
  mutating func doubles(_ count: Int) throws(TooShort) -> [Double] {
    try whole(count, UInt64.self).map { Double(bitPattern: $0) }
  }
}
