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
    guard FileManager.default.isReadableFile(atPath: name) else {
      throw FindingsError(
        "file-missing", "there is no file '\(name)' that can be read",
        help: "check the path; it starts from the folder you are in")
    }
    (path, copy) = try TemporaryBytes.file("genops-parquet")
    let (errors, said) = try TemporaryBytes.file("genops-parquet-errors")
    let ending: ChildProgram.Ending
    do throws(ChildProgram.NotStarted) {
      ending = try ChildProgram.run(
        ["duckdb", "-c", ParquetFile.query(name)], output: path, errors: errors)
    } catch {
      throw FindingsError(
        "parquet-unreadable",
        "'\(name)' is Parquet, and the program duckdb "
          + (error.isMissing ? "is not installed" : "cannot be started: \(error.reason)"),
        help: "install duckdb (duckdb.org), or export the events as JSON lines")
    }
    if ending != .status(0) {
      lseek(said.fileDescriptor, 0, SEEK_SET)
      let reason = String(decoding: said.readDataToEndOfFile(), as: UTF8.self)
        .split(whereSeparator: \.isNewline).first
      throw FindingsError(
        "parquet-unreadable",
        "duckdb cannot read '\(name)': \(reason.map(String.init) ?? "it says nothing")",
        help: "try it by itself: duckdb -c \"FROM read_parquet('FILE') LIMIT 1\"")
    }
    lseek(copy.fileDescriptor, 0, SEEK_SET)
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
}
