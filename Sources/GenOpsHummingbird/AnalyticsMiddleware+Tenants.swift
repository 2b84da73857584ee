public import GenOpsPostHog
public import Hummingbird

import GenOpsUnits

extension AnalyticsMiddleware {
  /// A middleware that gives each request the view of its tenant: that tenant's budgets, mode and
  /// attribution, within the one account that PostHog bills.
  ///
  /// A request without a tenant, or with one that is not listed, counts for the account itself: a
  /// request must not fail because of its analytics. The second kind shows as `genops_session_unknown_tenant`.
  ///
  /// - Parameters:
  ///   - tenants: The tenants.
  ///   - name: What the sessions are called.
  ///   - tenant: The id of a request's tenant. Take it from what was authenticated: a header that
  ///     anyone may set would let anyone use up another tenant's budget.
  ///   - onEnd: Told of each session that has ended, before the answer is sent: it must not block.
  public init(
    _ tenants: TenantDirectory, name: String = "web_request",
    tenant: @escaping @Sendable (Request, Context) -> String?,
    onEnd: @escaping @Sendable (AnalyticsSession) -> Void = { _ in }
  ) {
    self.init(onEnd: onEnd) { request, context in
      guard let id = tenant(request, context) else {
        return RequestAnalytics(tenants.account, name: name)
      }
      if let view = try? tenants.adapter(for: id) { return RequestAnalytics(view, name: name) }
      return RequestAnalytics(tenants.account, name: name, attributes: ["unknown_tenant": true])
    }
  }

  /// A middleware that gives each request the adapter of the billing account that its key belongs
  /// to.
  ///
  /// - Parameters:
  ///   - accounts: The accounts by key; requests without a listed one share the standard account.
  ///   - name: What the sessions are called.
  ///   - key: PostHog's project key for a request.
  ///   - onEnd: Told of each session that has ended, before the answer is sent: it must not block.
  public init(
    _ accounts: AccountDirectory, name: String = "web_request",
    key: @escaping @Sendable (Request, Context) -> Secret?,
    onEnd: @escaping @Sendable (AnalyticsSession) -> Void = { _ in }
  ) {
    self.init(onEnd: onEnd) { request, context in
      RequestAnalytics(
        key(request, context).map(accounts.adapter(for:)) ?? accounts.standard, name: name)
    }
  }
}
