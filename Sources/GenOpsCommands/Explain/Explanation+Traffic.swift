import GenOpsPostHog

extension Explanation {
  /// People, faults and attacks.
  static let trafficText = #"""
    given-twice
    A stream gives its events in two ways, such as a preset and a number per session. They would be
    counted twice.
    - app: {users: 50k, preset: fashion, events: 40 per user per month}
    + app: {users: 50k, preset: fashion}

    free-event
    PostHog bills events of this name on no meter ($feature_flag_called and a few more), so they add
    nothing to the cost.
    - events: {$feature_flag_called: 3 per session}
    + events: {$pageview: 6 per session}

    no-alerts
    The scenario has faults and no budget with alerts. Only the next bill would tell of them.
    + budget: {limit: 5000 USD per month, alerts: [50, 80, 100]}
    """#
}
