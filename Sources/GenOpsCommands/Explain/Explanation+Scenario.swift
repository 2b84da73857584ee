import GenOpsGovernance
import GenOpsHistory
import GenOpsPostHog

extension Explanation {
  /// Keys, names and sections of a scenario.
  static let scenarioText = #"""
    unknown-key
    A key that nothing reads, most often a misspelt one. It is an error, because a key that is passed
    over silently changes the result without a word.
    - perod: 2027-01 to 2027-12
    + period: 2027-01 to 2027-12

    missing-key
    Something needs a key that is not there. The finding shows the line to add.
    - launch: {events: +20%}
    + launch: {from: 2027-05-10, events: +20%}

    duplicate-key
    A key or name stands twice, and only one of the two could hold.
    - growth: {events: 2% per month, events: 3% per month}
    + growth: {events: 3% per month}

    wrong-type
    A text stands where a list or mapping belongs, or the other way round.
    - add_ons: boost
    + add_ons: [boost]

    wrong-value
    The value can be read and makes no sense in its place: a chance above 100 %, a 'low' above 'high'.
    - dist: uniform, low: 5, high: 2
    + dist: uniform, low: 2, high: 5

    out-of-range
    A number lies outside what can be: more futures than can be walked, a share above 100 %, usage
    beyond what can be counted.
    - paths: 0
    + paths: 10000

    unknown-kind
    A name that no registry holds. 'genops kinds' lists all of them.
    - model: logistik
    + model: logistic

    unknown-meter
    A name that is neither a meter nor a stream of the scenario. 'genops kinds meters' lists the
    meters; usage keys of PostHog and the names on its invoices are understood too.
    - growth: {evnts: 2% per month}
    + growth: {events: 2% per month}

    derived-meter
    Identified events are a part of events, so they grow with them; a growth of their own would make
    the part larger than the whole.
    - growth: {identified_events: 2% per month}
    + growth: {events: 2% per month}

    reserved-name
    "as is" is the scenario without any option, so no option can have that name.
    - as is: {flag_polling: 300 s}
    + slow polling: {flag_polling: 300 s}

    matched-nothing
    A growth, change or option names something the scenario does not have, so it moves nothing.
    - changes: [launch: {from: 2031-01-01, events: +20%}]     (the period ends in 2027)
    + changes: [launch: {from: 2027-05-10, events: +20%}]

    no-usage
    There is nothing to price: neither a history nor a stream of traffic, or all of them are zero.
    - scenario: Budget 2027
    + history: usage.csv     (or traffic: …)

    not-a-period
    A period of months is two months with 'to', the earlier first, at most ten years.
    - period: 2027
    + period: 2027-01 to 2027-12

    impossible-date
    A day or month that the calendar does not have.
    - from: 2027-02-30
    + from: 2027-02-28

    unknown-option
    'expect' names an option that is not there.
    - expect: {slow poling: [cost < 5000 USD]}
    + expect: {slow polling: [cost < 5000 USD]}

    unknown-metric
    A condition names a metric that is not there; 'genops run FILE --metrics' lists them with values.
    - expect: [costs < 5000 USD]
    + expect: [cost < 5000 USD]

    metric-argument
    The brackets after a metric name nothing in the scenario: a month outside its period, a budget or
    a meter that it does not have, or nothing at all.
    - expect: [cost(2029-01) < 5000 USD]     (the period ends in 2027-12)
    + expect: [cost(2027-11) < 5000 USD]

    not-a-condition
    A condition is a metric, one of < <= > >= == !=, and a value with its unit.
    - expect: [cost 5000 USD]
    + expect: [cost <= 5000 USD]

    unknown-add-on
    The price book has no add-on of that name, or bills it without its being chosen.
    - add_ons: [bost]
    + add_ons: [boost]

    unknown-share
    An option needs to know which part of the events it acts on, and neither a mix nor recorded events
    say.
    - options: [sampled: {sample: {checkout_step: 10%}}]
    + mix: {checkout_step: 5%}

    assumption
    A number the data does not hold and the question needs. It is drawn from a wide range rather than
    taken as nothing; giving it makes the result narrower.
    - traffic: [web: {events: 2M per month}]
    + traffic: [web: {events: 2M per month, identified: 60%}]

    no-benefit
    The value case lists costs only, so no bill can ever pay.
    - value: {costs: [engineer: {amount: 3000 USD per month}]}
    + value: {benefits: [replaced tools: {amount: 3500 USD per month}]}

    change-in-history
    A change began on a day that the history has, so its level has it already. It is not made again.
    - changes: [launch: {from: 2026-09-01, events: x2}]    (the history ends on 2026-11-28)
    + changes: [second launch: {from: 2027-03-01, events: x1.5}]

    part-of-budget
    No whole period of a budget lies in the scenario's period, so what is used in the rest is not counted.
    - period: 2027-01 to 2027-06    budget: 1000 USD per year
    + period: 2027-01 to 2027-12    budget: 1000 USD per year

    same-snapshot
    Two scenarios differ in the ending of their file alone, so they would share one snapshot.
    - genops snapshot update s.yaml s.yml
    + mv s.yml other.yaml

    polls-exceed-usage
    The servers and polling given under 'flags' would make more requests than the history has.
    - flags: {servers: 200, polling: 5 s}
    + flags: {servers: 20, polling: 30 s}

    polls-added
    No file of the history and no bill counts flag requests, so what the servers under 'flags' make is added to
    what they count. Where the history has flag requests, the polls are a part of them.
    + export 'Feature flag requests' with the others

    servers-twice
    flags: names the servers of all projects, and a stream of traffic: names servers of its own. Both are counted, which is
    right only where they are different servers.
    - flags: {servers: 25}, and a stream with flag_servers: 25
    + flags: {servers: 25}

    groups-exceed-events
    Events with groups are events too, so there cannot be more of them than there are events.
    - web: {events: 1M per month, group_events: 2M per month}
    + web: {events: 2M per month, group_events: 1M per month}

    fit-of-several
    A stream or project has several meters, and 'fit: history' finds the growth of one.
    - growth: {Web shop: {model: logistic, fit: history}}
    + growth: {Web shop/events: {model: logistic, fit: history}}

    unknown-class
    A rate of sampling is for a class of events, and no event is sorted into one of that name. The classes are page_view,
    page_leave, click, conversion, signup, purchase, error, feature_use, profile, ai, flag_call, survey, recording,
    web_vitals and other; a policy file has its own under classes:.
    - sampling: {$pageview: 10%}
    + sampling: {page_view: 10%}

    polls-contradict-week
    The servers and polling given under 'flags' make another part of the flag requests than the week of the
    history shows: polls go on at weekends, people do not.
    + flags: {servers: 25, polling: 30 s}     (what is really deployed, each with its own polling)

    cancelled
    The run was ended before its first futures were walked, so there is no result.
    + genops run scenario.yaml --paths 1000     (walks fewer futures)

    period-passed
    The history has every day of the period, and an option changes only what lies ahead: all cost the same.
    - period: 2026-10     (with a history to 2026-11-03)
    + period: 2026-11 to 2027-10     (or --mode exact, with recorded events)

    too-many-items
    'grain: exact' walks events one by one; this many would take hours.
    - grain: exact
    + grain: binned     (or --paths 10, or a shorter period)

    unknown-verb
    A word where a verb belongs; a scenario alone is run.
    - genops rnu budget.yaml
    + genops run budget.yaml

    unknown-code
    'genops explain' lists the codes of all findings.
    - genops explain unknown-kye
    + genops explain unknown-key

    unknown-dimension
    An attribution is by team, project, customer and the like; this name is none of them.
    - scope: {teem: growth}
    + scope: {team: growth}

    unknown-zone
    A time zone is named as in the tz database.
    - time_zone: Berlin
    + time_zone: Europe/Berlin
    """#
}
