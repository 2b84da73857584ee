import CKernels
package import GenOpsMetering

/// Numbers for names of events, from 0 in the order in which they came, and for their owners.
package struct EventNames {
  private var numbers: TextNumbers
  /// What metering does with names, by number.
  package private(set) var known: [KnownName] = []
  /// Whose events are, by number; none where nothing of an event says so.
  package private(set) var owners: TextNumbers
  private let maker: FactMaker

  package init(_ maker: FactMaker) {
    self.maker = maker
    numbers = TextNumbers(maker)
    owners = TextNumbers(maker)
  }

  /// By number.
  package var names: [String] { numbers.texts }

  /// The number of the name with these bytes, which are UTF-8.
  package mutating func number(_ name: UnsafeBufferPointer<UInt8>) -> Int32 {
    let number = numbers.number(name)
    if known.count < numbers.texts.count { known.append(maker.known(numbers.texts[known.count])) }
    return number
  }

  package mutating func number(_ name: String) -> Int32 {
    var name = name
    return name.withUTF8 { number($0) }
  }

  /// The number of the owner with this ``OwnerProperties/key(of:)``.
  package mutating func owner(_ key: UnsafeBufferPointer<UInt8>) -> Int32 { owners.number(key) }

  package mutating func owner(_ key: String) -> Int32 {
    var key = key
    return key.withUTF8 { owners.number($0) }
  }
}

/// Numbers for texts, from 0 in the order in which they came.
package struct TextNumbers {
  /// By number.
  package private(set) var texts: [String] = []
  private let maker: FactMaker
  /// The bytes of all texts one after the other, and where each begins; one more at the end.
  private var bytes: [UInt8] = []
  private var starts = [0]
  private var hashes: [UInt64] = []
  /// An open table of numbers, -1 where there is none; at most half full.
  private var slots = [Int32](repeating: -1, count: 256)

  init(_ maker: FactMaker) { self.maker = maker }

  /// The number of the text with these bytes, which are UTF-8.
  mutating func number(_ text: UnsafeBufferPointer<UInt8>) -> Int32 {
    let hash = maker.text(text)
    var place = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[place] >= 0 {
      // A number is an index of all arrays.
      let number = Int(slots[place])
      if hashes[number] == hash, isText(number, text) { return slots[place] }
      place = (place + 1) & (slots.count - 1)
    }
    return add(text, hash, at: place)
  }

  private func isText(_ number: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = starts[number]
    guard starts[number + 1] - start == text.count, let other = text.baseAddress else {
      return starts[number + 1] - start == text.count
    }
    return bytes.withUnsafeBufferPointer { bytes in
      bytes.baseAddress.map { genops_same($0 + start, other, text.count) } ?? false
    }
  }

  private mutating func add(
    _ text: UnsafeBufferPointer<UInt8>, _ hash: UInt64, at place: Int
  ) -> Int32 {
    let number = Int32(truncatingIfNeeded: texts.count)
    texts.append(String(decoding: text, as: UTF8.self))
    bytes += text
    starts.append(bytes.count)
    hashes.append(hash)
    slots[place] = number
    if texts.count * 2 > slots.count { widen() }
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
