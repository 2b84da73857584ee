import CCodec

/// Unpacks one compressed stream piece by piece: however much a few bytes unpack to, no more than
/// ``step`` bytes are held at a time.
///
/// Concatenated gzip members and zstd frames are one stream, as `cat a.gz b.gz` makes them. The
/// class owns the C decoder and frees it; it is used from one thread at a time.
final class Decompressor {
  enum Failure: Error, Equatable {
    /// The bytes are not of this format, or damaged.
    case damaged
    /// The decoder could not get memory.
    case noMemory
  }

  /// The most bytes handed out at a time.
  static let step = 256 * 1024

  private let format: Compression
  private var zlib = z_stream()
  private var zlibOpen = false
  private var zstd: OpaquePointer?
  private var brotli: OpaquePointer?
  private var input: [UInt8] = []
  private var consumed = 0
  private var output = [UInt8](repeating: 0, count: Decompressor.step)
  /// Whether the stream has come to a proper end; more input may begin another member.
  private(set) var ended = false

  init(_ format: Compression) throws(Failure) {
    self.format = format
    switch format {
    case .none: break
    case .gzip, .zlib:
      // 32 + 15: the largest window, gzip or zlib by its header.
      guard
        inflateInit2_(&zlib, 47, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
      else { throw .noMemory }
      zlibOpen = true
    case .zstd:
      guard let context = ZSTD_createDStream() else { throw .noMemory }
      zstd = context
    case .brotli:
      guard let state = BrotliDecoderCreateInstance(nil, nil, nil) else { throw .noMemory }
      brotli = state
    }
  }

  deinit {
    if zlibOpen { inflateEnd(&zlib) }
    if let zstd { ZSTD_freeDStream(zstd) }
    if let brotli { BrotliDecoderDestroyInstance(brotli) }
  }

  /// Takes the next packed bytes. Everything before must have been drawn with ``piece()``.
  func feed(_ bytes: [UInt8]) {
    input = bytes
    consumed = 0
  }

  /// The next unpacked bytes; nil when more input is needed.
  func piece() throws(Failure) -> [UInt8]? {
    switch format {
    case .none:
      defer { consumed = input.count }
      return consumed < input.count ? Array(input[consumed...]) : nil
    case .gzip, .zlib: return try zlibPiece()
    case .zstd: return try zstdPiece()
    case .brotli: return try brotliPiece()
    }
  }

  private func zlibPiece() throws(Failure) -> [UInt8]? {
    while true {
      if ended {
        // Zero bytes behind a member are padding, as gzip itself takes them.
        while consumed < input.count, input[consumed] == 0 { consumed += 1 }
        if consumed == input.count { return nil }
        guard inflateReset(&zlib) == Z_OK else { throw .damaged }
        ended = false
      }
      let before = consumed
      let (status, written) = input.withUnsafeBufferPointer { source in
        output.withUnsafeMutableBufferPointer { target in
          // zlib declares its input pointer without const but never writes through it.
          zlib.next_in = UnsafeMutablePointer(mutating: source.baseAddress.map { $0 + consumed })
          zlib.avail_in = UInt32(source.count - consumed)
          zlib.next_out = target.baseAddress
          zlib.avail_out = UInt32(target.count)
          let status = inflate(&zlib, Z_NO_FLUSH)
          consumed = source.count - Int(zlib.avail_in)
          return (status, target.count - Int(zlib.avail_out))
        }
      }
      switch status {
      case Z_STREAM_END: ended = true
      case Z_OK, Z_BUF_ERROR: break
      case Z_MEM_ERROR: throw .noMemory
      default: throw .damaged
      }
      if written > 0 { return Array(output[..<written]) }
      // Neither read nor written: the decoder waits for input.
      if !ended, consumed == before { return nil }
    }
  }

  private func zstdPiece() throws(Failure) -> [UInt8]? {
    while true {
      let before = consumed
      var written = 0
      let result = input.withUnsafeBufferPointer { source in
        output.withUnsafeMutableBufferPointer { target in
          var inBuffer = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: consumed)
          var outBuffer = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
          let result = ZSTD_decompressStream(zstd, &outBuffer, &inBuffer)
          consumed = inBuffer.pos
          written = outBuffer.pos
          return result
        }
      }
      if ZSTD_isError(result) != 0 { throw .damaged }
      // Asked again after the end of a frame without input, zstd names the size of the next
      // header; only a step that did something says how the frame stands.
      if consumed != before || written > 0 { ended = result == 0 }
      if written > 0 { return Array(output[..<written]) }
      if consumed == before { return nil }
    }
  }

  private func brotliPiece() throws(Failure) -> [UInt8]? {
    if ended {
      // Nothing may follow a Brotli stream.
      if consumed < input.count { throw .damaged }
      return nil
    }
    var written = 0
    let result = input.withUnsafeBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        var availableIn = source.count - consumed
        var nextIn = source.baseAddress.map { $0 + consumed }
        var availableOut = target.count
        var nextOut = target.baseAddress
        let result = BrotliDecoderDecompressStream(
          brotli, &availableIn, &nextIn, &availableOut, &nextOut, nil)
        consumed = source.count - availableIn
        written = target.count - availableOut
        return result
      }
    }
    switch result {
    case BROTLI_DECODER_RESULT_SUCCESS: ended = true
    case BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT, BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT: break
    default: throw .damaged
    }
    return written > 0 ? Array(output[..<written]) : nil
  }
}
