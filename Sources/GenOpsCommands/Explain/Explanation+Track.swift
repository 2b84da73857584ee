extension Explanation {
  /// What `genops track` finds, and the forecast ledger.
  static let trackText = #"""
    month-partial
    The new export does not know a month whole that has ended or begun: days are missing, or a product that
    was expected. What is not known is taken as it was expected, so it is in the landing and adds nothing to
    the miss, and the month does not count in the score.
    + export the days and products that are missing, and name both exports: --usage a.csv --usage b.csv

    month-given
    A product is in the bill and in no export, so a new export cannot know what it used. It is taken as it was
    expected: in what is actual, in the landing and in the score, to whose miss it adds nothing.
    + nothing to do

    month-repriced
    A month that has landed is billed at other prices than it was forecast with. Prices that were edited in
    place are in force for the months that have landed too.
    - prices: offer.yaml
    + prices: [{book: posthog-2026-08}, {from: 2026-12-01, book: offer.yaml}]

    no-past-forecast
    A month has ended and nothing was said of it before: the ledger has no line of it, and the history is too
    short to work out what would have been said.
    + genops run budget.yaml --remember     (says the months ahead, once a month)

    rest-as-said
    The scenario has no history, so the days that are not known yet are taken from the scenario as it is
    written. The new export does not change what lies ahead.
    + history: november.csv

    export-outside
    The new export ends before the scenario's period begins, or knows nothing at all. PostHog's days that are
    zero on every product at the edge of an export are not known.
    + export the latest months, or move period:

    budget-by-month
    The budget is for a quarter or a year. Months are held against equal parts of it, which sum to it exactly.
    + budget: 5000 USD per month     (where months have budgets of their own)

    tiers-and-spread
    With tiers, minimums and credits the mean cost of all futures is not the bill of the mean usage. A month
    that used exactly what was expected then still misses the expected cost. That part is within volume.
    + nothing to do

    forecast-prices-unknown
    A ledger keeps the prices of its forecasts in lines of kind "prices". The line of a forecast is not there
    any more, so the prices in force now stand in, and what a change of prices did is within volume.
    + keep the ledger as it was written

    ledger-line
    A line of the forecast ledger cannot be read: it was cut, edited, or is of another program. It is left
    where it is and not used. All other lines are.
    - {"kind":"forecast","said":"2026-12-01T00:0
    + take the line out, or leave it

    ledger-other
    Lines of the forecast ledger are of another scenario, by its name, or in another currency. They are left
    out here.
    + genops track budget.yaml --usage november.csv --ledger budget.forecasts.jsonl

    ledger-unusable
    The forecast ledger cannot be read or written, or the file holds something else, to which nothing is added.
    - genops track budget.yaml --usage november.csv --ledger november.csv
    + genops track budget.yaml --usage november.csv --ledger budget.forecasts.jsonl
    """#
}
