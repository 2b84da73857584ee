import GenOpsUnits
import HTTPTypes
import Hummingbird

/// Answers of the dashboard, all with the headers that keep a browser from doing more with them than showing them.
enum DashboardReply {
  /// A page.
  static func page(_ markup: Markup, _ status: HTTPResponse.Status = .ok) -> Response {
    answer(status, "text/html; charset=utf-8", markup.html)
  }

  /// The style of all pages.
  static func style(_ text: String) -> Response { answer(.ok, "text/css; charset=utf-8", text) }

  /// An answer of the API.
  static func json(_ value: JSONValue) -> Response {
    answer(.ok, "application/json", value.description)
  }

  /// What is wrong, as the gateway's other errors.
  static func error(
    _ status: HTTPResponse.Status, _ code: String, _ detail: String,
    _ headers: HTTPFields = [:]
  ) -> Response {
    var response = Reply.error(status, code, detail)
    secure(&response)
    for header in headers { response.headers.append(header) }
    return response
  }

  /// Leads a browser to another page, with a cookie or not.
  static func lead(to path: String, cookie: String? = nil) -> Response {
    var response = answer(.seeOther, "text/plain", "")
    response.headers[.location] = path
    response.headers[.setCookie] = cookie
    return response
  }

  private static func answer(_ status: HTTPResponse.Status, _ type: String, _ text: String)
    -> Response
  {
    var response = Response(
      status: status, headers: [.contentType: type],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    secure(&response)
    return response
  }

  private static let policy: [(String, String)] = [
    (
      "Content-Security-Policy",
      "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"), ("Cache-Control", "no-store"),
  ]

  private static func secure(_ response: inout Response) {
    for (name, value) in policy {
      // Each of them is a token of RFC 9110, which always makes a name.
      if let name = HTTPField.Name(name) { response.headers[name] = value }
    }
  }
}
