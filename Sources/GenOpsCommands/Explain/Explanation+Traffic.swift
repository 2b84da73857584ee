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

    no-events
    The scenario has no events on the days that were asked for, so there is nothing to generate.
    + genops generate budget.yaml --from 2027-02 --out events.jsonl

    outside-period
    Days were asked for that are not of the scenario's period.
    - genops generate budget.yaml --from 2028-01 --out events.jsonl      (period: 2027-01 to 2027-12)
    + genops generate budget.yaml --from 2027-11 --out events.jsonl

    generated-without
    An export of events holds no flag requests, recordings, rows or logs. What the scenario has of them is in no
    file, and a replay does not know it.
    + genops generate budget.yaml --out events.jsonl --usage usage.csv

    replay-partial
    PostHog's exports of events hold no flag requests, recordings, rows or logs, so the cost of a replay is without
    them, and JSON says isPartial with the meters that are not known.
    - genops replay month/*.jsonl.zst
    + genops replay month/*.jsonl.zst --usage usage.csv

    usage-outside
    The usage has days before the first or behind the last recorded event. They are left out: a cost of usage with and of
    usage without events would be neither.
    + genops replay 2027-02/*.jsonl.zst 2027-03/*.jsonl.zst --usage usage.csv

    usage-differs
    The export of usage and the recording count the same days differently, by more than a hundredth. The recording's units
    are priced. Mostly an hour of the export of events is missing, or the usage is of more projects than it.
    + genops replay month/*.jsonl.zst --usage usage-of-that-project.csv

    usage-recorded
    The recording has snapshots of sessions, and the export of usage counts the same sessions. They are priced once.
    + leave the recordings out of one of the two

    unknown-owner
    A part of --by does not say which dimension of an owner stands in which property.
    - genops replay events.jsonl --by squad=team
    + genops replay events.jsonl --by team=squad

    pseudonymized
    The events were written with hashes in place of people, sessions and groups, and with those properties alone that
    metering reads or that were asked for. Names of events and instants stay.
    + genops replay events.jsonl --pseudonymize --out safe.jsonl.zst --key-file key

    weak-key
    The key is so short that whoever has the hashes can try out all keys, and then every address.
    + head -c 32 /dev/urandom | base64 > key

    no-alerts
    The scenario has faults and no budget with alerts. Only the next bill would tell of them.
    + budget: {limit: 5000 USD per month, alerts: [50, 80, 100]}
    """#
}
