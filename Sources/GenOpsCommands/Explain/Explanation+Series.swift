extension Explanation {
  /// Files of series, and what 'genops forecast' and 'genops backtest' say of them.
  static let seriesText = #"""
    series-columns
    The first row of a table says what its columns hold, and none of its titles is one of dates.
    - unique_id,dte,y
    + unique_id,ds,y     (or a column date and one column for each series)

    series-column
    A column is not read: it is neither the date nor the value nor what tells series apart.
    - unique_id,ds,y,comment
    + unique_id,ds,y

    series-row
    A line of a file of JSON lines, or an item of a JSON list of rows, is not one object.
    + {"unique_id": "web", "ds": "2027-02-14", "y": 812}

    series-date
    What a row calls its step is not a date, a month or a number; the row is left out. Where every date of
    the file may be read in two ways, such as 01/02/2027, and both are regular or neither is, nothing is read.
    - web,14.2.,812
    + web,2027-02-14,812     (or a month 2027-02, or the number of a step)

    series-order
    Dates such as 01/02/2027 may be read in two ways. They are read in the one in which they are equally far
    apart, in days or in months.
    - web,01/02/2027,812
    + web,2027-02-01,812

    series-time
    A date has a time of the day behind it. It counts for the day that is written, in its own time zone.
    - web,2027-01-31T23:00:00Z,812     (midnight in Berlin)
    + web,2027-02-01,812

    series-weekdays
    A series has no value on some days of the week, ever. They are no gaps: the series goes on without them,
    with a season of the other days, and they are not forecast.
    + nothing to do; write 0 where a day without a row had nothing

    series-names
    CSV and TSV write a name on one line, and with an apostrophe in front where a spreadsheet would run it as a
    formula. Rows of a name that is written otherwise cannot be joined by it, and two names may become one.
    + --format quantiles, or --format json, which keep names as they are

    series-value
    A value is text. It counts as unknown, which is not zero.
    - web,2027-02-14,many
    + web,2027-02-14,812     (nothing at all where it is not known)

    series-unsorted
    The rows of a series are not in the order of their dates. They are sorted.
    + nothing to do

    series-repeated
    A series has the same date twice with the same value; it counts once.
    + nothing to do

    series-conflict
    A series has the same date twice with different values, and which is right is not ours to guess.
    - web,2027-02-14,812     and     web,2027-02-14,815
    + remove one of them; where they are of two series, tell these apart by a column unique_id

    series-times
    A series has several values of a day: its steps are hours or less.
    - web,2027-02-14T10:00:00Z,12
    + web,2027-02-14,812     (the sum of the day in UTC)

    series-mixed
    The dates of a series are days apart in one place and weeks or months in another, or some are dates and
    some are numbers.
    - web,2027-02,812     below     web,2027-01-31,25
    + one unique_id for each frequency

    series-gap
    A date is so far from all others that it is probably wrong.
    - web,1970-01-01,812
    + web,2027-02-14,812

    series-missing
    A series has no row, or no value, for some of its steps. They are unknown, not zero.
    + nothing to do; write 0 where nothing happened

    series-trailing
    The last rows of a series have no value. The forecast begins behind the last that has one.
    + nothing to do

    series-empty
    A series, or a file, has no number.
    + unique_id,ds,y
    + web,2027-02-14,812

    series-split
    A column split says which rows are for training; the others are left out.
    + nothing to do

    series-short
    A series is too short to forecast a part of it and compare: two seasons have to come before.
    - genops backtest weeks.csv --horizon 52
    + genops backtest weeks.csv --horizon 13

    series-unpriced
    The cost that was asked for does not have this series: PostHog does not bill it, its steps have no dates,
    or the book has no price.
    - unique_id,ds,y     with     signups,2027-02-14,812
    + unique_id,ds,y     with     events,2027-02-14,812

    series-opening
    Prices depend on what the month has had before. Of a series by week that is not known.
    + give a row for each day

    table-cells
    A row has more cells than the titles above it, so which value belongs where cannot be told. Mostly a
    number or a name holds what separates cells.
    - web,2027-02-14,1,500
    + web,2027-02-14,1500     (or "1,500" in quotes)

    table-decimal
    A number such as 1.134 may be a thousand and some, or one and some, and no other number of the file tells
    which. 1.5, 0.125 and 1,234.5 tell that a point separates decimals; 1,5 and 1.234.567 that a comma does.
    - web;2027-02-14;1.134
    + web;2027-02-14;1134     (or 1.1340, or commas between the cells)

    table-row
    A row of a table is longer than any sensible row, mostly because a quote is never closed.
    - web,2027-02-14,"812
    + web,2027-02-14,812

    interval-level
    The levels of intervals are parts in percent.
    - --level 0.8
    + --level 80,95

    unknown-holiday
    A word of --holidays, or of special_dates in a scenario, is none of a country's code, a day or a rule.
    - --holidays germany,24.12.
    + --holidays de,12-24     (also 2027-06-14, easter-2, 4th-thu-nov, last-mon-may; none for no other)

    cap-level
    A cap is a level above 0 that values saturate at, for all series or for the one that is named.
    - --cap web:5000
    + --cap web=5000

    forecast-prices
    A cost was asked for in a format that has no place for it.
    - genops forecast usage.csv --format csv --prices posthog-2026-08
    + genops forecast usage.csv --format json --prices posthog-2026-08

    add-ons-without-prices
    Add-ons were named where no cost is asked for.
    - genops forecast usage.csv --add-ons group_analytics
    + genops forecast usage.csv --prices posthog-2026-08 --add-ons group_analytics
    """#
}
