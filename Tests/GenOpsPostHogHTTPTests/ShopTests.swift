import AsyncHTTPClient
import Foundation
import GenOpsLedger
import GenOpsUnits
import NIOCore
import Testing

/// The program of `Examples/Shop`, which docs/server.md shows, as a process of its own.
private final class ShopProcess {
  struct Missing: Error, CustomStringConvertible {
    var description: String { "example-shop is not built, or did not say where it listens" }
  }

  private let process = Process()
  private let output = Pipe()
  let port: Int

  /// Where it is built.
  private static func program() throws -> URL {
    let folders = [
      Bundle(for: ShopProcess.self).bundleURL.deletingLastPathComponent(),
      URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent(),
    ]
    let programs = folders.map { $0.appendingPathComponent("example-shop") }
    guard
      let program = programs.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) })
    else { throw Missing() }
    return program
  }

  /// Starts one that ends at once, and gives all that it wrote to standard error, and its status.
  static func failing(_ environment: [String: String]) throws -> (text: String, status: Int32) {
    let (process, output) = (Process(), Pipe())
    process.executableURL = try program()
    process.environment = environment
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (text, process.terminationStatus)
  }

  init(_ environment: [String: String]) throws {
    process.executableURL = try ShopProcess.program()
    process.environment = environment
    process.standardError = output
    try process.run()
    var text = ""
    while let data = Optional(output.fileHandleForReading.availableData), !data.isEmpty {
      text += String(decoding: data, as: UTF8.self)
      if let line = text.split(separator: "\n").first(where: { $0.contains("listening on") }),
        text.hasSuffix("\n"), let port = Int(line.split(separator: ":").last ?? "")
      {
        self.port = port
        return
      }
    }
    throw Missing()
  }

  /// Asks it to end, as a host does that is shut down.
  /// - Returns: Its exit status.
  func terminate() -> Int32 {
    kill(process.processIdentifier, SIGTERM)
    _ = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus
  }
}

@Suite("The whole server of the documentation")
struct ShopTests {
  @Test("Settings with errors are a line for each, and the status is 1")
  func wrongSettings() throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("genops-shop-\(UInt64.random(in: 0 ... .max)).ledger").path
    defer {
      for side in ["", "-wal", "-shm", "-open", "-holder-1"] {
        try? FileManager.default.removeItem(atPath: path + side)
      }
    }
    let ended = try ShopProcess.failing([
      "POSTHOG_API_KEY": "phc_testkey", "GENOPS_TEAM": "growth", "GENOPS_PROJECT": "shop",
      "GENOPS_DAILY_BUDGET": "5", "GENOPS_GOVERNANCE_POLICY": "enforcd", "LEDGER": path,
      "PORT": "0",
    ])
    #expect(ended.status == 1)
    let errors = ended.text.split(separator: "\n").filter { $0.contains("error: ") }
    #expect(
      Set(errors.compactMap { $0.split(separator: "[").last?.split(separator: "]").first })
        == ["unknown-setting", "unknown-mode"])
    #expect(
      !ended.text.contains("Fatal error") && ended.text.contains("GENOPS_DAILY_BUDGET_LIMIT"))
    // Nothing else but findings: each line names its code.
    #expect(ended.text.split(separator: "\n").allSatisfy { $0.contains("[") })
  }

  @Test("SIGTERM ends the server, then the batcher, delivery, the ledger and the exporters")
  func whole() async throws {
    let server = try LoopbackServer()
    defer { server.close() }
    server.answerFlags(
      #"{"flags": {"new-welcome": {"key": "new-welcome", "enabled": true, "variant": null, "#
        + #""metadata": {"id": 1, "version": 1}}}, "errorsWhileComputingFlags": false}"#)
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("genops-shop-\(UInt64.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("shop.ledger").path
    let shop = try ShopProcess([
      "POSTHOG_API_KEY": "phc_testkey", "POSTHOG_HOST": server.url, "GENOPS_TEAM": "growth",
      "GENOPS_PROJECT": "shop", "GENOPS_OPENING_USAGE": "nothing", "LEDGER": path, "PORT": "0",
      "OTEL_EXPORTER_OTLP_ENDPOINT": server.url,
    ])
    let client = HTTPClient(eventLoopGroupProvider: .singleton)
    var answers: [String] = []
    for place in ["signup/ann", "search/bob"] {
      let answer = try await client.execute(
        HTTPClientRequest(url: "http://127.0.0.1:\(shop.port)/\(place)"), timeout: .seconds(3600))
      answers.append(String(buffer: try await answer.body.collect(upTo: 1000)))
    }
    try await client.shutdown()
    // Behind the middleware the flag is asked for, and on.
    #expect(answers == ["hello", "nothing found"])
    #expect(shop.terminate() == 0)

    var names: [String] = []
    for request in server.requests {
      guard case .array(let batch)? = request.body["batch"] else { continue }
      names += batch.compactMap { $0["event"]?.string }
    }
    // The batcher holds its event for a minute: only the end can have flushed it.
    #expect(names.sorted() == ["$feature_flag_called", "searched", "signed up"])
    #expect(server.requests.count { $0.line.hasPrefix("POST /flags/") } == 1)
    let lines = server.requests.map { $0.line.split(separator: " ")[1] }
    #expect(lines.last == "/v1/metrics" && lines.lastIndex(of: "/batch/") ?? 0 < lines.count - 1)
    let account = try Ledger(path: path).account("production")
    #expect(try account.waitingCount() == 0)
  }
}
