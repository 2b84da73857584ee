import CKernels
import GenOpsUnits

/// The lines of a file, read and unpacked piece by piece: memory is bounded by one line.
final class FileLines {
  struct Line {
    /// Without its end. Empty when ``isTooLong``.
    var bytes: ArraySlice<UInt8>
    /// From 1.
    var number: Int
    /// Longer than ``FileWindow/longest``; it is passed over.
    var isTooLong: Bool
  }

  private let chunks: FileChunks
  private var buffer: [UInt8]
  private var position = 0
  private var number = 0
  private var atEnd = false

  /// `head` was read from `chunks` already.
  init(_ chunks: FileChunks, head: [UInt8] = []) {
    self.chunks = chunks
    buffer = head
  }

  /// The next line; nil at the end of the file.
  func next() throws(FindingsError) -> Line? {
    var searched = position
    var skipping = false
    while true {
      if let end = lineEnd(from: searched) {
        defer { position = end + 1 }
        return line(position..<end, isTooLong: skipping)
      }
      searched = buffer.count
      if buffer.count - position > FileWindow.longest {
        skipping = true
        buffer.removeAll(keepingCapacity: true)
        position = 0
        searched = 0
      }
      if atEnd {
        if position == buffer.count, !skipping { return nil }
        defer { position = buffer.count }
        return line(position..<buffer.count, isTooLong: skipping)
      }
      // Moving the rest forward before every refill keeps the buffer one line and one piece long.
      if position > 0 {
        searched -= position
        buffer.removeSubrange(..<position)
        position = 0
      }
      if let more = try chunks.next() { buffer += more } else { atEnd = true }
    }
  }

  /// Whole lines of about `size` bytes, for ``BlockScanner``; nil at the end of the file. Lines that were taken
  /// by ``next()`` are not among them.
  func block(of size: Int) throws(FindingsError) -> LineBlock? {
    let isFirst = number == 0
    // Each byte is looked at once, however long a line is.
    var lineEnd = lastLineEnd(from: position)
    while !atEnd, buffer.count - position < size || lineEnd == nil {
      if buffer.count - position > FileWindow.longest, lineEnd == nil {
        guard try next() != nil else { return nil }
        return LineBlock(
          bytes: [], isFirst: isFirst, bytesRead: chunks.bytesRead, isTooLong: true)
      }
      if position > 0 {
        buffer.removeSubrange(..<position)
        lineEnd = lineEnd.map { $0 - position }
        position = 0
      }
      buffer.reserveCapacity(size + FileChunks.readSize)
      let before = buffer.count
      if let more = try chunks.next() { buffer += more } else { atEnd = true }
      lineEnd = lastLineEnd(from: before) ?? lineEnd
    }
    if position == buffer.count { return nil }
    // What follows the last end of a line is the beginning of the next block.
    let end = atEnd ? buffer.count : (lineEnd ?? buffer.count - 1) + 1
    var bytes = buffer
    buffer = Array(bytes[end...])
    bytes.removeSubrange(end...)
    if position > 0 { bytes.removeSubrange(..<position) }
    position = 0
    number += 1
    return LineBlock(bytes: bytes, isFirst: isFirst, bytesRead: chunks.bytesRead)
  }

  /// The last end of a line from `start` on, which is at most the length of the buffer.
  private func lastLineEnd(from start: Int) -> Int? {
    buffer[start...].lastIndex(of: UInt8(ascii: "\n"))
  }

  /// The first end of a line from `start` on.
  private func lineEnd(from start: Int) -> Int? {
    buffer.withUnsafeBufferPointer { bytes in
      guard let first = bytes.baseAddress, start < bytes.count else { return nil }
      let place = genops_find_byte(first + start, bytes.count - start, UInt8(ascii: "\n"))
      // The place found lies in the buffer; its length says that there is none.
      return start + Int(place) < bytes.count ? start + Int(place) : nil
    }
  }

  private func line(_ range: Range<Int>, isTooLong: Bool) -> Line {
    number += 1
    var bytes = isTooLong ? [] : buffer[range]
    if bytes.last == UInt8(ascii: "\r") { bytes = bytes.dropLast() }
    if number == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    return Line(bytes: bytes, number: number, isTooLong: isTooLong)
  }
}
