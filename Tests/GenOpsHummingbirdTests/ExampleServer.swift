// What stands between the two marks stands in docs/middleware.md too; a test compares them.
// example
import GenOpsHummingbird
import GenOpsPostHog
import GenOpsPostHogHTTP
import GenOpsUnits
import Hummingbird

func shop(
  _ governance: AdapterConfiguration, _ sending: DeliveryConfiguration, _ exchange: any HTTPExchange
) throws -> some ApplicationProtocol {
  let delivery = try EventDelivery(sending, exchange: exchange)
  let adapter = try PostHogAdapter(governance, transport: delivery)

  let router = Router()
  router.add(middleware: AnalyticsMiddleware(adapter))
  router.get("signup/:user") { _, context in
    GenOps.capture(
      "signed up", ["plan": "pro"], distinctID: try context.parameters.require("user"))
    return "welcome"
  }
  return Application(router: router, services: [PostHogService(delivery)])
}
// example
