import GenOpsHistory
import GenOpsMetering
import GenOpsPostHog

extension Explanation {
  /// Growth and what fits find.
  static let growthText = #"""
    fitted
    What a fit to the history found, with 90 % intervals. Nothing is wrong.
    + growth: {events: {model: logistic, fit: history}}

    fit-failed
    A model could not be fitted: the history is too short or says too little about a parameter.
    - events: {model: logistic, fit: history}
    + events: {model: logistic, fit: history, cap: x2 to x5}     (what you know narrows what is found)

    not-fittable
    The parameters of this model cannot be found in a series of daily usage; give them.
    - events: {model: steps, fit: history}
    + events: {model: logistic, fit: history}

    no-history
    There is no usage to fit to or to follow.
    - traffic: [web: …]     with     growth: {web: {model: logistic, fit: history}}
    + history: usage.csv
    """#

  /// The series of a history and what they allow.
  static let historyText = #"""
    recording-binned
    An exact run has recorded events and something that is not recorded, such as days after them,
    traffic: or an option that changes the events. They are counted by day.
    + run what is recorded and nothing else to decide event by event

    traffic-sampling-unseen
    A policy samples when a minute has many events. A simulated day has no minutes, so what the policy
    would drop is in the cost.
    - governance: {traffic_sampling: {high_per_minute: 5000}}     (a year ahead)
    + governance: {sampling: {page_view: 10%, default: 100%}}     (or 'genops replay' of recorded events)

    privacy-unseen
    Strict mode refuses events by their properties or by consent. A simulated day has neither, so what it
    would block is in the cost.
    + 'genops replay EVENTS --scenario FILE' decides on recorded events

    event-rules-unseen
    A limit on the cost or the rate of single events, a content filter or a list of teams is part of the plan. A
    simulated day has no single events, so what they would refuse is in the cost.
    + 'genops replay EVENTS --scenario FILE' decides on recorded events

    watch-unseen
    A watch over growth or unusual days is part of an application's adapter. A run only knows the
    alerts of budgets, so a fault may be noticed earlier than it says.
    + nothing to do; the watch works where the adapter runs

    inferred
    Which part of the flag requests is polls is read from the history: servers poll on weekends as on
    other days, people do not come.
    + flags: {servers: 25, polling: 30 s}     (where it is known)

    range-widened
    Past months lay outside of the range that the forecast would have given them, more often than chance
    allows. So the range is made wider, until it would have held 8 of 10 of them.
    + changes: [migration: {from: 2027-03-01, events: x2}]     (what is known to come)

    no-recording
    Decisions on single events were asked for, and the run does not go through recorded ones.
    - genops run budget.yaml --decisions d.jsonl     (history: usage.csv)
    + history: events.jsonl with grain: exact and a period that the events cover

    history-gap
    The history and the period do not meet: it begins after the period does, or ends long before.
    - period: 2027-01 to 2027-12     (the history ends in 2025)
    + export the latest months too

    young-history
    The forecast rests on less than 28 days of history, of all products or of one that costs something: a year
    cannot be told from them. The report says what it would cost if they went on, and nothing more.
    + export more days, or say what you expect under traffic:

    ends-in-peak
    The history ends in a peak that the year before had too. Its days count for no level, or the year
    would stand as high as they do.
    + export again two weeks after the peak

    dates-found
    The history shows that usage differs on dates that come every year, such as Christmas, and the forecast
    has them on their days of the year ahead, as large as they were measured.
    + nothing to do; special_dates: none   leaves them out, special_dates: [us, 06-14]   adds others

    missing-peak
    Last year some days stood far above those around them, and neither the season of the forecast nor a
    change nor a date of the calendar brings that back. The month in which it is missing says so.
    + changes:
    +   - Black Friday: {from: 2027-11-22, to: 2027-11-29, events: x2}

    part-above-whole
    There are more identified events, or more events with groups, than events. They are a part of events.
    - Events,4000     Identified events,10000
    + Events,10000    Identified events,4000

    history-no-row
    An export by project lists identified events of some projects and not of others. PostHog leaves out rows of
    which nothing was used, so there are none.
    + nothing to do

    short-history
    Too few days for weekdays (14), a trend (28) or a season of the year (13 months).
    + export a longer time, or give the growth under growth:

    no-yearly-season
    Less than 13 months of history: whether a month is high or low for its season is unknown.
    + export 13 months or more

    missing-days
    Days without a value are left out, not taken as nothing.
    + export the days again

    late-start
    A series begins with zeros; it is taken from its first usage on.
    + nothing to do where the product began then

    stopped
    A series has been silent for four weeks or more, so none of it is expected.
    + give its level under traffic: if it comes back

    ends-in-zeros
    A series is zero on its last days, for longer than ever before: an outage, or its end, and futures have both
    (late-run). PostHog's export also pads days that are not counted yet with zeros.
    + leave the days out of the export that are not over or not counted

    constant
    A series is the same on every day, and taken as exact.
    + check the export when that surprises

    intermittent
    A series has usage on few days only: its mean is used, without season or trend.
    + nothing to do

    level-shift
    A series jumped to another level; only the last level goes on. Days of an event that has passed, such as
    a sale, stay in season and scatter unless the calendar names it: then they count as they would without.
    + calendar: {sale: {effect: campaign, from: 2026-11-24, by: +60%, lasts: 34 days}}

    late-run
    The last days lie far above or below those before them: a launch, an outage or a new level. In a part of all
    futures, which grows with the days that they have stood, they stay; in the others usage goes back.
    + calendar: {launch: {effect: campaign, from: 2026-11-24, by: +250%, lasts: 5 days}}   or, where they stay, changes:

    outliers
    Days that stand out count little in the fit.
    + nothing to do; the days are named

    impossible-usage
    Days with negative or infinite usage are left out.
    + export them again

    taken-from-bill
    A meter is on the bill and not in the history; its level is taken from the bill, without season or
    trend. How many days the bill has, the meters in both tell. Or the scenario is silent about add-ons, discount, credits or limits that the bill shows.
    + export the meter with the others; write add_ons:, terms: or governance: to have your own

    unknown-usage
    A meter is on the bill, but neither history nor bill say how much of it a day has.
    + export its usage

    history-format
    The file is none of the known forms of a usage history.
    + PostHog > Billing > Usage > Export (CSV), or the answer of /api/billing/usage/

    history-is-bill
    The file is a bill and stands under history.
    - history: billing.json
    + bills: billing.json

    history-is-spend
    The file holds dollars, not units; the prices would be applied to prices.
    - history: spend.json
    + history: usage.json     (of /api/billing/usage/)

    history-breakdown
    The rows or series are split by something else than product and project, so their units cannot be told
    apart or put together.
    + export with a breakdown by product

    history-column
    A column of the history is none of the known ones and is left out.
    + name it like a meter, or leave it

    history-date
    A date of the history cannot be read, or could be read in another way: the finding says how it was.
    - 03/04/2027     (alone: the fourth of March or the third of April)
    + 2027-03-04

    history-empty
    No row of the file could be read.
    + export it again

    history-interval
    The dates are not one day apart, so the file is not a daily export.
    + export by day

    history-meter
    The file does not say what its numbers count.
    + add a column 'meter' or name the columns by meters

    history-more-pages
    PostHog's answer has further pages, and the files hold the first ones only.
    + fetch the other pages too

    history-not-billed
    A series that PostHog counts and does not bill by itself; it is left out.
    + nothing to do

    history-quote
    A quoted cell of the CSV never ends.
    + close the quote, or export again

    history-refused
    The file is PostHog's refusal, not its answer.
    + check the key's scope (billing:read) and fetch again

    history-repeated
    A day has two values for one meter; the second is used.
    + remove one

    history-short-row
    A row has fewer cells than columns.
    + export it again

    history-total
    The total of a row is not the sum of its days; the days are used.
    + export it again

    history-total-row
    A row that is the sum of others is left out, or it would count twice.
    + nothing to do

    history-value
    A cell is not a number of units; the day is left out.
    - n/a
    + 12000

    series-length
    A series has not as many values as dates; the rest is left out.
    + fetch it again

    series-shape
    A series lacks its dates or its data and is left out.
    + fetch it again

    unknown-series
    No meter is called like this series; it is left out.
    + 'genops kinds meters' lists the names that are understood

    bill-amount
    An amount of a bill is a decimal number as text.
    - "current_amount_usd": "n/a"
    + "current_amount_usd": "450.00"

    bill-anchor
    The spend does not say when a billing period begins, so the first day is taken.
    + billing_day: 5

    bill-format
    The file is none of the known forms of a bill.
    + bills: the answers of /api/billing/ and /api/billing/spend/

    bill-interval
    Weekly amounts do not fill calendar months.
    + fetch the spend by day or month

    bill-is-usage
    The file holds units, not money.
    - bills: usage.json
    + history: usage.json

    bill-period
    The bill does not say which period it is for, as for accounts that never paid: calendar months are
    taken. It is an error where the answer says nothing else either.
    + billing_day: 5

    bill-repeated
    A file has answers of several periods; that of the latest is used. Answers of one period are read as
    one, because the organization billing API answers in parts.
    + keep one

    bill-rounded
    An amount with more than two decimals is rounded.
    + nothing to do

    bill-total
    The products of a bill do not add up to its total; the total is used.
    + nothing to do; PostHog rounds each product

    bill-units
    The units of a product are not a number.
    + fetch it again
    """#
}
