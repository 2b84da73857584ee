import CCodec

/// Packs a stream piece by piece, as gzip or zstd: the other direction of ``Decompressor``.
///
/// Both at the level that costs the least time: a day of events takes as long to pack as to make.
final class Compressor {
  /// The bytes that the encoder hands out at a time.
  private static let step = 256 * 1024

  private let format: Compression
  private var zlib = z_stream()
  private var zlibOpen = false
  private var zstd: OpaquePointer?
  private var output = [UInt8](repeating: 0, count: Compressor.step)

  /// Nil where there is no memory, and for forms that are only read.
  init?(_ format: Compression) {
    self.format = format
    switch format {
    case .none: break
    case .gzip:
      // 16 more than the window bits ask for gzip's frame instead of zlib's.
      guard
        deflateInit2_(
          &zlib, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
          Int32(MemoryLayout<z_stream>.size)) == Z_OK
      else { return nil }
      zlibOpen = true
    case .zstd:
      guard let context = ZSTD_createCStream() else { return nil }
      zstd = context
      if ZSTD_isError(ZSTD_initCStream(context, 1)) != 0 { return nil }
    case .zlib, .brotli: return nil
    }
  }

  deinit {
    if zlibOpen { deflateEnd(&zlib) }
    if let zstd { ZSTD_freeCStream(zstd) }
  }

  /// Packs the next bytes; `send` is called with what is ready. With `isLast` the stream is ended.
  /// - Returns: False when the encoder fails, such as for lack of memory.
  func pack<E: Error>(
    _ bytes: [UInt8], isLast: Bool, _ send: (ArraySlice<UInt8>) throws(E) -> Void
  ) throws(E) -> Bool {
    switch format {
    case .none, .zlib, .brotli:
      try send(bytes[...])
      return true
    case .gzip: return try deflated(bytes, isLast, send)
    case .zstd: return try zstdPacked(bytes, isLast, send)
    }
  }

  private func deflated<E: Error>(
    _ bytes: [UInt8], _ isLast: Bool, _ send: (ArraySlice<UInt8>) throws(E) -> Void
  ) throws(E) -> Bool {
    var taken = 0
    while true {
      let (status, written) = bytes.withUnsafeBufferPointer { source in
        output.withUnsafeMutableBufferPointer { target in
          // zlib declares its input pointer without const but never writes through it.
          zlib.next_in = UnsafeMutablePointer(mutating: source.baseAddress.map { $0 + taken })
          zlib.avail_in = UInt32(clamping: source.count - taken)
          zlib.next_out = target.baseAddress
          zlib.avail_out = UInt32(clamping: target.count)
          let given = zlib.avail_in
          let status = deflate(&zlib, isLast ? Z_FINISH : Z_NO_FLUSH)
          taken += Int(given - zlib.avail_in)
          return (status, target.count - Int(zlib.avail_out))
        }
      }
      guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else { return false }
      if written > 0 { try send(output[..<written]) }
      if status == Z_STREAM_END { return true }
      if taken == bytes.count, !isLast, written < output.count { return true }
      // Nothing more can be done, and it should be: the encoder is stuck.
      if status == Z_BUF_ERROR, written == 0 { return taken == bytes.count && !isLast }
    }
  }

  private func zstdPacked<E: Error>(
    _ bytes: [UInt8], _ isLast: Bool, _ send: (ArraySlice<UInt8>) throws(E) -> Void
  ) throws(E) -> Bool {
    var taken = 0
    while true {
      var written = 0
      let left = bytes.withUnsafeBufferPointer { source in
        output.withUnsafeMutableBufferPointer { target in
          var inBuffer = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: taken)
          var outBuffer = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
          let left = ZSTD_compressStream2(
            zstd, &outBuffer, &inBuffer, isLast ? ZSTD_e_end : ZSTD_e_continue)
          taken = inBuffer.pos
          written = outBuffer.pos
          return left
        }
      }
      if ZSTD_isError(left) != 0 { return false }
      if written > 0 { try send(output[..<written]) }
      if isLast ? left == 0 : taken == bytes.count { return true }
    }
  }
}
