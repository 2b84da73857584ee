#!/usr/bin/env python3
"""What a history that ends in something strange leads to: a launch that fades, a burst, an outage, a new level,
or that had a launch in its midst.

    ends.py GENOPS [--seed 100] [--n 20] [--months 14] [--year]

Each kind of end is put on n simulated histories of daily usage; what comes after goes back to normal (launches fade on)
or stays (levels, with 3, 7, 14 and 28 days of them seen). By `genops forecast`: 28 days and, of the same days by week, 13
weeks ahead; with --year also 12 months by `genops run`. Prints by kind: expected over true sum (median, and the 10th and
90th percentile of cases), mean |log| of it, how many steps the 80 % interval held, and its score over the true mean."""
import csv, datetime as dt, json, math, os, random, statistics as st, subprocess, sys, tempfile
from concurrent.futures import ThreadPoolExecutor

WEEKS = [[1.2, 1.25, 1.25, 1.2, 1.05, .55, .5], [.95, .94, .95, .97, 1.02, 1.1, 1.07], [1.05, 1.06, 1.06, 1.04, 1.02, .9, .87]]
KINDS = ["none", "launch", "launch-long", "burst", "over", "outage", "silence", "level-3", "level-7", "level-14", "level-28", "middle"]
AHEAD = 366


def arg(name, default):
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else default


def case(kind, k, seed, months):
    rng = random.Random(f"{seed}/{k}")
    end = dt.date(2026, rng.randint(1, 12), rng.randint(1, 28))
    past = int(months * 30.4)
    days = [end + dt.timedelta(days=i) for i in range(-past, AHEAD)]
    week, noise, level = rng.choice(WEEKS), rng.uniform(.02, .08), 10 ** rng.uniform(3, 6)
    amplitude, phase, growth = rng.choice([0, .05, .1]), rng.uniform(0, 6.28), rng.choice([0, 0, .01, .03])
    values, drift, month = [], 0., 0.
    log = 0.
    for d in days:
        if d.day == 1: month = .5 * month + rng.gauss(0, .008)
        log += (growth + month) / 30.4375
        drift = .5 * drift + noise * rng.gauss(0, 1)
        t = d.timetuple().tm_yday / 365.25 * 2 * math.pi
        values.append(level * week[d.weekday()] / (sum(week) / 7) * math.exp(log + drift + amplitude * math.cos(t + phase)))
    rng = random.Random(f"{seed}/{k}/{kind}")
    if kind in ("launch", "launch-long"):
        n, high = rng.choice([1, 2, 3, 5] if kind == "launch" else [7, 10, 14]), rng.uniform(2.5, 8)
        life = max(1., n / math.log((high - 1) / .7))
        for i in range(past - n, past + AHEAD): values[i] *= 1 + (high - 1) * math.exp(-(i - past + n) / life) * math.exp(.1 * rng.gauss(0, 1))
    elif kind in ("burst", "over"):
        n, back = rng.choice([1, 2, 3, 5, 7, 10]), rng.randint(1, 5)
        # A burst under way has had any part of its days.
        if kind == "burst": back = -rng.randint(0, n - 1)
        high = rng.uniform(2, 6)
        for i in range(past - back - n, past - back): values[i] *= high * math.exp(.25 * rng.gauss(0, 1))
    elif kind == "outage":
        n, back = rng.choice([1, 2, 3, 5]), rng.choice([0, 0, 1, 3])
        for i in range(past - back - n, past - back): values[i] *= rng.uniform(.05, .5)
    elif kind == "silence":
        for i in range(past - rng.choice([1, 2, 3]), past): values[i] = 0
    elif kind == "middle":
        back, high, life = rng.randint(50, 200), rng.uniform(2.5, 8), rng.uniform(3, 20)
        for i in range(past - back, past + AHEAD): values[i] *= 1 + (high - 1) * math.exp(-(i - past + back) / life) * math.exp(.1 * rng.gauss(0, 1))
    elif kind.startswith("level"):
        f = rng.choice([.4, .6, 1.7, 2.5, 4])
        for i in range(past - int(kind[6:]), past + AHEAD): values[i] *= f * math.exp(.03 * rng.gauss(0, 1))
    return days, past, [float(int(v + .5)) for v in values]


def by_week(days, past, values):
    first = past % 7
    return [sum(values[i:i + 7]) for i in range(first, len(values) - 6, 7)], past // 7


def forecast(program, cases, weekly, work):
    """By case: rows of mean and quantiles, and what came."""
    h, truth = 13 if weekly else 28, []
    path = f"{work}/{'weeks' if weekly else 'days'}"
    with open(path + ".csv", "w") as f:
        f.write("unique_id,ds,y\n")
        for j, (days, past, values) in enumerate(cases):
            start = days[0]
            if weekly: start, (values, past) = days[past % 7], by_week(days, past, values)
            for i in range(past): f.write(f"{j},{start + dt.timedelta(days=i * (7 if weekly else 1))},{values[i]}\n")
            truth.append(values[past:past + h])
    subprocess.run([program, "forecast", path + ".csv", "--horizon", str(h), "--format", "quantiles", "--out", path + ".out", "--quiet"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    rows = {}
    for r in csv.DictReader(open(path + ".out")): rows.setdefault(int(r["unique_id"]), []).append([float(r[c]) for c in ("mean", "q0.1", "q0.9")])
    return [(rows[j], truth[j]) for j in range(len(cases))]


def year(program, days, past, values):
    """12 whole months from the first after the history."""
    months = {}
    for d, v in zip(days[past:], values[past:]): months[f"{d:%Y-%m}"] = months.get(f"{d:%Y-%m}", 0) + v
    names = sorted(months)[1:12]
    with tempfile.TemporaryDirectory() as t:
        with open(f"{t}/usage.csv", "w", newline="") as f:
            w = csv.writer(f); w.writerow(["Series", "Total"] + [d.isoformat() for d in days[:past]])
            w.writerow(["Events", sum(values[:past])] + [int(v) for v in values[:past]])
        open(f"{t}/s.yaml", "w").write(f"scenario: x\nperiod: {names[0]} to {names[-1]}\nhistory: usage.csv\nprices: posthog-2026-08\n")
        p = subprocess.run([program, "run", f"{t}/s.yaml", "--paths", "300", "--quiet", "--out", f"{t}/o", "--format", "json"], capture_output=True, text=True)
        if p.returncode not in (0, 1): raise SystemExit(p.stderr[-800:])
        got = {m["month"]: m["usage"]["events"] for m in json.loads(p.stdout)["months"]}
    return [[float(got[m][q]) for q in ("mean", "p10", "p90")] for m in names], [months[m] for m in names]


def table(title, found):
    print(title)
    for kind in KINDS + ["ALL"]:
        g = [x for k, x in found if kind in (k, "ALL")]
        ratios = sorted(sum(r[0] for r in rows) / sum(truth) for rows, truth in g)
        held = st.mean(lo <= a <= hi for rows, truth in g for (_, lo, hi), a in zip(rows, truth))
        score = st.mean((hi - lo + 10 * max(0, lo - a) + 10 * max(0, a - hi)) / st.mean(truth) for rows, truth in g for (_, lo, hi), a in zip(rows, truth))
        at = lambda q: ratios[min(len(ratios) - 1, int(q * len(ratios)))]
        print(f"  {kind:12}{len(g):>4}  expected/true {at(.5):5.2f} ({at(.1):5.2f} to {at(.9):5.2f})  |log| {st.mean(abs(math.log(max(x, .01))) for x in ratios):.3f}  held {held:4.0%}  score {score:6.2f}")


def main():
    program, seed, n, months = os.path.abspath(sys.argv[1]), arg("--seed", "100"), int(arg("--n", "20")), int(arg("--months", "14"))
    kinds = [k for k in KINDS for _ in range(n)]
    cases = [case(kind, i % n, seed, months) for i, kind in enumerate(kinds)]
    with tempfile.TemporaryDirectory() as work:
        table("28 days", list(zip(kinds, forecast(program, cases, False, work))))
        table("13 weeks", list(zip(kinds, forecast(program, cases, True, work))))
    if "--year" in sys.argv:
        with ThreadPoolExecutor(2) as pool:
            table("a year by months", list(zip(kinds, pool.map(lambda c: year(program, *c), cases))))


if __name__ == "__main__":
    main()
