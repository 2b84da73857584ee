import Foundation
package import GenOpsUnits

/// What was said of months, kept beside a scenario: JSON lines to which lines are only ever added.
///
/// A line is a ``ForecastStatement`` or the ``AgreedPrices`` it rests on. A line that cannot be read is
/// named and left alone. Writers lock the file and add whole lines, so that two at a time lose nothing.
package struct ForecastLedger: Sendable {
  /// In the order of the file; each once.
  package private(set) var statements: [ForecastStatement] = []
  /// By their ``AgreedPrices/id``.
  package private(set) var prices: [String: AgreedPrices] = [:]
  /// The lines that are not used, each with its place.
  package private(set) var findings = Findings()
  /// What ``append(to:)`` has to write.
  private var new: [String] = []
  /// What the statements say, whenever they were written down.
  private var known: Set<ForecastStatement> = []

  /// A ledger of a year's monthly forecasts is 100 kB; far more than this is another file.
  static let mostBytes = 64 << 20

  package init() {}

  /// The ledger in the file at `path`; an empty one where there is none.
  ///
  /// - Throws: when there is a file that cannot be read at all.
  package init(path: String) throws(FindingsError) {
    guard FileManager.default.fileExists(atPath: path) else { return }
    do throws(FileBytes.Failure) {
      read(try FileBytes.content(of: path, atMost: ForecastLedger.mostBytes), name: path)
    } catch { throw ForecastLedger.unusable(path, ForecastLedger.words(error)) }
  }

  /// Where a scenario's ledger is unless the user says otherwise: `budget.forecasts.jsonl` beside
  /// `budget.yaml`.
  package static func path(beside scenario: String) -> String {
    for suffix in [".yaml", ".yml", ".json"] where scenario.hasSuffix(suffix) {
      return scenario.dropLast(suffix.utf8.count) + ".forecasts.jsonl"
    }
    return scenario + ".forecasts.jsonl"
  }

  /// Adds the lines in `bytes`.
  mutating func read(_ bytes: [UInt8], name: String) {
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    where line.contains(where: { $0 != 0x20 && $0 != 0x0D && $0 != 0x09 }) {
      do throws(LedgerLineError) { try read(line, name: name, number: index + 1) } catch {
        findings.warning(
          "ledger-line", "line \(index + 1) is not used: \(error.reason)",
          help: "nothing was changed; take the line out, or leave it as it is",
          at: SourceLocation(file: name, line: index + 1, column: 1))
      }
    }
  }

  private mutating func read(_ line: ArraySlice<UInt8>, name: String, number: Int)
    throws(LedgerLineError)
  {
    let node: Node
    do throws(FindingsError) {
      let nodes = try JSONParser.parseStream(line, file: name, line: number)
      guard nodes.count == 1, nodes[0].mapping != nil else {
        throw FindingsError("json", "it is not one JSON object")
      }
      node = nodes[0]
    } catch { throw LedgerLineError(error.findings.all.first?.message ?? "it is not JSON") }
    switch node["kind"]?.text {
    case "forecast":
      let statement = try ForecastStatement(node)
      if known.insert(statement.undated).inserted { statements.append(statement) }
    case "prices":
      let agreed = try AgreedPrices(node)
      prices[agreed.id] = agreed
    case let kind?: throw LedgerLineError("'\(kind)' is neither 'forecast' nor 'prices'")
    case nil: throw LedgerLineError("it has no 'kind'")
    }
  }

  /// Adds statements made with `agreed`, and keeps those that are new for ``append(to:)``. The same
  /// statement twice is one.
  package mutating func add(_ said: [ForecastStatement], _ agreed: AgreedPrices) {
    for statement in said where known.insert(statement.undated).inserted {
      if prices[agreed.id] == nil {
        prices[agreed.id] = agreed
        new.append(agreed.json.description)
      }
      statements.append(statement)
      new.append(statement.json.description)
    }
  }

  /// How many lines ``append(to:)`` would write to the file as it was read.
  package var newLines: Int { new.count }

  /// Adds what is new to the end of the file at `path`, which is made where there is none. Nothing that
  /// stands there is changed. What another program has added meanwhile is not added again.
  ///
  /// - Returns: How many lines were written.
  @discardableResult
  package func append(to path: String) throws(FindingsError) -> Int {
    if new.isEmpty { return 0 }
    let file = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw ForecastLedger.unusable(path, ForecastLedger.reason) }
    // Closing gives the lock back, also after an error.
    defer { close(file) }
    while flock(file, LOCK_EX) != 0 {
      if errno != EINTR { throw ForecastLedger.unusable(path, ForecastLedger.reason) }
    }
    var there = ForecastLedger()
    var bytes: [UInt8] = []
    do throws(FileBytes.Failure) {
      while let piece = try FileBytes.piece(of: file) { bytes += piece }
    } catch { throw ForecastLedger.unusable(path, ForecastLedger.words(error)) }
    there.read(bytes, name: path)
    // Of a ledger that was cut within its first line the beginning is left.
    if there.known.isEmpty, there.prices.isEmpty, !bytes.isEmpty,
      !bytes.starts(with: Array("{\"kind\"".utf8))
    {
      throw ForecastLedger.unusable(path, "it holds something else")
    }
    let lines = new.filter { line in !there.holds(line) }
    if lines.isEmpty { return 0 }
    // A half line of a program that was stopped stays what it is; ours begins on its own.
    let opening = bytes.last.map { $0 == 0x0A } ?? true ? "" : "\n"
    let text = opening + lines.map { $0 + "\n" }.joined()
    if let failure = DescriptorWriter.write(Array(text.utf8), to: file) {
      throw ForecastLedger.unusable(path, failure.description)
    }
    return lines.count
  }

  /// Whether this ledger says what `line` says.
  private func holds(_ line: String) -> Bool {
    var one = ForecastLedger()
    one.read(Array(line.utf8), name: "")
    return known.isSuperset(of: one.known) && one.prices.keys.allSatisfy { prices[$0] != nil }
  }

  private static func words(_ failure: FileBytes.Failure) -> String {
    switch failure {
    case .missing: "it is not there any more"
    case .isFolder: "it is a folder"
    case .unreadable(let reason): reason
    case .larger(let limit): "it has more than \(limit) bytes"
    }
  }

  private static var reason: String { String(cString: strerror(errno)) }

  private static func unusable(_ path: String, _ reason: String) -> FindingsError {
    FindingsError(
      "ledger-unusable", "the forecast ledger '\(path)' cannot be used: \(reason)",
      help: "name another file with --ledger FILE, or '-' to keep none")
  }
}
