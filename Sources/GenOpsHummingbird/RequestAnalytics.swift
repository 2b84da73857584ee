public import GenOpsMetering
public import GenOpsPostHog
public import GenOpsUnits
public import Hummingbird

/// Whose the analytics of one request are, and what its session is called.
public struct RequestAnalytics: Sendable {
  /// Decides and delivers. A view of a tenant, a project or another account, or one for all
  /// requests.
  public var adapter: PostHogAdapter
  /// What the work is; `web_request` is the integration guide's word.
  public var name: String
  /// Dimensions of this request; the adapter's hold where none is set. Each combination is
  /// remembered for as long as the adapter lives, so dimensions are for what has few values: a team
  /// or a tenant, never a user or a request.
  public var attribution: Attribution
  /// An object of what else should be known; on each of the request's events as `genops_session_…`. The middleware
  /// adds those of ``attributes(_:_:)``; a name that is here already keeps its value.
  public var attributes: JSONValue
  /// Who the request is from; captures and flags of the handler follow it. Take it from what was
  /// authenticated.
  public var identity: RequestIdentity?
  /// What the request may cost by itself; nil is no limit of its own.
  public var budget: SessionBudget?

  /// `name` is that of the session; `attributes` go to each of its events.
  public init(
    _ adapter: PostHogAdapter, name: String = "web_request", attribution: Attribution = .none,
    attributes: JSONValue = [:], identity: RequestIdentity? = nil,
    budget: SessionBudget? = nil
  ) {
    self.adapter = adapter
    self.name = name
    self.attribution = attribution
    self.attributes = attributes
    self.identity = identity
    self.budget = budget
  }

  /// `http_method`, and `http_route` where the router knows it already: the pattern
  /// (`/users/:id`), because a path itself may name a person.
  public static func attributes(_ request: Request, _ context: some RequestContext) -> JSONValue {
    var members = [JSONValue.Member("http_method", .string(request.method.rawValue))]
    if let route = context.endpointPath {
      members.append(JSONValue.Member("http_route", .string(route)))
    }
    return .object(members)
  }

  /// ``attributes`` with those that every request has.
  func attributes(of request: Request, _ context: some RequestContext) -> JSONValue {
    guard case .object(let own) = attributes,
      case .object(let standard) = RequestAnalytics.attributes(request, context)
    else { return RequestAnalytics.attributes(request, context) }
    return .object(standard.filter { member in !own.contains { $0.key == member.key } } + own)
  }
}
