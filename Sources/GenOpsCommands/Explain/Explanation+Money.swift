import GenOpsHistory
import GenOpsPostHog

extension Explanation {
  /// Price books.
  static let priceText = #"""
    stale-prices
    The prices were read longer than 180 days before the period; PostHog changes them.
    + a newer book ('genops prices list'), or check posthog.com/pricing

    one-book
    A recording is replayed with one price book, and the scenario's prices change.
    + replay the days of each book by themselves, with --book

    snapshot-format
    A snapshot is not as it was written: somebody edited it, a merge did, or it is of another version.
    + genops snapshot update SCENARIO

    read-only
    Under CI=true nothing is written: a gate must not open itself.
    + take the snapshots on your machine and commit them

    owed-from-first-unit
    A flat part of a price is owed from the first unit of a period on; without usage nothing is.
    + what is owed in any case is an add-on of the book

    unknown-price
    The book has no price for a meter; its usage is not in the cost, and not free.
    + a book that has it, or your own file under prices:

    price-unknown
    Items were sent whose price is not known; they are not in the sum. The book has none for their meters, or
    the usage of the month before them, which decides their tier, is not known.
    + a book that has it

    price-cliff
    A price by volume lets more units cost less in total, just above a bound.
    + nothing to do; budgets are judged event by event there

    price-range
    The tiers add up to more money than can be counted.
    + check the unit of the prices

    price-text
    A price is a decimal number as text.
    - "price": 0.00005
    + "price": "0.00005"

    negative-price
    A price below zero.
    - "price": "-0.1"
    + "price": "0.1"

    tier-bound
    The end of a tier is a whole number of units.
    - "up_to": "1.5M and a bit"
    + "up_to": 1500000

    tier-order
    The tiers of a price are not in ascending order.
    - "tiers": [{"up_to": 2000000}, {"up_to": 1000000}]
    + "tiers": [{"up_to": 1000000}, {"up_to": 2000000}]

    tier-unbounded
    The last tier ends, so the price of more is unknown.
    - {"up_to": 250000000, "price": "0.000009"}
    + {"price": "0.000009"}

    tier-gap
    Units between two tiers belong to none.
    - {"from": 0, "up_to": 1000000}, {"from": 1000002}
    + {"from": 0, "up_to": 1000000}, {"from": 1000001}

    tier-overlap
    Units belong to two tiers.
    - {"from": 0, "up_to": 1000000}, {"from": 900000}
    + {"from": 0, "up_to": 1000000}, {"from": 1000001}

    unknown-tier
    The book does not know the price above a number of units; those are not in the total.
    + extend the book with the missing tier

    unknown-period
    The period of a bill is not known, so terms of the book that have dates are left out.
    + --period 2027-02

    no-prices
    No book holds from the beginning of the period on.
    - prices: [{from: 2027-03, book: posthog-2026-08}]     (the period begins in 2027-01)
    + prices: posthog-2026-08

    overlap
    Two books hold at the same time.
    + end the earlier one with effective_to on the day before the later one begins

    circle
    A price book extends itself, directly or through others.
    + one of them must stand by itself

    percent
    A percentage is a number with its sign, or a change with + or -.
    - "discount": "a fifth"
    + "discount": "20%"

    price-rounded
    A price after a percentage has more than nine decimals and is rounded.
    + write the new price itself where it is known

    currency
    A currency is three capital letters.
    - "currency": "dollar"
    + "currency": "USD"

    date
    A day of a price book is written year-month-day.
    - "retrieved": "August 2026"
    + "retrieved": "2026-08-14"

    wrong-order
    A book ends before it begins.
    - "effective_from": "2027-01-01", "effective_to": "2026-01-01"
    + "effective_to": "2028-01-01"

    subset-exceeds-whole
    There are more identified events, or group events, than events, of which they are a part.
    - --usage events=1M,identified_events=2M
    + --usage events=2M,identified_events=1M
    """#

  /// Budgets, limits, sampling.
  static let governanceText = #"""
    budget-name
    A budget has no name.
    - {limit: 500 USD per day}
    + {name: shop, limit: 500 USD per day}

    budget-limit
    A budget has a negative limit.
    - limit: -5 USD per day
    + limit: 5 USD per day

    budget-zero
    A budget of 0 refuses everything billable in its scope.
    - limit: 0 USD per month
    + limit: 100 USD per month

    budget-alerts
    Alerts are percentages of the limit in ascending order.
    - alerts: [90%, 50%]
    + alerts: [50%, 90%]

    budget-committed
    What is committed before usage cannot be negative.
    - committed: -100 USD
    + committed: 100 USD

    budget-meters
    A budget of some meters names at least one.
    - meters: []
    + meters: [events]

    budget-reserve
    The part kept for critical events lies between 0 % and 100 %.
    - reserve: 120%
    + reserve: 5%

    duplicate-budget
    Two budgets have one name, and reports could not tell them apart.
    + rename one

    duplicate-limit
    Two PostHog limits are on one meter.
    + keep one

    fiscal-start
    A year begins in a month from 1 to 12.
    - fiscal_start: 13
    + fiscal_start: 2

    limit-amount
    A PostHog limit is negative.
    - posthog_limit: {product_analytics: -5 USD per month}
    + posthog_limit: {product_analytics: 500 USD per month}

    limit-meter
    PostHog has no limit of its own on this meter; it follows another.
    - posthog_limit: {identified_events: 500 USD per month}
    + posthog_limit: {product_analytics: 500 USD per month}

    limit-not-mobile
    PostHog counts recordings of mobile apps apart from those of the web, and a limit on session_replay holds
    back the latter only.
    - posthog_limit: {session_replay: 100 USD per month}
    + posthog_limit: {session_replay: 100 USD per month, mobile_replay: 50 USD per month}

    limit-period
    PostHog's limits are for a billing month.
    - posthog_limit: {product_analytics: 500 USD per day}
    + posthog_limit: {product_analytics: 500 USD per month}

    limit-without-price
    A limit in money on a meter whose price is unknown says no number of units.
    + a book with that price

    sampling-nothing
    A sampling of 100 % keeps everything.
    - sample: {$pageview: 100%}
    + sample: {$pageview: 10%}

    unknown-mode
    A governance mode is advisory, enforced or strict; the names of distributions select rules, not modes.
    - governance: {mode: gdpr}
    + governance: {mode: strict}

    event-class
    A class of events takes patterns of names, and 'other' is what no class fits.
    - other: [foo*]
    + click: [foo*]
    """#

  /// What the adapter and a replay say.
  static let adapterText = #"""
    anchor-day
    A billing period begins on a day from 1 to 31.
    - billing_day: 32
    + billing_day: 1

    unknown-opening
    The usage since the billing period began is not known, so the first period is priced as if it began
    empty, and prices at the margin are marked unknown.
    + opening_usage: {events: 1200000}

    book-out-of-reach
    The prices of a book hold from a day on or until a day, and the period has days that lie outside of that. They are
    priced with it all the same, because no other book was named: what was paid then, or will be, is another amount.
    - period: 2023-01 to 2023-12
    + prices: [{book: posthog-2023-05}, {from: 2023-09-28, book: posthog-2023-11}]

    opening-twice
    opening_usage is what was used of the running billing period before the scenario's period begins: it puts the first
    month on later tiers. A period that begins on the same day as a billing period has nothing before it, and what is
    given as its opening is a part of its first month, which is forecast whole: it counts twice.
    - opening_usage: {events: 1200000}
    + history: usage.csv

    late-beyond-period
    Events came after their billing period, and the one after it, were closed; they are counted apart.
    + nothing to do

    future-dated
    Events lie beyond the running billing period.
    + check the clocks that stamp them

    meter-memory
    More events, sessions or persons than the meter remembers; some may count twice.
    + a larger memory in the adapter's configuration

    overflow
    A counter or an amount left its range and stays at its bound.
    + check the usage

    posthog-host
    The address of PostHog is none: another scheme than http, no host, a query, a user or spaces in it.
    - https://us.i.posthog.com?project=1
    + https://us.i.posthog.com

    before-send
    Events were kept back by the application's own hook.
    + nothing to do

    opt-out
    Events were not sent, because their users opted out of analytics.
    + nothing to do

    not-conserved
    A fault in the program: what was read is not the sum of what became of it.
    + report it with the file
    """# + "\n\n" + deliveryText
}
