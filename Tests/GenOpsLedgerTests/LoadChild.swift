import Foundation

/// A run of the program `ledger-load` beside this test.
final class LoadChild {
  struct Missing: Error, CustomStringConvertible {
    var description: String {
      "ledger-load is not built beside the tests: swift build --build-tests"
    }
  }

  private let process = Process()
  private let output = Pipe()
  private var buffer = ""

  static func program() throws -> URL {
    let folder = Bundle(for: LoadChild.self).bundleURL.deletingLastPathComponent()
    let program = [
      folder, URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent(),
    ]
    .map { $0.appendingPathComponent("ledger-load") }
    .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    guard let program else { throw Missing() }
    return program
  }

  init(_ arguments: [String]) throws {
    process.executableURL = try LoadChild.program()
    process.arguments = arguments
    process.standardOutput = output
    try process.run()
  }

  /// Reads that many numbers, one a line.
  func readNumbers(upTo count: Int) throws -> [UInt64] {
    var numbers: [UInt64] = []
    while numbers.count < count {
      let data = output.fileHandleForReading.availableData
      if data.isEmpty { break }
      numbers += take(data)
    }
    return numbers
  }

  /// Asks the child to end, as a host does that is shut down.
  func terminate() { Foundation.kill(process.processIdentifier, SIGTERM) }

  /// Kills the child without a warning; returns what it had still said.
  func kill() -> [UInt64] {
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    return take(output.fileHandleForReading.readDataToEndOfFile())
  }

  /// Waits for the end of the child: `sent N cost C …`.
  func finish() throws -> (sent: Int64, cost: Int64) {
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let words = text.split { $0 == " " || $0 == "\n" }
    func number(after word: String) -> Int64 {
      words.firstIndex { $0 == word }.flatMap { Int64(words[$0 + 1]) } ?? -1
    }
    return (number(after: "sent"), number(after: "cost"))
  }

  /// Whole lines only: a killed child may have been in the middle of one.
  private func take(_ data: Data) -> [UInt64] {
    buffer += String(decoding: data, as: UTF8.self)
    var lines = buffer.split(separator: "\n", omittingEmptySubsequences: false)
    buffer = String(lines.removeLast())
    return lines.compactMap { UInt64($0) }
  }
}
