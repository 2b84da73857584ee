import Foundation
import GenOpsMetering
import GenOpsUnits
import HTTPTypes
import Hummingbird
import Logging
import NIOPosix

/// The dashboard's own server: pages for people, the same numbers for programs. It only reads.
struct DashboardResponder: HTTPResponder {
  let accounts: Accounts
  let login: DashboardLogin
  let landing: LandingForecast
  let isBehindProxy: Bool
  let clock: any WallClock

  /// A token and the name of its field.
  private static let mostBytes = 4096

  /// What stands at each path, and what may be asked there.
  private static let parameters: [String: Set<String>] = [
    "/": ["account"], "/usage": ["account"], "/owners": ["account"], "/decisions": ["account"],
    "/login": [], "/logout": [], "/style.css": [], "/openapi.json": [], "/health": [],
    "/api/overview": ["account"], "/api/budgets": ["account"],
    "/api/attribution": ["account", "dimension"], "/api/events": ["account", "limit"],
    "/api/decisions": ["account", "limit"], "/api/alerts": ["account"],
  ]

  func respond(to request: Request, context: GatewayContext) async throws -> Response {
    var response: Response
    do {
      response = try await answer(request)
    } catch let failure as DashboardQuery.Failure {
      response = DashboardReply.error(.badRequest, "invalid_query", failure.detail)
    } catch let failure as RequestFailure {
      response = DashboardReply.error(failure.status, failure.code, failure.detail)
    } catch {
      context.logger.error("the dashboard cannot be shown: \(error)")
      response = DashboardReply.error(
        .serviceUnavailable, "ledger_unavailable", "the ledger cannot be read")
    }
    if request.method == .head { response = response.createHeadResponse() }
    return response
  }

  private func answer(_ request: Request) async throws -> Response {
    let path = request.uri.path
    guard let parameters = DashboardResponder.parameters[path] else {
      return DashboardReply.error(.notFound, "not_found", "there is nothing here")
    }
    let isChange = path == "/login" || path == "/logout"
    let allowed: [HTTPRequest.Method] =
      path == "/logout" ? [.post] : [.get, .head] + (isChange ? [.post] : [])
    guard allowed.contains(request.method) else {
      return DashboardReply.error(
        .methodNotAllowed, "method_not_allowed", "this can only be read",
        [.allow: allowed.map(\.rawValue).joined(separator: ", ")])
    }
    switch path {
    case "/style.css": return DashboardReply.style(DashboardResponder.style)
    case "/openapi.json": return DashboardReply.json(DashboardResponder.description)
    case "/health": return Reply.text(.ok, "ok\n")
    case "/login": return try await logIn(request)
    case "/logout":
      return DashboardReply.lead(to: "/login", cookie: login.logOut(request))
    default: break
    }
    let isAPI = path.hasPrefix("/api/")
    guard login.knows(request) else {
      return isAPI
        ? DashboardReply.error(
          .unauthorized, "authentication_error",
          "send the dashboard's token: Authorization: Bearer",
          [.wwwAuthenticate: "Bearer"]) : DashboardReply.lead(to: "/login")
    }
    let query = try DashboardQuery(request, allowing: parameters)
    guard let account = accounts.all.first(where: { $0.name == query.account ?? $0.name }) else {
      return DashboardReply.error(.notFound, "not_found", "there is no such account")
    }
    let facts = try await NIOThreadPool.singleton.runIfActive {
      try DashboardFacts(
        account, of: accounts, landing: landing.state(of: account.name), at: clock.now())
    }
    switch path {
    case "/api/overview": return DashboardReply.json(facts.overviewJSON)
    case "/api/budgets": return DashboardReply.json(facts.budgetsJSON)
    case "/api/attribution": return DashboardReply.json(facts.attributionJSON(query.dimension))
    case "/api/events": return DashboardReply.json(facts.eventsJSON(query.limit))
    case "/api/decisions": return DashboardReply.json(facts.decisionsJSON(query.limit))
    case "/api/alerts": return DashboardReply.json(facts.alertsJSON)
    case "/usage": return DashboardReply.page(facts.usagePage)
    case "/owners": return DashboardReply.page(facts.ownersPage)
    case "/decisions": return DashboardReply.page(facts.decisionsPage)
    default: return DashboardReply.page(facts.overviewPage)
    }
  }

  private func logIn(_ request: Request) async throws -> Response {
    guard request.method == .post else { return DashboardReply.page(DashboardPage.login(nil)) }
    let body = try await RequestBytes(
      request, most: DashboardResponder.mostBytes, HeldBytes(most: DashboardResponder.mostBytes))
    let isSecure =
      isBehindProxy && request.headers[.xForwardedProto]?.lowercased() == "https"
    switch login.logIn(DashboardResponder.token(in: body.bytes), isSecure: isSecure) {
    case .right(let cookie): return DashboardReply.lead(to: "/", cookie: cookie)
    case .wrong:
      return DashboardReply.page(DashboardPage.login("That is not the token."), .forbidden)
    case .tooOften:
      return DashboardReply.page(
        DashboardPage.login("Too many wrong tokens; wait a minute."), .tooManyRequests)
    }
  }

  /// Of a form with the one field `token`.
  private static func token(in body: [UInt8]) -> String {
    let text = String(decoding: body, as: UTF8.self)
    guard text.hasPrefix("token=") else { return "" }
    return text.dropFirst(6).replacing("+", with: " ").removingPercentEncoding ?? ""
  }

  private static let style = String(decoding: PackageResources.style_css, as: UTF8.self)

  /// OpenAPI's, of the API.
  private static let description: JSONValue =
    (try? JSONParser.parse(PackageResources.openapi_json, file: "openapi.json")).map {
      JSONValue($0)
    } ?? .null
}
