import Foundation
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits
import Synchronization

/// PostHog in a folder, which outlives the processes that send to it: each accepted event is a line
/// of `accepted` with its uuid, in one write that is whole or not there. While there is a file `down`
/// it refuses connections, `slow` holds the milliseconds that each answer takes, and `lossy` a number N:
/// every Nth answer is lost after the events were taken, and a line of `lost` says how many they were.
final class FolderServer: HTTPExchange {
  struct Down: Error {}
  struct Lost: Error {}

  private let folder: String
  private let accepted: Int32
  private let lost: Int32
  private let answers = Atomic<Int>(0)

  init(_ folder: String) throws {
    self.folder = folder
    accepted = open(folder + "/accepted", O_WRONLY | O_APPEND | O_CREAT, 0o600)
    lost = open(folder + "/lost", O_WRONLY | O_APPEND | O_CREAT, 0o600)
    if accepted < 0 || lost < 0 { throw CocoaError(.fileNoSuchFile) }
  }

  deinit {
    close(accepted)
    close(lost)
  }

  func send(_ request: WireRequest) async throws -> WireReply {
    if FileManager.default.fileExists(atPath: folder + "/down") { throw Down() }
    if let milliseconds = number("slow") { try await Task.sleep(for: .milliseconds(milliseconds)) }
    let body = JSONValue(try JSONParser.parse(request.body, file: "request"))
    guard case .array(let events)? = body["batch"] else { return WireReply(status: 400) }
    let lines = events.map { ($0["uuid"]?.string ?? "none") + "\n" }.joined()
    guard put(lines, into: accepted) else { return WireReply(status: 503) }
    let count = answers.add(1, ordering: .relaxed).newValue
    if let every = number("lossy"), every > 0, count % every == 0 {
      _ = put("\(events.count)\n", into: lost)
      throw Lost()
    }
    return WireReply(status: 200)
  }

  private func number(_ name: String) -> Int? {
    (try? String(contentsOfFile: folder + "/" + name, encoding: .utf8)).flatMap { Int($0) }
  }

  private func put(_ text: String, into file: Int32) -> Bool {
    let bytes = Array(text.utf8)
    return write(file, bytes, bytes.count) == bytes.count
  }
}
