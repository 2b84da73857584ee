import Foundation
package import GenOpsUnits

/// Reads the lines of workers into shards: whole ones only, everything else is a finding.
package struct ShardReader {
  /// One file of shards is not larger; a run of a million futures has many.
  private static let mostBytes = 4 << 30

  package private(set) var shards: [Shard] = []
  package private(set) var findings = Findings()
  private var rows: [Shard.Row] = []
  private var plan = ""
  private var hash = ShardHash()

  package init() {}

  /// Reads a file, or each file of a folder in the order of names; names with "." or "_" in front are the
  /// engine's own.
  package mutating func read(path: String) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
      isFolder.boolValue
    else { return readFile(path) }
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter {
      !$0.hasPrefix(".") && !$0.hasPrefix("_")
    }
    for name in names.sorted() { readFile("\(path)/\(name)") }
    if names.isEmpty {
      findings.error(
        "shard-missing", "the folder '\(path)' holds no shards",
        help: "fill it: genops worker simulate SCENARIO --shard 0 --of 8 --out \(path)")
    }
  }

  private mutating func readFile(_ path: String) {
    let bytes: [UInt8]
    do throws(FileBytes.Failure) {
      bytes = try FileBytes.content(of: path, atMost: ShardReader.mostBytes)
    } catch {
      switch error {
      case .missing(let near): findings.add(FileBytes.missing(path, near: near))
      case .isFolder: findings.error("file-unreadable", "'\(path)' is a folder")
      case .unreadable(let why):
        findings.error("file-unreadable", "'\(path)' cannot be read: \(why)")
      case .larger:
        findings.error(
          "file-unreadable", "'\(path)' is larger than 4 GB", help: "cut the run in more shards")
      }
      return
    }
    read(bytes, file: path)
  }

  /// Reads the lines of one file. A shard does not go on in another one.
  package mutating func read(_ bytes: [UInt8], file: String) {
    var number = 0
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      number += 1
      let place = SourceLocation(file: file, line: number, column: 1)
      if !take(line, at: place) { break }
    }
    if !rows.isEmpty {
      truncated(
        "the futures from \(rows[0].paths.lowerBound) on have no last line",
        SourceLocation(file: file, line: max(1, number), column: 1))
    }
    start()
  }

  private mutating func start() {
    rows = []
    plan = ""
    hash = ShardHash()
  }

  /// Takes a line; false where what follows cannot be trusted.
  private mutating func take(_ line: ArraySlice<UInt8>, at place: SourceLocation) -> Bool {
    guard
      let node = try? JSONParser.parse(line, file: place.file),
      let kind = node["shard"]?.text, let paths = ShardReader.range(node)
    else {
      if rows.isEmpty {
        findings.error(
          "shard-unreadable", "this is not a line of a shard",
          help: "take what 'genops worker simulate' writes, as it is", at: place)
      } else {
        truncated("the line is not whole", place)
      }
      rows = []
      return false
    }
    switch kind {
    case "futures": return takeRow(node, paths, line, place)
    case "end": return takeEnd(node, paths, place)
    default:
      findings.error(
        "shard-unreadable", "a line of a shard is 'futures' or 'end', this is '\(kind)'",
        help: "take what 'genops worker simulate' writes, as it is", at: place)
      return false
    }
  }

  private mutating func takeRow(
    _ node: Node, _ paths: Range<Int>, _ line: ArraySlice<UInt8>, _ place: SourceLocation
  ) -> Bool {
    guard let own = node["plan"]?.text, rows.isEmpty || own == plan,
      let bytes = node["data"]?.text.flatMap({ Data(base64Encoded: $0) })
    else {
      truncated("its data cannot be read", place)
      rows = []
      return false
    }
    plan = own
    hash.add(line)
    rows.append(.init(paths: paths, bytes: Array(bytes)))
    return true
  }

  private mutating func takeEnd(_ node: Node, _ paths: Range<Int>, _ place: SourceLocation)
    -> Bool
  {
    defer { start() }
    guard let source = ShardSource(node), let count = node["rows"]?.text.flatMap({ Int($0) }),
      let text = node["hash"]?.text
    else {
      findings.error(
        "shard-unreadable", "the last line of a shard lacks a key",
        help: "take what 'genops worker simulate' writes, as it is", at: place)
      return false
    }
    guard rows.count == count, hash.text == text, isWhole(paths),
      rows.isEmpty || plan == source.plan
    else {
      truncated(
        "it has \(rows.count) of \(count) lines"
          + (rows.count == count ? ", and they are not those that were written" : ""), place)
      return true
    }
    let part = node["index"]?.text.flatMap { Int($0) }.flatMap { index in
      node["of"]?.text.flatMap { Int($0) }.flatMap { ShardPart(index, of: $0) }
    }
    shards.append(Shard(source: source, paths: paths, part: part, rows: rows, location: place))
    return true
  }

  /// Whether the lines are the futures that the last line names, one range after the other.
  private func isWhole(_ paths: Range<Int>) -> Bool {
    var next = paths.lowerBound
    for row in rows {
      guard row.paths.lowerBound == next else { return false }
      next = row.paths.upperBound
    }
    return next == paths.upperBound
  }

  private mutating func truncated(_ what: String, _ place: SourceLocation) {
    findings.error(
      "shard-truncated", "this shard was cut off: \(what)",
      help: "run its worker again; a worker that ends with another status than 0 wrote no shard",
      at: place)
  }

  private static func range(_ node: Node) -> Range<Int>? {
    guard let first = node["first"]?.text.flatMap({ Int($0) }),
      let count = node["count"]?.text.flatMap({ Int($0) }), (0...1_000_000).contains(first),
      (0...1_000_000).contains(count)
    else { return nil }
    return first..<first + count
  }
}
