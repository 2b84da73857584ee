package import GenOpsUnits

/// A file that is written while it is made, packed as its name says: `.gz` with gzip, `.zst` with zstd, else
/// not at all. It takes its place when it is whole.
package final class PackedFile {
  private let name: String
  private let file: StreamedFile
  private let compressor: Compressor

  /// How a file of this name is packed.
  package static func compression(of name: String) -> Compression {
    name.hasSuffix(".gz") ? .gzip : name.hasSuffix(".zst") ? .zstd : .none
  }

  /// - Parameters:
  ///   - name: Where the file goes.
  ///   - replaces: Whether a file that stands there may go; one that was read never does.
  ///   - elsewhere: How another place is named: `with --out`.
  /// - Throws: Why the file cannot be made.
  package init(_ name: String, replaces: Bool, elsewhere: String) throws(FindingsError) {
    self.name = name
    guard let compressor = Compressor(PackedFile.compression(of: name)) else {
      throw PackedFile.failed(name)
    }
    self.compressor = compressor
    file = try StreamedFile(name, over: .nothing, replaces: replaces, elsewhere: elsewhere)
  }

  /// Writes to an open descriptor, which stays open.
  package init(descriptor: Int32) throws(FindingsError) {
    name = "-"
    guard let compressor = Compressor(.none) else { throw PackedFile.failed(name) }
    self.compressor = compressor
    file = StreamedFile(descriptor: descriptor)
  }

  /// Adds bytes to the end.
  package func write(_ bytes: [UInt8]) throws(FindingsError) { try pack(bytes, isLast: false) }

  /// Writes what is left, and lets the file take its place.
  package func finish() throws(FindingsError) {
    try pack([], isLast: true)
    try file.finish()
  }

  /// Was not wanted after all: what stood in the place stays.
  package func discard() { file.discard() }

  private func pack(_ bytes: [UInt8], isLast: Bool) throws(FindingsError) {
    let file = file
    let isPacked = try compressor.pack(bytes, isLast: isLast) { (piece) throws(FindingsError) in
      try file.write(bytes: piece)
    }
    if !isPacked { throw PackedFile.failed(name) }
  }

  private static func failed(_ name: String) -> FindingsError {
    FindingsError("file-memory", "there is no memory to pack '\(name)'")
  }
}
