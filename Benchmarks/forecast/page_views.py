#!/usr/bin/env python3
"""Score `genops forecast` on windows of real daily page views: 28 days ahead.

    page_views.py GENOPS VIEWS.csv… [OPTION…]      needs numpy and pandas; VIEWS.csv: article,date,views

A series of up to 150 days has windows that begin after 56, 70 and 84 days, a longer one each 19 days from the 200th
on, with 150, 300, 500 and 700 days of history in turn. Prints OWA against Naive2, MASE, sMAPE, MSIS (a series counts at
most 60), coverage of the 95 % interval and the median error of the sum. Other options go to `genops forecast`.
Page views of the 650 members of the House of Commons in 2022 are in the repository philswatton/mp_pageviews_2022, those
of two articles over nine years in facebook/prophet (examples)."""
import subprocess
import sys
import tempfile
import numpy as np
import pandas as pd
from choose_month import naive2, smape

AHEAD = 28


def windows(path):
    frame = pd.read_csv(path, parse_dates=["date"])
    for article, rows in frame.groupby("article"):
        views = rows.drop_duplicates("date").set_index("date").views.asfreq("D")
        y = views.interpolate().bfill().to_numpy(float)
        if np.median(y) < 10:
            continue
        if len(y) <= 150:
            places = [(origin, origin) for origin in (56, 70, 84)]
        else:
            places = [(o, (150, 300, 500, 700)[k % 4]) for k, o in enumerate(range(200, len(y) - AHEAD, 19))]
        for origin, length in places:
            test = views.to_numpy(float)[origin:origin + AHEAD]
            if len(test) == AHEAD and not np.isnan(test).any():
                first = max(0, origin - length)
                yield f"{article}@{origin}", views.index[first], y[first:origin], test


def scores(train, test, rows):
    mean, low, high = rows[:, 0], rows[:, 1], rows[:, -1]
    scale = np.mean(np.abs(train[7:] - train[:-7]))
    reference = naive2(train, AHEAD, 7)
    outside = 40 * (np.maximum(low - test, 0) + np.maximum(test - high, 0))
    return (np.abs(test - mean).mean() / scale, np.abs(test - reference).mean() / scale, smape(test, mean),
            smape(test, reference), min(60, (high - low + outside).mean() / scale),
            ((test >= low) & (test <= high)).mean(), abs(mean.sum() / test.sum() - 1))


def main():
    files = [a for a in sys.argv[2:] if a.endswith(".csv")]
    if not files:
        sys.exit(__doc__)
    todo = {name: rest for path in files for name, *rest in windows(path)}
    with tempfile.TemporaryDirectory() as work:
        with open(f"{work}/in.csv", "w") as f:
            f.write("unique_id,ds,y\n")
            for name, (begin, train, _) in todo.items():
                for day, value in zip(pd.date_range(begin, periods=len(train)), train):
                    f.write(f'"{name}",{day.date()},{float(value)!r}\n')
        ask = [sys.argv[1], "forecast", f"{work}/in.csv", "--horizon", str(AHEAD), "--season", "7", "--quiet"]
        ask += [a for a in sys.argv[2:] if a not in files]
        subprocess.run(ask + ["--format", "quantiles", "--out", f"{work}/out.csv"], check=True, capture_output=True)
        table = {}
        for name, g in pd.read_csv(f"{work}/out.csv").groupby("unique_id"):
            _, train, test = todo[name]
            table[name] = scores(train, test, g.sort_values("step").iloc[:, 2:].to_numpy(float))
    t = np.array(list(table.values()))
    mase, base, s, sbase, msis, held, _ = t.mean(0)
    print(f"{len(t)} windows: OWA {(mase / base + s / sbase) / 2:.3f} MASE {mase:.3f} sMAPE {s:.1f} "
          f"MSIS {msis:.2f} cov95 {held:.3f} sum {np.median(t[:, 6]):.3f}")


if __name__ == "__main__":
    main()
