extension Explanation {
  /// What billing answers say of the account.
  static let accountText = #"""
    account-state
    The account is in a trial or deactivated; the costs are those of the same usage without that.
    + nothing to do; look again when the state ends

    add-on-left-out
    The bill charges an add-on that the scenario's own list does not have, so it is not in the cost.
    - add_ons: [boost]
    + add_ons: [boost, group_analytics]

    add-on-not-chosen
    The usage counts something that the book bills only where an add-on is chosen, so it costs nothing in the
    quote.
    - genops prices quote --usage group_events=1M
    + genops prices quote --usage group_events=1M --add-ons group_analytics

    add-on-without-usage
    An add-on that is paid for by use is subscribed to, and no history, bill or traffic says how much of it is
    used: nothing is counted for it.
    - add_ons: [group_analytics]     (and no row of group events in the export)
    + export the row with the others

    bill-breakdown
    The spend is a total of all products. The model is checked product by product, because a bill may hold what
    the history does not.
    + ask for /api/billing/spend/ with breakdowns=["type"]

    bill-contradicts
    The bill counts other units than the export has, to any day of the period or to the day that another meter
    tells. Beyond that day's usage, 5 % may differ.
    + export all projects and all series, of the account that the bill is of

    bill-date
    The day on which credits expire cannot be read, so they pay until they are used up.
    - "amount_off_expires_at": "next autumn"
    + "amount_off_expires_at": "2027-09-08T05:20:59Z"

    events-missing
    The history counts identified events and not the events that they are a part of, so that only the profiles
    are in the cost.
    - All projects::Identified events,400000,…     (and no row of Event)
    + export 'Events' with the others

    credits-lapse
    Credits expire within the period before the bills have used them up.
    + nothing to do; or buy fewer, or have their end moved

    bill-differs
    Two answers have other amounts for the same days, or other facts of the account in the same period. The
    one that reaches further, or has more usage, is used.
    + keep the newer answer only

    bill-old
    The newest answer is of a period that ended more than 62 days before the history does. Its limits, tiers,
    discount and credits are used, and may have changed.
    + save a new answer of /api/billing/

    bill-parts
    A file has a product by project and the sum of its projects; the sum is used, the parts are not added.
    + nothing to do

    bill-yearly
    The billing period is a year. Tiers, free units and fees count by the month here. Where the amount so far
    is what all units cost at the tiers together, they count once a year, and no headline rests on the
    forecast; else the answer does not tell.
    + compare the year with the contract; under prices: write your tiers, or a twelfth of each yearly bound

    credit-expired
    The account's credits expired before the running period, so they pay none of its bills.
    + nothing to do

    credit-expiry
    Credits are left and no end is said: they pay until they are used up.
    + terms: {credits: [{kind: balance, amount: 1000.00, expires: 2027-09-30}]}

    discount-expiry
    The answer has a discount in percent and a day on which an amount off expires. It does not say that the
    discount ends then, so it is taken without an end.
    + compare with a run without terms: in the scenario

    few-days
    Limits that follow from an account's own days need at least 14 of them.
    + wait, or set limits by hand

    free-plan
    The account pays nothing: each product ends at its free allotment, and PostHog drops what is above it.
    + governance: {posthog_limit: free}
    + an option that pays: {posthog_limit: none}

    limit-next-period
    A limit is another one, begins or ends with the next billing period. That holds for most of the year and
    is used throughout.
    + nothing to do

    limit-passed
    Recorded days hold more than PostHog's limit lets pass. It counts what it did not drop, so the limit is
    newer than those days or was not enforced. "As is" has it for the whole period.
    + begin the period where the limit began, or lift it in an option: {posthog_limit: none}

    limit-units
    PostHog makes units of a limit in dollars and acts on those. The answer's are not what the dollars pay for
    at the prices here; its discount or its add-ons may be others. The units are used.
    + nothing to do; write the limit in money to have it by these prices

    limits-differ
    The scenario and the bill have different limits on a product; the scenario's is used.
    + governance: {posthog_limit: {product_analytics: 100 USD per month}}

    limits-left-out
    A price book holds prices and terms and no limits; those of the account belong into the scenario.
    + genops init --usage usage.csv --billing billing.json

    limits-off
    PostHog does not enforce limits of accounts that it trusts, so nothing is dropped.
    + nothing to do

    not-chosen
    A product that has to be subscribed to is used and not chosen. It is taken as not paid for, which leaves
    its price out of the cost.
    + add_ons: [group_analytics]

    own-allotment
    The free plan of this account has another allotment than the price book.
    + prices: {extends: posthog-2026-08, rates: [{meter: events, model: per-unit, free_units: 2M, price: "0.00005"}]}

    own-prices
    The account's tiers are other prices than those of the book.
    + prices: {extends: posthog-2026-08, rates: [{meter: events, model: per-unit, price: "0.00004"}]}

    partner-pays
    A partner such as Vercel pays for the account, so PostHog's answer holds usage and no money. The book's
    prices stand in for what the partner charges.
    + prices: a book with the partner's prices

    terms-differ
    The discount or the credits in the scenario or its book are not those of the bill; a balance is used up
    from month to month, so an older figure is too high.
    + terms: {discount: 20%, credits: [{kind: balance, amount: 812.30, from: 2027-03-01}]}

    terms-twice
    The scenario and its price book both have terms; those of the scenario are used.
    + keep one of the two

    unknown-balance
    Credits or a commitment began before the period, and the usage since then is not known: how much of them
    is left is not known either.
    + export the usage since that day, or write what is left with from: the first day of the period
    """#
}
