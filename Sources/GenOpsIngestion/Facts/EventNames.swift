import CKernels
package import GenOpsMetering

/// Numbers for names of events, from 0 in the order in which they came.
package struct EventNames {
  /// By number.
  package private(set) var names: [String] = []
  /// What metering does with them, by number.
  package private(set) var known: [KnownName] = []
  private let maker: FactMaker
  /// The bytes of all names one after the other, and where each begins; one more at the end.
  private var bytes: [UInt8] = []
  private var starts = [0]
  private var hashes: [UInt64] = []
  /// An open table of numbers, -1 where there is none; at most half full.
  private var slots = [Int32](repeating: -1, count: 256)

  package init(_ maker: FactMaker) { self.maker = maker }

  /// The number of the name with these bytes, which are UTF-8.
  package mutating func number(_ name: UnsafeBufferPointer<UInt8>) -> Int32 {
    let hash = maker.text(name)
    var place = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[place] >= 0 {
      // A number is an index of all arrays.
      let number = Int(slots[place])
      if hashes[number] == hash, isName(number, name) { return slots[place] }
      place = (place + 1) & (slots.count - 1)
    }
    return add(name, hash, at: place)
  }

  package mutating func number(_ name: String) -> Int32 {
    var name = name
    return name.withUTF8 { number($0) }
  }

  private func isName(_ number: Int, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = starts[number]
    guard starts[number + 1] - start == name.count, let other = name.baseAddress else {
      return starts[number + 1] - start == name.count
    }
    return bytes.withUnsafeBufferPointer { bytes in
      bytes.baseAddress.map { genops_same($0 + start, other, name.count) } ?? false
    }
  }

  private mutating func add(
    _ name: UnsafeBufferPointer<UInt8>, _ hash: UInt64, at place: Int
  ) -> Int32 {
    let text = String(decoding: name, as: UTF8.self)
    let number = Int32(truncatingIfNeeded: names.count)
    names.append(text)
    known.append(maker.known(text))
    bytes += name
    starts.append(bytes.count)
    hashes.append(hash)
    slots[place] = number
    if names.count * 2 > slots.count { widen() }
    return number
  }

  private mutating func widen() {
    slots = [Int32](repeating: -1, count: slots.count * 4)
    for (number, hash) in hashes.enumerated() {
      var place = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[place] >= 0 { place = (place + 1) & (slots.count - 1) }
      slots[place] = Int32(truncatingIfNeeded: number)
    }
  }
}
