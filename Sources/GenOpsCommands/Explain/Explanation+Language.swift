import GenOpsHistory

extension Explanation {
  /// Variables, formulas, `extends`, `--set`, correlations.
  static let languageText = #"""
    unknown-variable
    A formula uses a name that is not among the variables.
    - users: mua * 0.4
    + users: mau * 0.4     (with variables: {mau: 40k to 60k})

    variable-circle
    Variables are computed from each other in a circle, so none of them has a value.
    - variables: {a: 2 * b, b: a + 1}
    + variables: {a: 2 * b, b: 40k}

    variable-name
    A variable's name is letters, digits and _, beginning with a letter, and not 'per' or 'to'.
    - variables: {active-users: 40k}
    + variables: {active_users: 40k}

    unused-variable
    Nothing uses a variable, so it changes nothing.
    - variables: {mau: 40k to 60k}
    + users: mau

    not-a-formula
    A formula is figures with units, names of variables, + - * / and parentheses.
    - users: (mau + 2
    + users: (mau + 2)

    interval-in-formula
    An interval inside a formula would be a draw without a name: used twice, it would be two draws.
    - users: mau * (2 to 3)
    + variables: {factor: 2 to 3}     and     users: mau * factor

    unit-mismatch
    Numbers of different units or periods are added, or multiplied to something that has no unit.
    - amount: 100 USD per month + 3 USD per day
    + amount: 100 USD per month + 90 USD per month

    division-by-zero
    A formula divides by 0.
    - users: mau / 0
    + users: mau / 2

    uncertain-limit
    A budget or limit is a decision and must be known; this one depends on an uncertain variable.
    - budget: 2 * expected     (expected: 4000 to 6000 USD per month)
    + budget: 10000 USD per month

    unknown-input
    A correlation names something that is not uncertain in this scenario. 'genops plan' lists the
    uncertain inputs; the end of a name is enough where it is the only one.
    - correlations: [{between: [mua, events], rank: 0.6}]
    + correlations: [{between: [mau, events], rank: 0.6}]

    certain-input
    A correlation names a number that is known exactly; nothing can move with it.
    - variables: {mau: 50k}     with     {between: [mau, pace], rank: 0.6}
    + variables: {mau: 40k to 60k}

    impossible-correlations
    The rank correlations contradict each other: if a moves with b and b with c, a cannot move against
    c. The finding offers the nearest ones that can all hold.
    - {between: [a, b], rank: 0.9}, {between: [b, c], rank: 0.9}, {between: [a, c], rank: -0.9}
    + {between: [a, b], rank: 0.9}, {between: [b, c], rank: 0.9}, {between: [a, c], rank: 0.7}

    extends-circle
    A file extends itself, directly or through others.
    - extends: own.yaml     (in own.yaml)
    + extends: base.yaml

    not-a-setting
    '--set' takes a place in the scenario, '=', and the value to put there.
    - genops run a.yaml --set growth.events
    + genops run a.yaml --set growth.events='3% per month'

    no-such-place
    '--set' names a list item or variable that the scenario does not have, or a key below a text.
    - --set traffic.wbe.users=70k
    + --set traffic.web.users=70k

    unknown-column
    A data file has no column of that name.
    - {dist: empirical, file: sessions.csv, column: minuets}
    + {dist: empirical, file: sessions.csv, column: minutes}
    """#

  /// Numbers with units.
  static let quantityText = #"""
    not-a-quantity
    A number with its unit belongs here, and this cannot be read as one.
    - users: many
    + users: 50k

    reversed-range
    'a to b' runs from the smaller to the larger number.
    - users: 60k to 40k
    + users: 40k to 60k

    missing-unit
    The number needs its unit: percent, a currency or a time. None is guessed.
    - identified: 60
    + identified: 60%

    cut-range
    An interval is 90 % sure, so the distribution goes on beyond its ends: '0 to 6M' is normal and lies
    below 0 in 5 of 100 futures. What cannot be is taken as the end of what can.
    - events: 0 to 6M per month
    + events: {dist: uniform, low: 0, high: 6M per month}

    wrong-unit
    The number has a unit that does not belong here.
    - identified: 60 USD
    + identified: 60%

    missing-period
    An amount or rate needs to say for what time. None is guessed: a month is not a year.
    - amount: 3500 USD
    + amount: 3500 USD per month

    wrong-period
    The time after 'per' does not belong here.
    - discount_rate: 10% per month
    + discount_rate: 10% per year

    two-currencies
    An amount is in another currency than the price book; nothing is converted.
    - budget: 5000 EUR per month     (the book is in USD)
    + budget: 5000 USD per month

    not-a-change
    A change says how it acts: + or - with a percentage, x with a factor, or an amount per time.
    - events: 20%
    + events: +20%     (or x1.2, or +40k per day)

    rate
    A growth rate is a percentage for some time.
    - events: quickly
    + events: 2% to 6% per month

    rate-unit
    A growth rate needs its percent sign.
    - events: 2 to 6 per month
    + events: 2% to 6% per month

    rate-period
    A growth rate needs its time: per day, week, month, quarter or year.
    - events: 2% to 6%
    + events: 2% to 6% per month

    interval
    The interval of a rate runs from the smaller to the larger number.
    - events: 6% to 2% per month
    + events: 2% to 6% per month

    share
    A share is a percentage from 0 % to 100 %.
    - keep: 150%
    + keep: 50%

    whole-number
    A whole number within bounds belongs here.
    - billing_day: 1.5
    + billing_day: 1

    flag
    Either true or false belongs here.
    - opt_in: maybe
    + opt_in: true

    amount
    An amount of money is a number with its currency and, for a budget, its period.
    - limit: five thousand
    + limit: 5000 USD per month

    usage-text
    A usage on the command line is meters with units, separated by commas.
    - --usage events
    + --usage events=10M,session_recordings=15000
    """#
}
