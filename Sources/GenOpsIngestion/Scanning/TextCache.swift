import CKernels

/// Texts that come again and again, such as names of events: a text that was made before is not made
/// once more. A fixed number of places, so that a file in which all are different stays as it is.
struct TextCache {
  private static let placeCount = 256
  private static let longest = 200
  private var bytes = [[UInt8]](repeating: [], count: placeCount)
  private var texts = [String](repeating: "", count: placeCount)

  /// The text with these bytes, which are UTF-8.
  mutating func text(_ slice: UnsafeBufferPointer<UInt8>) -> String {
    let count = slice.count
    guard let start = slice.baseAddress, count > 0, count <= TextCache.longest else {
      return String(decoding: slice, as: UTF8.self)
    }
    let mixed =
      UInt32(start[0]) &* 31 &+ UInt32(start[count - 1]) &* 131 &+ UInt32(start[count >> 1]) &* 7
      &+ UInt32(truncatingIfNeeded: count) &* 61
    let place = Int(mixed) & (TextCache.placeCount - 1)
    let isKnown = bytes[place].withUnsafeBufferPointer { known in
      guard known.count == count, let known = known.baseAddress else { return false }
      return genops_same(known, start, count)
    }
    if isKnown { return texts[place] }
    bytes[place] = Array(slice)
    texts[place] = String(decoding: slice, as: UTF8.self)
    return texts[place]
  }
}
