extension Explanation {
  /// Files as such.
  static let fileText = #"""
    no-file
    There is no file of that name. Paths in a scenario start from the file in which they stand.
    - history: biling/usage.csv
    + history: billing/usage.csv

    unreadable
    The file is there and cannot be read.
    + check its permissions

    unwritable
    A file or folder cannot be written.
    + --out DIR

    exists
    A file is there already that genops did not write, or that it has just read; nothing is written over it.
    - genops plan budget.yaml --html budget.yaml
    + genops plan budget.yaml --html plan.html

    empty
    The file holds nothing.
    + 'genops init' writes a scenario

    not-text
    The file is not UTF-8 text.
    + save it as UTF-8

    too-large
    The file, or what it unfolds to, is larger than files of its kind are.
    + check that it is the right file

    too-deep
    Values are nested deeper than any scenario needs.
    + check that it is the right file

    yaml
    The YAML does not parse.
    - growth: {events: 2% per month
    + growth: {events: 2% per month}

    json
    The JSON does not parse.
    - {"a": 1,}
    + {"a": 1}

    file-missing
    There is no recording or history of that name.
    + check the path; it starts from here

    not-events
    A file of PostHog's billing is named where recorded events belong: it says how much was used, not what.
    - genops replay usage.csv
    + genops init --usage usage.csv

    usage-is-events
    A file of recorded events is named where usage by day belongs. A scenario counts them by itself.
    - genops init --usage events.jsonl
    + history: events.jsonl

    is-policy-file
    A policy file is named where a scenario belongs: it has tests, and no usage to price.
    - genops run scenarios/policies/daily-budget.yaml
    + genops test scenarios/policies/daily-budget.yaml

    not-a-policy-file
    A scenario is named where policy files with their tests belong.
    - genops test budget.yaml
    + genops validate budget.yaml

    file-directory
    A folder is named where a file belongs.
    + name a file in it

    file-unreadable
    The file is there and cannot be opened.
    + check its permissions

    file-empty
    The file holds nothing but blanks.
    + export it again

    file-html
    The file is a web page, mostly the page that asks for a login, and not the export.
    - curl https://us.posthog.com/api/billing/usage/ > usage.json     (without a key)
    + curl -H "Authorization: Bearer phx_…" https://us.posthog.com/api/billing/usage/ > usage.json

    not-usage
    A file in a folder of exports holds no usage that can be read; it is left out.
    + keep exports of usage in the folder, and name bills with --billing

    file-binary
    The file is neither text nor packed by gzip, zstd, brotli or zlib.
    + name the export itself

    file-cut-off
    Packed data ends early; what came before the end is used.
    + fetch the file again

    file-damaged
    Packed data is damaged; what came before is used.
    + fetch the file again

    file-encoding
    Some bytes are not UTF-8; damaged letters are replaced.
    + save it as UTF-8

    file-memory
    There is not enough memory to unpack the file.
    + unpack it first

    file-too-large
    The file is larger than a history or bill can be.
    + name recorded events with 'genops replay' instead

    events-empty
    The file holds no events, or none that can be read; the reasons stand beside it, with their lines.
    + a batch export (JSON lines), a body of /batch/, a page of the events API, results of a query, CSV

    event-malformed
    A record is not an event; it is counted, shown and passed over.
    - {"event": "signup", "distinct_id": "u1", "timestamp": "14/02/2027 10:00"}
    + {"event": "signup", "distinct_id": "u1", "timestamp": "2027-02-14T10:00:00Z"}

    event-time
    An event has no timestamp; the one before it is taken.
    + send timestamps

    event-order
    Some events came late, behind events that happened after them. All were sorted.
    + nothing to do

    event-repeated
    Events without a uuid stand in two files of a recording, with the same name, person and instant: the files
    overlap, or somebody did the same twice at once. Each of them counts.
    + export the uuid too, or each period once

    copies-counted
    With --no-dedup each copy of an event counts, also those with the same uuid, which PostHog bills once.
    + genops replay events.jsonl     (without --no-dedup)

    sort-file
    Recorded events that come far out of order are sorted in a file in the folder for temporary files, at 80 bytes
    an event, and there is no room for it.
    + TMPDIR=/large/disk genops replay events.jsonl

    event-columns
    A table of events has no column for a part of an event, or one was taken by another name than PostHog's,
    or none says which events are identified.
    - genops replay events.csv     (columns: what, who, at)
    + genops replay events.csv --columns event=what,distinct_id=who,timestamp=at

    block-bootstrap
    A month is drawn from the whole days of a recording, some in a row at a time, and there are fewer than two such
    blocks, or the month has no known price.
    + genops replay events.jsonl --block-bootstrap 1

    parquet-unreadable
    A file of events is Parquet, which an installed duckdb reads, and there is none or it cannot read the file.
    + install duckdb, or export JSON lines

    event-properties
    The properties of an event are text that is not JSON, such as Python writes a dictionary. The event counts
    as identified, in no session and in no group.
    - "{'plan': True}"
    + {"plan": true}

    events-more
    A page of an answer names the next one, or a query says that it has more rows, and no page is the last:
    the events are a part of all.
    + curl the URL under "next" too, or raise the query's LIMIT

    too-many-malformed
    More lines are not events than were allowed.
    + --max-errors 100

    unknown-days
    Days without a value, days at the edge of a file that are zero on every meter (at its end: on those that
    make up 99 % of the cost), and days before the history are not known: PostHog lists today as zero until it is counted. They are no actual days and pull
    no level down.
    - 2027-02-01 100000, 2027-02-02 0     (exported on 2 February)
    + 2027-02-01 100000, 2027-02-02 98000     (exported on 3 February)

    partial-day
    The last day has less than half of each of the two weeks before on every meter that costs something, so it
    is taken as a day that was not over when it was exported, and left out. So are the first
    day of recorded events when they begin over an hour later in it than on the days behind it, and their last
    one when they end over an hour earlier.
    + export again when the day is over; record from midnight UTC on

    stray-days
    A few days or events lie far from all others, mostly a wrong clock: by more than a year, or by more than
    the recording is long. They are left out.
    - 1970-01-01,1
    + 2027-02-01,1

    history-overlap
    Two files, or a whole and its projects, have different numbers for the same day. They are counted once:
    the file that reaches further wins, and the whole wins over its projects.
    - history: [jan-to-jun.csv, may-to-aug.csv]     (other numbers in May)
    + history: [jan-to-aug.csv]

    same-project
    One export has a project by its id, another by a name, and their numbers are the same on all days that both
    know, at least seven with three different numbers. They are taken as one project and counted once.
    + nothing to do; where they are two, export both in one file
    """#
}
