import HTTPTypes
import Hummingbird

/// What browsers ask before and after they send to another origin. PostHog's capture mirrors origin and headers,
/// and so do we: a project's key is public, and nothing here reads a cookie.
enum CrossOrigin {
  /// The answer to a preflight.
  static func preflight(_ request: Request) -> Response {
    var headers: HTTPFields = [
      .accessControlAllowMethods: "GET, POST, OPTIONS", .accessControlMaxAge: "86400",
    ]
    headers[.accessControlAllowHeaders] =
      request.headers[.accessControlRequestHeaders] ?? "content-type, content-encoding"
    var response = Response(status: .noContent, headers: headers)
    allow(request, &response)
    return response
  }

  /// Lets the origin of a request read the answer, where PostHog has not said so already.
  static func allow(_ request: Request, _ response: inout Response) {
    guard response.headers[.accessControlAllowOrigin] == nil, let origin = request.headers[.origin]
    else { return }
    response.headers[.accessControlAllowOrigin] = origin
    response.headers[.accessControlAllowCredentials] = "true"
    response.headers[.vary] = "Origin"
  }
}
