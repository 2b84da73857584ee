#!/usr/bin/env python3
"""A year of cost against what happened, for choosing the constants of StructuralPriors.

    score.py COMPANIES_DIR [--seed 100] [--other] [NAME=VALUE ...]

COMPANIES_DIR holds companies.py, the simulated companies that the program is scored on with seeds 1 to 5: take
seeds from 100 on here. --other takes those of other_companies.py. NAME=VALUE replaces a constant of structural.P:
sea=(.03,.08). Prints, by shape, mean |error| of the year, the months that the 80 % range held, and the score."""
import datetime as dt, random, statistics as st, sys
from multiprocessing import Pool
import numpy as np
sys.path.insert(0, sys.argv[1])
import companies, other_companies, structural as model


def make(other, seed):
    shapes = other_companies.KINDS if other else list(companies.SHAPES)
    out = []
    for k in range(100 if other else 130):
        shape = shapes[k % len(shapes)]
        end, days, usage = (other_companies if other else companies).company(shape, random.Random(f"{seed}/{k}"))
        out.append(dict(shape=shape, start=days[0], past=sum(d <= end for d in days), usage={m: np.array(v, float) for m, v in usage.items()}))
    return out


def vcost(meter, units):
    total = np.zeros_like(units); low = 0.
    for high, price in companies.TIERS[meter]:
        total += np.clip(np.minimum(units, high) - low, 0, None) * price; low = high
    return total
def one(job):
    k, c, paths, over = job
    model.P.update(over)
    start, past, usage = c["start"], c["past"], c["usage"]; n = len(next(iter(usage.values())))
    days = [start + dt.timedelta(days=i) for i in range(n)]; end = days[past - 1]; h = n - past
    months = sorted({f"{d:%Y-%m}" for d in days[past:]}); mi = np.array([months.index(f"{d:%Y-%m}") for d in days[past:]])
    M = np.zeros((h, 12)); M[np.arange(h), mi] = 1
    common = lambda: np.random.default_rng(k * 7 + 1)
    tot = np.zeros((paths, 12)); act = np.zeros(12); errs = {}
    for j, (m, v) in enumerate(usage.items()):
        act += vcost(m, v[past:] @ M)
        if m == "identified_events": continue
        x, f = model.forecast(v[:past], start, h, paths, np.random.default_rng((k, j)), common())
        u = x @ M; tot += vcost(m, u)
        if m == "events":
            share = usage["identified_events"][:past][-90:].sum() / v[:past][-90:].sum()
            tot += vcost("identified_events", u * share)
    lo, hi = np.quantile(tot, .1, 0), np.quantile(tot, .9, 0); scale = act.sum() / 12
    held = ((lo <= act) & (act <= hi)).mean(); score = ((hi - lo + 10 * np.maximum(0, lo - act) + 10 * np.maximum(0, act - hi)) / scale).mean()
    y = tot.sum(1)
    # simple
    flat = same = 0.
    for m, v in usage.items():
        p = v[:past]; by = {}
        for d, u in zip(days, p): by[f"{d:%Y-%m}"] = by.get(f"{d:%Y-%m}", 0) + u
        wk = [[u for d, u in list(zip(days, p))[-28:] if d.weekday() == q] for q in range(7)]; mean = [st.mean(x) if x else 0 for x in wk]
        full = sorted(by)[-2:]; before = [f"{int(x[:4]) - 1}{x[4:]}" for x in full]
        old = sum(by.get(x, 0) for x in before); new = sum(by[x] for x in full)
        ratio = new / old if all(x in by for x in before) and old > new / 10 else None
        for q, mo in enumerate(months):
            ff = sum(mean[d.weekday()] for d in days[past:] if f"{d:%Y-%m}" == mo); last = by.get(f"{int(mo[:4]) - 1}{mo[4:]}")
            flat += companies.cost(m, ff); same += companies.cost(m, last * ratio if ratio is not None and last is not None else ff)
    T = act.sum()
    return c["shape"], dict(bias=y.mean() / T - 1, med=np.median(y) / T - 1, month=np.median(np.abs(tot.mean(0) - act) / act), held=held, year=float(np.quantile(y, .1) <= T <= np.quantile(y, .9)), score=score, flat=flat / T - 1, same=same / T - 1)
def main():
    more = sys.argv[2:]
    seed = int(more[more.index("--seed") + 1]) if "--seed" in more else 100
    over = {k: eval(v) for k, v in (x.split("=", 1) for x in more if "=" in x)}
    jobs = [(k, c, 300, over) for k, c in enumerate(make("--other" in more, seed))]
    with Pool(2) as pool: found = pool.map(one, jobs, chunksize=4)
    groups = {}
    for shape, r in found: groups.setdefault(shape, []).append(r)
    groups["ALL"] = [r for _, r in found]
    for shape, g in groups.items():
        mean = lambda key: np.mean([abs(r[key]) for r in g])
        print(f"{shape:20}{len(g):>4} mean|e| {mean('bias'):>6.1%} month {np.median([r['month'] for r in g]):>6.1%} held {mean('held'):>4.0%} score {mean('score'):.3f}  flat {mean('flat'):>6.1%} same {mean('same'):>6.1%}")


if __name__ == "__main__":
    main()
