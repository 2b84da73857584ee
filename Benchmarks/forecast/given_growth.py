#!/usr/bin/env python3
"""How often the 80 % range holds a month where the user gives the growth, over simulated companies.

    given_growth.py GENOPS [--n 48] [--seed 100] [--past same|other] [--growth '2% to 6% per month'] [--volatility '10% per year']

Each company's growth a month ahead is drawn from what the user gives (90 % of it between the two, lognormal); days
scatter, months wander and the year has a season as in the companies on which forecasts are scored. --past same grew
by that before too, --past other by 0 to 3.5 % a month. Prints, by months of history: the part of months held, of usage
and of cost, how far the mean of the year's usage is off, and the interval score of the months (less is better)."""
import csv, datetime as dt, json, math, os, random, statistics as st, subprocess, sys, tempfile
from concurrent.futures import ThreadPoolExecutor

WEEKS = [[1.2, 1.25, 1.25, 1.2, 1.05, .55, .5], [.95, .94, .95, .97, 1.02, 1.1, 1.07], [1.05, 1.06, 1.06, 1.04, 1.02, .9, .87]]
TIERS = [(1e6, 0), (2e6, .0001), (10e6, .000045), (50e6, .000025), (math.inf, .00001)]


def arg(name, default):
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else default


def cost(units):
    total, low = 0., 0.
    for high, price in TIERS:
        total += max(0, min(units, high) - low) * price
        low = high
    return total


def company(k, seed, past, low, high):
    rng = random.Random(f"{seed}/{k}")
    months = (3, 7, 14, 26)[k % 4]
    end = dt.date(2026, rng.randint(1, 10), 1)
    begin = (end.year * 12 + end.month - 1) - months
    start = dt.date(begin // 12, begin % 12 + 1, 1)
    stop = dt.date(end.year + 1, end.month, 1)
    days = [start + dt.timedelta(days=i) for i in range((stop - start).days)]
    mu, sigma = (math.log(low) + math.log(high)) / 2, (math.log(high) - math.log(low)) / 2 / 1.6448536
    growth = math.exp(rng.gauss(mu, sigma))
    before = growth if past == "same" else rng.uniform(0, .035)
    amplitude, phase = rng.choice([0, .04, .1, .2]), rng.uniform(0, 2 * math.pi)
    week, noise, level = rng.choice(WEEKS), rng.uniform(.02, .06), 10 ** rng.uniform(6.3, 7.6) / 30.4
    values, log, drift, month = [], 0., 0., 0.
    for d in days:
        if d.day == 1: month = .5 * month + rng.gauss(0, .008)
        log += math.log1p((growth if d >= end else before) + month) / 30.4375
        drift = .5 * drift + noise * rng.gauss(0, 1)
        t = d.timetuple().tm_yday / 365.25 * 2 * math.pi
        values.append(level * week[d.weekday()] / (sum(week) / 7) * math.exp(log + drift + amplitude * math.cos(t + phase)))
    return months, end, days, [int(v + .5) for v in values]


def one(job):
    program, k, seed, past, text, extra = job
    low, high = [float(x.strip(" %")) / 100 for x in text.split("per")[0].split("to")]
    months, end, days, values = company(k, seed, past, low, high)
    ahead = {}
    for d, v in zip(days, values):
        if d >= end: ahead[f"{d:%Y-%m}"] = ahead.get(f"{d:%Y-%m}", 0) + v
    names = sorted(ahead)
    with tempfile.TemporaryDirectory() as t:
        with open(f"{t}/usage.csv", "w", newline="") as f:
            known = [(d, v) for d, v in zip(days, values) if d < end]
            w = csv.writer(f); w.writerow(["Series", "Total"] + [d.isoformat() for d, _ in known])
            w.writerow(["Feature flag requests", sum(v for _, v in known)] + [v for _, v in known])
        rate = f"{{model: compound, rate: {text}, volatility: {extra}}}" if extra else text
        open(f"{t}/s.yaml", "w").write(f"scenario: x\nperiod: {names[0]} to {names[-1]}\nhistory: usage.csv\nprices: posthog-2026-08\ngrowth: {{feature_flag_requests: {rate}}}\n")
        p = subprocess.run([program, "run", f"{t}/s.yaml", "--paths", "400", "--quiet", "--out", f"{t}/o", "--format", "json"], capture_output=True, text=True)
        if p.returncode not in (0, 1): raise SystemExit(p.stderr[-800:])
        got = {m["month"]: m for m in json.loads(p.stdout)["months"]}
    held = bill = score = 0
    for m in names:
        u, c = got[m]["usage"]["feature_flag_requests"], got[m]["cost"]
        lo, hi, a = float(u["p10"]), float(u["p90"]), ahead[m]
        held += lo <= a <= hi
        bill += float(c["p10"]) - .01 <= cost(a) <= float(c["p90"]) + .01
        score += (hi - lo + 10 * max(0, lo - a) + 10 * max(0, a - hi)) / (sum(ahead.values()) / 12) / 12
    first = sum(ahead[m] for m in names[:3])
    u = [float(got[m]["usage"]["feature_flag_requests"]["mean"]) for m in names]
    near = [float(got[m]["usage"]["feature_flag_requests"]["p10"]) <= ahead[m] <= float(got[m]["usage"]["feature_flag_requests"]["p90"]) for m in names[:3]]
    return months, held / 12, bill / 12, sum(near) / 3, sum(u) / sum(ahead.values()) - 1, score


def main():
    text, past, seed, n = arg("--growth", "2% to 6% per month"), arg("--past", "same"), arg("--seed", "100"), int(arg("--n", "48"))
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(one, [(os.path.abspath(sys.argv[1]), k, seed, past, text, arg("--volatility", "")) for k in range(n)]))
    groups = {}
    for r in found: groups.setdefault(f"{r[0]} months", []).append(r)
    groups["ALL"] = found
    for name, g in sorted(groups.items()):
        mean = lambda i: st.mean(r[i] for r in g)
        print(f"{name:12}{len(g):>4}  held: usage {mean(1):.0%} cost {mean(2):.0%} first 3 months {mean(3):.0%}  bias {mean(4):+.1%}  |error| {st.mean(abs(r[4]) for r in g):.1%}  score {mean(5):.3f}")


if __name__ == "__main__":
    main()
