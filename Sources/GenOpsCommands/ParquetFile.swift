import Foundation
import GenOpsUnits

/// A Parquet file as the JSON lines that an installed `duckdb` makes of it, in a packed file without a name.
final class ParquetFile {
  /// Where it is read.
  let path: String
  private let copy: FileHandle

  /// Whether a file is one by its name.
  static func isNamed(_ name: String) -> Bool { name.lowercased().hasSuffix(".parquet") }

  /// - Throws: When there is no `duckdb`, or when it cannot read the file.
  init(_ name: String) throws(FindingsError) {
    guard let program = ParquetFile.program else {
      throw FindingsError(
        "parquet-unreadable", "'\(name)' is Parquet, and the program duckdb is not installed",
        help: "install duckdb (duckdb.org), or export the events as JSON lines")
    }
    guard FileManager.default.isReadableFile(atPath: name) else {
      throw FindingsError(
        "file-missing", "there is no file '\(name)' that can be read",
        help: "check the path; it starts from the folder you are in")
    }
    do {
      (path, copy) = try TemporaryBytes.file("genops-parquet")
      let errors = Pipe()
      let process = Process()
      process.executableURL = URL(fileURLWithPath: program)
      process.arguments = ["-c", ParquetFile.query(name)]
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = copy
      process.standardError = errors
      try process.run()
      let said = errors.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      guard process.terminationStatus == 0 else {
        throw ParquetFile.failure(name, String(decoding: said, as: UTF8.self))
      }
      lseek(copy.fileDescriptor, 0, SEEK_SET)
    } catch let error as FindingsError {
      throw error
    } catch {
      throw ParquetFile.failure(name, error.localizedDescription)
    }
  }

  /// Where `duckdb` is, by PATH.
  private static var program: String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { "\($0)/duckdb" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// All rows as JSON lines on its standard output. Times are UTC, and no character of the name is a pattern's.
  private static func query(_ name: String) -> String {
    // A name that begins with a tilde or a scheme is a file all the same.
    let path = name.hasPrefix("/") ? name : "./" + name
    let file = path.unicodeScalars.map { scalar -> String in
      switch scalar {
      case "'": "''"
      case "*", "?", "[": "[\(scalar)]"
      default: String(scalar)
      }
    }.joined()
    return """
      SET TimeZone = 'UTC'; COPY (SELECT * FROM read_parquet('\(file)')) TO '/dev/stdout' \
      (FORMAT json, COMPRESSION zstd)
      """
  }

  private static func failure(_ name: String, _ said: String) -> FindingsError {
    let reason = said.split(whereSeparator: \.isNewline).first.map(String.init) ?? "it says nothing"
    return FindingsError(
      "parquet-unreadable", "duckdb cannot read '\(name)': \(reason)",
      help: "try it by itself: duckdb -c \"FROM read_parquet('FILE') LIMIT 1\"")
  }
}
