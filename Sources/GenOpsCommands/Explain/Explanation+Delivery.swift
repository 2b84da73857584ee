import GenOpsPostHog

extension Explanation {
  /// What delivery, flags, the ledger and rules on data say in production.
  static let deliveryText = #"""
    no-endpoint
    Events are to be delivered, and no server is named.
    + give a host and a project key

    no-key
    A server is named without the key of the project.
    + copy it from PostHog > Settings > Project; it begins with phc_

    same-endpoint
    A host is listed twice; failing over to it would gain nothing.
    + list each region or proxy once

    delivery-limits
    The queue and the batches hold at least one event.
    - capacity: 0
    + capacity: 10000

    delivery-failing
    The last request to PostHog failed; events wait and are sent again.
    + look at the network and at the host

    events-lost
    Events will not arrive: the queue was full, or PostHog refused them for good.
    + give a spool on disk, or a larger capacity

    upstream-down
    Strict mode refused events while none of PostHog's servers answered; it ends with the first success.
    + look at the network and the hosts, or use enforced mode with a spool

    policy-warned
    Events broke a rule on single events (cost-limit, rate-limit, content-filter, team-access) and were sent all
    the same, because advisory mode refuses nothing.
    - governance: {mode: advisory, rate_limit: {max_requests_per_minute: 6000}}
    + governance: {mode: enforced, rate_limit: {max_requests_per_minute: 6000}}

    owners-folded
    More customers, features or other owners than the memory holds: further ones are counted together. What a
    budget or a mode is bound to is kept apart.
    + open sessions for teams and features, not for each visitor

    event-form
    Events have no name or no distinct id, are nested too deep or are too large. PostHog refuses a whole
    batch for one of them, so each is refused by itself before anything is decided on it.
    + give every event a name and a distinct id, and send large data elsewhere

    lost-and-taken-back
    Events were sent and then lost where PostHog has certainly not taken them: the queue was full, or it
    refused them. What they cost left the budgets.
    + look at events-lost for the reasons

    background-part
    A part of a PostHogService failed, such as a ledger that could not be closed; all others ended in order.
    + the message names the part and its error

    captured-after-shutdown
    Events were captured after delivery was shut down; they are refused, and no budget is used.
    + shut delivery down after everything that captures

    spool-failing
    Events could not be kept on disk; they are sent from memory while there is room.
    + free the disk

    flag-definitions
    The answer for local evaluation holds no list of flags.
    + look at the host and at the personal key; it needs feature_flag:read

    flags-refused
    Governance refused flag requests or polls, so values were old or the defaults.
    + raise the budget, or poll less often

    ledger-account
    An adapter was made with an account of a ledger that another adapter has, or that was closed.
    + open the account once for each adapter

    lease-unavailable
    The ledger gave no lease, so this process cannot spend from a shared budget.
    + check that the ledger's file can be opened and written

    lease-overrun
    Advisory mode went on without the ledger, and units were priced outside of a lease.
    + nothing to do; other processes may have priced them again

    ledger-forwarded
    Events were sent without being written to the ledger: advisory mode never blocks.
    + free the disk

    ledger-unavailable
    Events were refused undecided, because the ledger cannot be written.
    + free the disk; it is tried again by itself

    ledger-unwritten
    Events were refused because the ledger could not be written; their cost stays counted.
    + free the disk and offer them again: they are not paid for twice

    session-closed
    Something was captured for an analytics session after its end; strict mode refuses that.
    + capture within the session's closure, and wait there for tasks of one's own

    session-budget
    Sessions with a budget of their own used it up, or passed it where it refuses nothing.
    + raise the budget of such a session, or thin what matters least in it

    session-budgets-full
    More sessions with a budget were open at a time than their memory holds; hard budgets of the further ones had no room.
    + end sessions when their work is done

    audit-without-ledger
    A set of rules or a tag asks for an audit log, and strict mode has no ledger to keep it in.
    + give the adapter a ledger, or use enforced mode

    consent-purpose
    A rule on consent names no purpose.
    - consent: {}
    + consent: {purpose: analytics}

    content-pattern
    A text that a content filter looks for has 1 to 256 bytes beside its stars.
    - content_filter: {blocked_patterns: ["*"]}
    + content_filter: {blocked_patterns: ["api*key"]}

    team-name
    An entry of the allowed teams is not a name.
    - team_access: {allowed_teams: [""]}
    + team_access: {allowed_teams: [growth, core]}

    data-class
    A rule on data names no class of it, or a class without properties.
    - data_classification: {}
    + data_classification: {personal: {properties: [email], action: redact}}

    data-distinct-id
    A distinct id tells people apart and cannot be cut out of an event.
    - {properties: [distinct_id], action: redact}
    + {properties: [distinct_id], action: hash}

    hash-without-salt
    A hash without a salt can be undone by trying known values.
    - {properties: [email], action: hash}
    + {properties: [email], action: hash, salt: a text that stays secret}

    retention
    A rule on retention names nothing, or no span of time.
    - retention: {}
    + retention: {events: 30 days}

    retention-too-short
    A set of rules asks for a longer audit log than is configured; the longer one is kept.
    - audit: 30 days
    + audit: 7 years

    unknown-word
    One of a few words belongs here.
    - action: remove
    + action: redact
    """#
}
