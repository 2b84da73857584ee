extension Explanation {
  /// What `genops optimize` finds.
  static let optimizeText = #"""
    unknown-objective
    An optimization makes one thing as small as it can, or of npv as large: the cost, a quantile of it, the cost
    with the worth of what is lost, the net present value, or what is lost.
    - objective: cheapest
    + objective: cost and lost data

    not-a-variable
    A variable of optimize: is a lever with a list of values to choose from. Of sample, scale, governance and
    posthog_limit a part may be decided by itself; of other levers the value is one whole.
    - - anonymous.events: [$pageview]
    - - flag_polling: 300 s
    + - anonymous: [as is, [$pageview]]
    + - flag_polling: [as is, 60 s, 300 s]

    no-variables
    There is nothing to decide: optimize: names no variable, and the scenario has neither options nor usage of which
    less could be sent.
    + optimize: {variables: [flag_polling: [as is, 60 s, 300 s]]}
    """#
}
