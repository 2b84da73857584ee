import Foundation
import GenOpsUnits
import Logging
import NIOPosix
import ServiceLifecycle
import Synchronization

/// Asks an installed `genops` once an hour where the month will land. Without one the dashboard shows what was.
final class LandingForecast: Service {
  /// Where the program is; nil for none.
  private let program: String?
  private let accounts: [BillingAccount]
  /// For its files, beside the ledger: they name no person, and their owner alone reads them.
  private let folder: String
  private let clock: any WallClock
  private let logger: Logger
  private let states: Mutex<[String: LandingState]>

  private static let interval = Duration.seconds(3600)
  private static let patience = Duration.seconds(120)
  private static let mostBytes = 64 << 20

  init(
    _ configuration: GatewayConfiguration, _ accounts: Accounts, clock: any WallClock,
    logger: Logger
  ) {
    program = configuration.workbench
    self.accounts = accounts.all
    folder = configuration.ledger + "/landing"
    self.clock = clock
    self.logger = logger
    let first: LandingState = program == nil ? .none : .waiting
    states = Mutex(
      Dictionary(accounts.all.map { ($0.name, first) }, uniquingKeysWith: { old, _ in old }))
  }

  /// What is known of an account.
  func state(of account: String) -> LandingState { states.withLock { $0[account] ?? .none } }

  /// Asks now, and once an hour, until the server ends.
  func run() async throws {
    await cancelWhenGracefulShutdown { await self.askOnAndOn() }
  }

  private func askOnAndOn() async {
    guard program != nil else {
      try? await Task.sleep(for: .seconds(1_000_000_000))
      return
    }
    while !Task.isCancelled {
      for account in accounts {
        let state = await ask(account)
        if case .failed(let why, _) = state {
          logger.warning("no forecast: \(why)", metadata: ["account": "\(account.name)"])
        }
        states.withLock { $0[account.name] = state }
      }
      do { try await Task.sleep(for: LandingForecast.interval) } catch { return }
    }
  }

  /// Asks for one account.
  func ask(_ account: BillingAccount) async -> LandingState {
    guard let program else { return .none }
    let now = clock.now()
    let (folder, patience) = (self.folder, LandingForecast.patience)
    do {
      let question = try await NIOThreadPool.singleton.runIfActive {
        try LandingQuestion(account, today: now.day)
      }
      guard let question else { return .waiting }
      let answer = try await LandingForecast.run(program, question, in: folder, patience: patience)
      guard let landing = question.answer(answer, at: now) else {
        return .failed("'\(program)' answers something else than a result", at: now)
      }
      return .known(landing)
    } catch let failure as Failure {
      return .failed(failure.why, at: now)
    } catch { return .failed("\(error)", at: now) }
  }

  private struct Failure: Error {
    var why: String
  }

  /// Runs the program without anything of our environment but where programs are: keys are none of its business.
  private static func run(
    _ program: String, _ question: LandingQuestion, in folder: String, patience: Duration
  ) async throws -> [UInt8] {
    let files = FileManager.default
    try files.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try Data(question.usage.utf8).write(to: URL(fileURLWithPath: folder + "/usage.csv"))
    try Data(question.scenario.utf8).write(to: URL(fileURLWithPath: folder + "/landing.yaml"))
    let (out, told) = (folder + "/result.json", folder + "/messages.txt")
    for path in [out, told] { _ = files.createFile(atPath: path, contents: nil) }
    guard let output = FileHandle(forWritingAtPath: out),
      let messages = FileHandle(forWritingAtPath: told)
    else { throw Failure(why: "the folder '\(folder)' cannot be written") }
    defer {
      try? output.close()
      try? messages.close()
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = ["run", "landing.yaml", "--format", "json", "--out", "-", "--quiet"]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = messages
    let (ends, end) = AsyncStream<Int32>.makeStream()
    process.terminationHandler = { ended in
      end.yield(ended.terminationStatus)
      end.finish()
    }
    do { try process.run() } catch { throw Failure(why: "'\(program)' cannot be started") }
    let timer = Task {
      try await Task.sleep(for: patience)
      end.finish()
    }
    defer { timer.cancel() }
    var status: Int32?
    for await one in ends { status = one }
    guard let status else {
      process.terminate()
      throw Failure(why: "'\(program)' did not end within \(patience)")
    }
    guard status == 0 || status == 1 else {
      let said = try FileBytes.content(of: told, atMost: 1 << 20)
      let line = said.split(separator: UInt8(ascii: "\n")).first.map {
        String(decoding: $0, as: UTF8.self)
      }
      throw Failure(why: line ?? "'\(program)' ended with \(status)")
    }
    return try FileBytes.content(of: out, atMost: mostBytes)
  }
}
