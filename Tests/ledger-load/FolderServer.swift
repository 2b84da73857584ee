import Foundation
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits
import Synchronization

/// PostHog in a folder, which outlives the processes that send to it: each accepted event is a line
/// of `accepted` with its uuid, in one write that is whole or not there. While there is a file `down`
/// it refuses connections, and `slow` holds the milliseconds that each answer takes.
final class FolderServer: HTTPExchange {
  struct Down: Error {}

  private let folder: String
  private let file: Int32

  init(_ folder: String) throws {
    self.folder = folder
    file = open(folder + "/accepted", O_WRONLY | O_APPEND | O_CREAT, 0o600)
    if file < 0 { throw CocoaError(.fileNoSuchFile) }
  }

  deinit { close(file) }

  func send(_ request: WireRequest) async throws -> WireReply {
    if FileManager.default.fileExists(atPath: folder + "/down") { throw Down() }
    if let text = try? String(contentsOfFile: folder + "/slow", encoding: .utf8),
      let milliseconds = Int(text)
    {
      try await Task.sleep(for: .milliseconds(milliseconds))
    }
    let body = JSONValue(try JSONParser.parse(request.body, file: "request"))
    guard case .array(let events)? = body["batch"] else { return WireReply(status: 400) }
    let lines = events.map { ($0["uuid"]?.string ?? "none") + "\n" }.joined()
    let bytes = Array(lines.utf8)
    guard write(file, bytes, bytes.count) == bytes.count else { return WireReply(status: 503) }
    return WireReply(status: 200)
  }
}
