import GenOpsHummingbird
import GenOpsPostHog
import HTTPTypes
import Hummingbird

func identified(_ adapter: PostHogAdapter) throws -> Router<BasicRequestContext> {
  guard let user = HTTPField.Name("X-User-ID"), let session = HTTPField.Name("X-Session-ID") else {
    throw HTTPError(.internalServerError)
  }
  let router = Router()
  router.add(
    middleware: AnalyticsMiddleware { request, _ in
      if request.uri.path == "/health" { return nil }
      return RequestAnalytics(
        adapter,
        identity: request.headers[user].map {
          RequestIdentity(distinctID: $0, sessionID: request.headers[session])
        })
    })
  router.get("cart") { _, _ in
    GenOps.capture("cart viewed")  // of the person of the request
    return await GenOps.isFeatureEnabled("new-cart") ? "new" : "old"
  }
  return router
}
