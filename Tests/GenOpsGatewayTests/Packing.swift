import CCodec

/// gzip by zlib itself, so that what unpacks in the program is not tested with itself.
enum Packing {
  static func gzip(_ bytes: [UInt8]) -> [UInt8] { deflate(bytes, window: 31) }

  /// `deflate` of HTTP: a zlib stream.
  static func zlib(_ bytes: [UInt8]) -> [UInt8] { deflate(bytes, window: 15) }

  private static func deflate(_ bytes: [UInt8], window: Int32) -> [UInt8] {
    var stream = z_stream()
    guard
      deflateInit2_(
        &stream, 9, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return [] }
    defer { deflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: bytes.count + 1024)
    input.withUnsafeMutableBufferPointer { from in
      output.withUnsafeMutableBufferPointer { to in
        stream.next_in = from.baseAddress
        stream.avail_in = uInt(from.count)
        stream.next_out = to.baseAddress
        stream.avail_out = uInt(to.count)
        _ = CCodec.deflate(&stream, Z_FINISH)
      }
    }
    return Array(output.prefix(Int(stream.total_out)))
  }

  static func gunzip(_ packed: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    guard inflateInit2_(&stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return [] }
    defer { inflateEnd(&stream) }
    var input = packed
    var output = [UInt8](repeating: 0, count: max(1024, packed.count * 1100))
    input.withUnsafeMutableBufferPointer { from in
      output.withUnsafeMutableBufferPointer { to in
        stream.next_in = from.baseAddress
        stream.avail_in = uInt(from.count)
        stream.next_out = to.baseAddress
        stream.avail_out = uInt(to.count)
        _ = inflate(&stream, Z_FINISH)
      }
    }
    return Array(output.prefix(Int(stream.total_out)))
  }
}
