import Foundation
import GenOpsUnits

/// The bytes of a file in pieces, unpacked when the file is compressed.
///
/// It is read from one thread at a time.
final class FileChunks {
  /// The bytes read from the file at a time.
  static let readSize = 256 * 1024

  private let read: () throws(FileBytes.Failure) -> [UInt8]?
  private let name: String
  private var decompressor: Decompressor?
  private var started = false
  private var finished = false
  private var unpackedAny = false
  /// What is said when the packed stream ends early or is damaged. The bytes before it are good.
  private(set) var damage: Finding?
  private(set) var compression: Compression = .none
  private(set) var sawBytes = false
  /// The bytes of the file that were read, packed ones where it is packed.
  private(set) var bytesRead: Int64 = 0

  /// Opens the file at `path`, which the user named `name`. One with more bytes than `limit` is refused
  /// before it is read.
  init(path: String, name: String, atMost limit: Int = .max) throws(FindingsError) {
    let file: FileHandle
    do throws(FileBytes.Failure) {
      file = FileHandle(
        fileDescriptor: try FileBytes.opened(path, atMost: limit), closeOnDealloc: true)
    } catch { throw FileChunks.finding(error, name: name) }
    self.name = name
    read = { () throws(FileBytes.Failure) in
      try FileBytes.piece(of: file.fileDescriptor, atMost: FileChunks.readSize)
    }
  }

  /// The same over bytes in memory, handed out `size` at a time.
  init(_ bytes: [UInt8], name: String, pieces size: Int = .max) {
    self.name = name
    var rest = bytes[...]
    read = { () throws(FileBytes.Failure) in
      if rest.isEmpty { return nil }
      defer { rest = rest.dropFirst(size) }
      return Array(rest.prefix(size))
    }
  }

  /// The findings have no place: there is no line to go to, and who read the path knows where it
  /// stands.
  private static func finding(_ failure: FileBytes.Failure, name: String) -> FindingsError {
    switch failure {
    case .missing(let near):
      FindingsError(findings: Findings([FileBytes.missing(name, near: near)]))
    case .isFolder:
      FindingsError("file-directory", "'\(name)' is a directory", help: "name the file in it")
    case .unreadable(let why):
      FindingsError(
        "file-unreadable", "'\(name)' cannot be read: \(why)",
        help: "check its permissions, or copy it to a local disk")
    case .larger(let limit): tooLarge(name, limit)
    }
  }

  /// The finding for a file that has more bytes than `limit`, packed or unpacked.
  static func tooLarge(_ name: String, _ limit: Int) -> FindingsError {
    FindingsError(
      "file-too-large", "'\(name)' is larger than \(limit >> 20) MB",
      help: "split it, or name recorded events under replay: instead",
      at: SourceLocation(file: name, line: 1, column: 1))
  }

  /// The next piece; nil at the end.
  func next() throws(FindingsError) -> [UInt8]? {
    while !finished {
      if let piece = unpacked() { return piece }
      if finished { break }
      let raw = try readRaw()
      if !started { try start(raw) }
      if finished { break }
      if raw.isEmpty {
        finished = true
        if let decompressor, !decompressor.ended, sawBytes {
          damage = cutOff
        } else if compression == .brotli, sawBytes, !unpackedAny {
          // Brotli has no mark: a few random bytes can read as its end.
          damage = binary
        }
        break
      }
      guard let decompressor else { return raw }
      decompressor.feed(raw)
    }
    return nil
  }

  /// Looks at the first bytes to find out how the file is packed.
  private func start(_ raw: [UInt8]) throws(FindingsError) {
    started = true
    sawBytes = !raw.isEmpty
    if raw.starts(with: [0xFF, 0xFE]) || raw.starts(with: [0xFE, 0xFF]) {
      finished = true
      damage = utf16
      return
    }
    if FileChunks.isHTML(raw) {
      finished = true
      damage = html
      return
    }
    compression = Compression(sniffing: raw.prefix(4096))
    if compression == .none { return }
    do throws(Decompressor.Failure) { decompressor = try Decompressor(compression) } catch {
      throw FindingsError(findings: Findings([noMemory]))
    }
  }

  /// Whether the bytes begin as a web page does.
  private static func isHTML(_ bytes: [UInt8]) -> Bool {
    let text = bytes.prefix(512).drop { $0 <= 32 || [0xEF, 0xBB, 0xBF].contains($0) }
    let begin = String(decoding: text.prefix(14), as: UTF8.self).lowercased()
    return begin.hasPrefix("<!doctype html") || begin.hasPrefix("<html")
  }

  /// What the decompressor still has of the bytes it was given.
  private func unpacked() -> [UInt8]? {
    guard let decompressor else { return nil }
    do throws(Decompressor.Failure) {
      guard let piece = try decompressor.piece() else { return nil }
      unpackedAny = true
      return piece
    } catch {
      finished = true
      // What is neither text nor marked as packed, and no Brotli either, is simply binary.
      damage =
        error == .noMemory ? noMemory : compression == .brotli && !unpackedAny ? binary : damaged
      return nil
    }
  }

  private func readRaw() throws(FindingsError) -> [UInt8] {
    do throws(FileBytes.Failure) {
      let raw = try read() ?? []
      bytesRead += Int64(raw.count)
      return raw
    } catch {
      throw FileChunks.finding(error, name: name)
    }
  }

  private var place: SourceLocation { SourceLocation(file: name, line: 1, column: 1) }
  private var cutOff: Finding {
    Finding(
      .error, "file-cut-off", "the \(compression.rawValue) data ends early",
      help: "was the download interrupted? What came before is used", at: place)
  }
  private var damaged: Finding {
    Finding(
      .error, "file-damaged", "the \(compression.rawValue) data is damaged",
      help: "download the file again; what came before is used", at: place)
  }
  private var binary: Finding {
    Finding(
      .error, "file-binary", "'\(name)' is not text and not gzip, zstd or brotli",
      help: "Parquet and Excel files must be exported as JSON lines or CSV (UTF-8)", at: place)
  }
  private var utf16: Finding {
    Finding(
      .error, "file-utf16", "'\(name)' is UTF-16 text", help: "save it as UTF-8 (CSV UTF-8)",
      at: place)
  }
  private var html: Finding {
    Finding(
      .error, "file-html", "'\(name)' is a web page and holds no data",
      help:
        "a download without a login saves the login page: sign in and export again, or give curl the "
        + "key", at: place)
  }
  private var noMemory: Finding {
    Finding(.error, "file-memory", "there is no memory to unpack '\(name)'", at: place)
  }
}
