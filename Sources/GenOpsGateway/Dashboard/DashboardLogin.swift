import Foundation
import GenOpsLedger
import GenOpsPostHog
import GenOpsUnits
import HTTPTypes
import Hummingbird
import Synchronization

/// Who may look: who knows the token. A browser trades it for a cookie that ends with this process.
final class DashboardLogin: Sendable {
  private struct State {
    /// When each session ends.
    var sessions: [String: Timestamp] = [:]
    /// Wrong tokens of the running minute.
    var failures = 0
    var minute: Int64 = 0
  }

  /// How long a session lasts, in seconds.
  private static let seconds = 43_200
  private static let mostSessions = 1000
  private static let mostFailures = 20
  private static let cookie = "genops_session"

  /// Its digest: comparing those tells nothing of how much of a guess is right.
  private let token: [UInt8]
  private let clock: any WallClock
  private let state = Mutex(State())

  init(token: String, clock: any WallClock) {
    self.token = Digest.sha256Bytes(Array(token.utf8))
    self.clock = clock
  }

  /// What became of a login.
  enum Verdict { case right(cookie: String), wrong, tooOften }

  /// Looks at a token that somebody offers.
  func logIn(_ offered: String, isSecure: Bool) -> Verdict {
    let now = clock.now()
    return state.withLock { state in
      let minute = now.microseconds / 60_000_000
      if state.minute != minute { (state.minute, state.failures) = (minute, 0) }
      guard state.failures < DashboardLogin.mostFailures else { return .tooOften }
      guard isToken(offered) else {
        state.failures += 1
        return .wrong
      }
      state.sessions = state.sessions.filter { $0.value > now }
      if state.sessions.count >= DashboardLogin.mostSessions { state.sessions = [:] }
      let id = DashboardLogin.random()
      state.sessions[id] = now.advanced(bySeconds: Double(DashboardLogin.seconds))
      return .right(
        cookie: "\(DashboardLogin.cookie)=\(id); Path=/; HttpOnly; SameSite=Lax; "
          + "Max-Age=\(DashboardLogin.seconds)" + (isSecure ? "; Secure" : ""))
    }
  }

  /// Ends the session of a request, and the cookie that says so.
  func logOut(_ request: Request) -> String {
    if let id = session(of: request) { state.withLock { _ = $0.sessions.removeValue(forKey: id) } }
    return "\(DashboardLogin.cookie)=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"
  }

  /// Whether a request shows a session, or the token itself as a program does.
  func knows(_ request: Request) -> Bool {
    if let offered = request.bearerToken { return isToken(offered) }
    guard let id = session(of: request) else { return false }
    let now = clock.now()
    return state.withLock { ($0.sessions[id] ?? now) > now }
  }

  private func isToken(_ offered: String) -> Bool {
    Digest.sha256Bytes(Array(offered.utf8)) == token
  }

  private func session(of request: Request) -> String? {
    for pair in (request.headers[.cookie] ?? "").split(separator: ";") {
      let parts = pair.split(separator: "=", maxSplits: 1)
      if parts.count == 2, parts[0].filter({ $0 != " " }) == DashboardLogin.cookie {
        return String(parts[1])
      }
    }
    return nil
  }

  /// 128 bits of the system's randomness.
  private static func random() -> String {
    var source = SystemRandomNumberGenerator()
    return [source.next() as UInt64, source.next()].map {
      let digits = String($0, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  /// The token of the settings, or one that is made once and kept beside the ledger for its owner alone to read.
  ///
  /// - Returns: The token, and the file that holds it where the settings have none.
  /// - Throws: When the file can be neither read nor made.
  static func token(_ configuration: GatewayConfiguration) throws -> (token: String, file: String?)
  {
    if let token = configuration.dashboardToken { return (token.revealed, nil) }
    let path = configuration.ledger + "/dashboard-token"
    if let descriptor = PrivateFile.make(path) {
      let token = random()
      let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
      try file.write(contentsOf: Data((token + "\n").utf8))
      try file.close()
      return (token, path)
    }
    let bytes = try? FileBytes.content(of: path, atMost: 4096)
    let token = bytes.map { String(decoding: $0.filter { $0 > 0x20 }, as: UTF8.self) } ?? ""
    guard token.utf8.count >= 16 else {
      throw FindingsError(
        "dashboard-token", "'\(path)' holds no token of 16 characters or more",
        help: "remove the file, and a new one is made; or set GENOPS_DASHBOARD_TOKEN")
    }
    return (token, path)
  }
}
