import GenOpsPostHog

extension Explanation {
  /// Settings of the adapter and of `genops doctor`.
  static let settingsText = #"""
    api-key-missing
    There is no PostHog key, so nothing can be sent.
    + export POSTHOG_API_KEY=phc_...

    api-key-personal
    A personal key stands where the project's key belongs; it opens the account and must not travel with
    events.
    - POSTHOG_API_KEY=phx_...
    + POSTHOG_API_KEY=phc_...

    api-key-format
    The key does not begin as PostHog's project keys do.
    + POSTHOG_API_KEY=phc_...

    setup-ended
    genops doctor --setup got no answer to a question, or only wrong ones.
    + answer each question with a line; an empty one takes what stands in brackets

    team-missing
    No team is set, so costs go to a default one.
    + export GENOPS_TEAM=growth

    project-missing
    No project is set, so costs go to a default one.
    + export GENOPS_PROJECT=shop

    attribution-name
    A team or project is not in kebab-case, so that one may end up with two names.
    - GENOPS_TEAM="Growth Team"
    + GENOPS_TEAM=growth-team

    environment-name
    The environment is none of the usual ones.
    - GENOPS_ENVIRONMENT=prod
    + GENOPS_ENVIRONMENT=production

    feature-name
    A feature's name has fewer than 2 or more than 50 characters.
    + a short name, such as checkout

    unknown-setting
    An environment variable or a name in a settings file does not exist.
    - GENOPS_DAILY_BUDGET=100
    + GENOPS_DAILY_BUDGET_LIMIT=100

    account-key
    An account of a gateway's configuration has no key of a project, or names one that another has.
    + "accounts": {"agency": {"keys": ["phc_b"]}}

    account-name
    The settings of the default account stand beside the accounts of a gateway's configuration, not among them.
    + {"daily_budget_limit": "50.00", "accounts": {"agency": {"keys": ["phc_b"]}}}

    dashboard-token
    The token of a gateway's dashboard has fewer than 16 characters, in the settings or in its file.
    + GENOPS_DASHBOARD_TOKEN=$(openssl rand -hex 16)

    listen-address
    What a gateway is to listen on is not a host and a port.
    - genops-gateway --listen localhost
    + genops-gateway --listen 127.0.0.1:8080

    settings-line
    A line of a settings file is not a NAME=value.
    + GENOPS_TEAM=growth

    setting-text
    A setting has an empty value.
    + a value, or leave it out

    setting-money
    A budget's limit is not an amount of 0 or more.
    - GENOPS_DAILY_BUDGET_LIMIT=-5
    + GENOPS_DAILY_BUDGET_LIMIT=200.00

    setting-units
    A number of units is not a whole number of 0 or more.
    - GENOPS_OPENING_USAGE=events=0,5
    + GENOPS_OPENING_USAGE=events=1200000

    setting-entries
    A setting that takes names with numbers has something else.
    - GENOPS_OPENING_USAGE=1200000
    + GENOPS_OPENING_USAGE=events=1200000, feature_flags=40000

    opening-unknown
    The usage of the billing month before the process began is unknown, so free units may be used up: advisory
    mode knows no price, enforced mode judges each unit at its first paid price, strict mode refuses.
    + export GENOPS_BILLING_ANSWER=billing.json, or GENOPS_OPENING_USAGE=nothing for a new account
    + export GENOPS_OPENING_USAGE="events=1200000, others=0" where nothing else was used

    opening-stale
    The billing answer is of another billing period than today's, so it says nothing of the month so far.
    + ask PostHog again, GET /api/billing/, when the process starts

    opening-budget
    Something was spent of a budget that does not exist.
    - GENOPS_OPENING_SPENT=dayly=3.20
    + GENOPS_OPENING_SPENT=daily=3.20

    clock-jump
    Readings of the clock were far from the time that had passed; they moved nothing.
    + look at what sets the machine's clock; a jump that lasts for a minute is believed

    clock-set
    The clock was set, and believed after a minute; decisions never go back, so after a step back they wait.
    + nothing, when it was meant; else look at what sets the machine's clock

    host-differs
    Events or flags go to another host than the adapter's settings name.
    + make them of the settings: DeliveryConfiguration(settings), FlagConfiguration(settings)

    redirect-not-followed
    A server answered with a redirect to another host, which is not asked: the events are lost.
    + POSTHOG_HOST with the address that is meant

    redirect-followed
    Answers came from another host than was asked: the HTTP client follows redirects.
    + a client that follows none, such as HTTPClientExchange.makeClient()

    setting-flag
    A setting is neither true nor false.
    - enable_governance: maybe
    + enable_governance: true

    setting-days
    A setting is not a number of days.
    - GENOPS_AUDIT_RETENTION_DAYS=7y
    + GENOPS_AUDIT_RETENTION_DAYS=2555

    compliance-missing
    Compliance is required and no set of rules is named, or a tenant asks for one that its account lacks.
    - compliance_required: "true"
    + compliance_framework: gdpr

    compliance-framework
    There is no set of rules of this name.
    - compliance_framework: gdrp
    + compliance_framework: gdpr

    data-residency
    Data must stay in a region, and the host is elsewhere, is not known to lie there, or the region is none of
    PostHog's. Strict mode refuses it.
    - data_residency: eu with https://us.posthog.com
    + POSTHOG_HOST=https://eu.posthog.com

    cost-optimization
    The tag is none of the three words it may be.
    + cost_optimization: enabled

    sla-level
    The tag says whose events leave a full queue last (premium) or first (standard).
    - sla_level: gold
    + sla_level: premium

    metrics-export
    There is no exporter of this name.
    - metrics_export: datadog,grafna
    + metrics_export: datadog,grafana

    otlp-endpoint
    Telemetry is to go to a collector, and its address is missing or none. 4318 is OTLP over HTTP.
    - OTEL_EXPORTER_OTLP_ENDPOINT=localhost
    + OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318

    dogstatsd-address
    Metrics are to go to Datadog's agent, and its host has no address.
    + name the agent's host and port; 127.0.0.1:8125 is usual

    alert-webhook
    Alerts are to be posted, and the address is none.
    - alert_webhook: alerts.example
    + alert_webhook: https://alerts.example/hook

    alert-thresholds
    A threshold is not a period with a percentage.
    - alert_thresholds: often
    + alert_thresholds: daily:80,weekly:90,monthly:95

    already-bootstrapped
    The process has an adapter; a second one would count from the same opening balance.
    + GenOps.currentAdapter

    duplicate-tenant
    Two tenants have one id.
    + an id of its own for each

    unknown-tenant
    No tenant has this id.
    + one of the ids in the directory

    function-runtime
    The interface of the cloud's functions did not hand out a call.
    + run it where AWS_LAMBDA_RUNTIME_API is set
    """#

  /// Policies and the tests that they carry.
  static let policyText = #"""
    alerts-none
    The policy names no period.
    + alerts: {daily: 80}

    escalation-levels
    The escalation names no recipient.
    + escalation: {levels: [team_lead, manager]}

    scope-empty
    A scoped mode without a dimension is the mode of the whole account.
    - modes: [{scope: {}, mode: strict}]
    + mode: strict

    duration
    A span of time has no number with a unit.
    - at: soon
    + at: 10 min

    tests-none
    A policy file has an empty list of tests.
    + tests: [{name: ..., events: [...]}]

    instant
    A time is not an instant with date and zone.
    - start: noon
    + start: 2027-01-10T12:00:00Z

    test-expects-nothing
    A test without an expectation cannot fail.
    + expect: sent

    outcome
    A word is not an outcome, or the numbers do not add up to the events.
    - {event: purchase, count: 30, expect: "20 sent"}
    + {event: purchase, count: 30, expect: "20 sent, 10 budget"}

    expected-value
    A check expects what is not a value of it.
    - cost: much
    + cost: 0.001 USD
    """#
}
