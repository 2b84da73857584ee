import GenOpsUnits
import HTTPTypes
import Hummingbird

/// Answers of the gateway itself, in the forms that PostHog's clients know.
enum Reply {
  /// A JSON answer.
  static func json(_ status: HTTPResponse.Status, _ value: JSONValue, retryAfter: Int? = nil)
    -> Response
  {
    var headers: HTTPFields = [
      .contentType: "application/json", .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
    ]
    if let retryAfter { headers[.retryAfter] = "\(retryAfter)" }
    return Response(
      status: status, headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(string: value.description)))
  }

  /// An error as PostHog's API writes it; its clients show `detail`.
  static func error(
    _ status: HTTPResponse.Status, _ code: String, _ detail: String, retryAfter: Int? = nil
  ) -> Response {
    let type = status.code >= 500 ? "server_error" : "validation_error"
    return json(
      status,
      [
        "type": .string(type), "code": .string(code), "detail": .string(detail), "attr": nil,
      ], retryAfter: retryAfter)
  }

  /// Too much at once: come again soon.
  static func overloaded(_ detail: String) -> Response {
    error(.serviceUnavailable, "overloaded", detail, retryAfter: 5)
  }

  /// A text.
  static func text(_ status: HTTPResponse.Status, _ text: String, type: String = "text/plain")
    -> Response
  {
    Response(
      status: status, headers: [.contentType: type, .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }
}

/// Why a request gets an error: thrown by what reads it, answered by the responder.
struct RequestFailure: Error {
  var status: HTTPResponse.Status
  var code: String
  var detail: String
  var retryAfter: Int?

  init(
    _ status: HTTPResponse.Status, _ code: String, _ detail: String, retryAfter: Int? = nil
  ) {
    self.status = status
    self.code = code
    self.detail = detail
    self.retryAfter = retryAfter
  }

  var response: Response { Reply.error(status, code, detail, retryAfter: retryAfter) }
}
