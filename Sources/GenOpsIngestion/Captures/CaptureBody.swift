import Foundation

/// The body of a capture request, unpacked: gzip, zlib, zstd or brotli by the header, by the query or by its
/// first bytes; base64; a form with `data=`.
///
/// Sources: PostHog, `rust/capture/src/payload`; posthog-js, `request.ts` (gzip as `text/plain` without any word
/// of it, base64 in a form). `lz64` of very old browsers is not read.
package enum CaptureBody {
  /// Why a body is not read.
  package enum Failure: Error, Equatable {
    /// It unpacks to more bytes than are taken.
    case tooLarge(Int)
    /// It is damaged, or not what its headers say.
    case undecodable(String)
    /// A compression that is not known here.
    case unsupported(String)
  }

  /// - Parameters:
  ///   - bytes: As they came.
  ///   - encoding: `Content-Encoding`.
  ///   - compression: What the query says.
  ///   - most: The most bytes that come out.
  /// - Returns: JSON, as far as can be told without reading it.
  /// - Throws: Why it is not read.
  package static func unpack(
    _ bytes: [UInt8], encoding: String? = nil, compression: String? = nil, most: Int
  ) throws(Failure) -> [UInt8] {
    var bytes = bytes
    if let encoding = encoding?.lowercased(), !encoding.isEmpty, encoding != "identity" {
      bytes = try inflate(bytes, format(encoding), most: most)
    }
    if compression?.lowercased() == "lz64" { throw .unsupported("lz64") }
    bytes = try sniffed(bytes, most: most)
    if bytes.starts(with: Array("data=".utf8)) { bytes = form(bytes[5...]) }
    // Twice: base64 of gzip, and gzip of base64.
    for _ in 0..<2 {
      if let first = bytes.first(where: { !isSpace($0) }),
        first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
          || bytes.starts(with: [0xEF, 0xBB])
      {
        break
      }
      guard let decoded = base64(bytes), !decoded.isEmpty else {
        throw .undecodable("the body is neither JSON nor packed JSON")
      }
      bytes = try sniffed(decoded, most: most)
    }
    if bytes.count > most { throw .tooLarge(most) }
    return bytes
  }

  private static func format(_ encoding: String) throws(Failure) -> Compression {
    switch encoding {
    case "gzip", "x-gzip": return .gzip
    case "deflate": return .zlib
    case "zstd": return .zstd
    case "br": return .brotli
    default: throw .unsupported(encoding)
    }
  }

  private static func sniffed(_ bytes: [UInt8], most: Int) throws(Failure) -> [UInt8] {
    bytes.starts(with: [0x1F, 0x8B]) ? try inflate(bytes, .gzip, most: most) : bytes
  }

  /// Unpacks piece by piece, so that a bomb is found out before it is large.
  static func inflate(_ bytes: [UInt8], _ format: Compression, most: Int) throws(Failure) -> [UInt8]
  {
    do {
      let decompressor = try Decompressor(format)
      decompressor.feed(bytes)
      var out: [UInt8] = []
      while let piece = try decompressor.piece() {
        out += piece
        if out.count > most { throw Failure.tooLarge(most) }
      }
      guard decompressor.ended else { throw Failure.undecodable("the \(format) body is cut off") }
      return out
    } catch let failure as Failure {
      throw failure
    } catch {
      throw .undecodable("the body is not \(format)")
    }
  }

  /// A value of a form: `%XX`, and `+` for a space, which base64 means as itself.
  private static func form(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    let value = bytes.prefix { $0 != UInt8(ascii: "&") }
    var out: [UInt8] = []
    out.reserveCapacity(value.count)
    var position = value.startIndex
    while position < value.endIndex {
      let byte = value[position]
      if byte == UInt8(ascii: "%"), position + 2 < value.endIndex,
        let high = hex(value[position + 1]), let low = hex(value[position + 2])
      {
        out.append(high << 4 | low)
        position += 3
      } else {
        out.append(byte)
        position += 1
      }
    }
    return out
  }

  private static func hex(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70: byte - 55
    case 97...102: byte - 87
    default: nil
    }
  }

  /// Some clients leave the padding out, some mangle `+` to a space.
  private static func base64(_ bytes: [UInt8]) -> [UInt8]? {
    var text = bytes.compactMap { byte -> UInt8? in
      switch byte {
      case 32: UInt8(ascii: "+")
      case 9, 10, 13: nil
      case UInt8(ascii: "-"): UInt8(ascii: "+")
      case UInt8(ascii: "_"): UInt8(ascii: "/")
      default: byte
      }
    }
    while text.last == UInt8(ascii: "=") { text.removeLast() }
    while text.count % 4 != 0 { text.append(UInt8(ascii: "=")) }
    return Data(base64Encoded: Data(text)).map { Array($0) }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 32 || byte == 9 || byte == 10 || byte == 13
  }
}
