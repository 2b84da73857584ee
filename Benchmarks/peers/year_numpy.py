"""The work of `Benchmarks year` in NumPy, as fast as we could make it: 128 paths at a time, in place,
tiers as sums of w·max(q − b, 0), quantiles by numpy.quantile. Prices: book posthog-2026-08.

    python3 year_numpy.py PATHS [THREADS]
"""
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np

PATHS = int(sys.argv[1])
THREADS = int(sys.argv[2]) if len(sys.argv) > 2 else 1
CHUNK, DAYS = 128, 365
LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
STARTS = np.concatenate([[0], np.cumsum(LENGTHS)])
LEVEL = [90_000.0, 30_000.0, 150_000.0, 900.0]
MU = [0.0015, 0.0012, 0.0020, 0.0010]
SIGMA = [0.05, 0.06, 0.07, 0.08]
TIERS = [
    [(1e6, 5e-5), (2e6, 3.43e-5), (15e6, 2.95e-5), (50e6, 2.18e-5), (100e6, 1.5e-5), (250e6, 9e-6)],
    [(1e6, 1.98e-4), (2e6, 6.97e-5), (15e6, 3.6e-5), (50e6, 1.46e-5), (100e6, 3.7e-6), (250e6, 1e-6)],
    [(1e6, 1e-4), (2e6, 4.5e-5), (10e6, 2.5e-5), (50e6, 1e-5)],
    [(5e3, 5e-3), (15e3, 3.5e-3), (50e3, 2e-3), (150e3, 1.7e-3), (500e3, 1.5e-3)],
]
SLOPES = [[(b, r - (t[i - 1][1] if i else 0.0)) for i, (b, r) in enumerate(t)] for t in TIERS]
SEASON = np.array([1.08, 1.12, 1.10, 1.09, 1.05, 0.78, 0.78])[np.arange(DAYS) % 7]
DAY_BUDGET, MONTH_BUDGET = 70.0, 1500.0


def chunk(number):
    n = min(CHUNK, PATHS - number * CHUNK)
    rng = np.random.Generator(np.random.SFC64([12345, number]))
    spent = np.zeros((n, DAYS))
    z, q, c, t = (np.empty((n, DAYS)) for _ in range(4))
    for m in range(4):
        rng.standard_normal(out=z)
        z *= SIGMA[m]
        z += MU[m] - SIGMA[m] ** 2 / 2
        np.cumsum(z, axis=1, out=z)
        np.exp(z, out=z)
        z *= SEASON * LEVEL[m]
        for j in range(12):
            np.cumsum(z[:, STARTS[j]:STARTS[j + 1]], axis=1, out=q[:, STARTS[j]:STARTS[j + 1]])
        bound, weight = SLOPES[m][0]
        np.subtract(q, bound, out=c)
        np.maximum(c, 0, out=c)
        c *= weight
        for bound, weight in SLOPES[m][1:]:
            np.subtract(q, bound, out=t)
            np.maximum(t, 0, out=t)
            t *= weight
            c += t
        spent += c
    months = spent[:, STARTS[1:] - 1].copy()
    over = spent > MONTH_BUDGET
    first = np.where(over.any(axis=1), over.argmax(axis=1), DAYS)
    day = np.empty_like(spent)
    day[:, 0] = spent[:, 0]
    np.subtract(spent[:, 1:], spent[:, :-1], out=day[:, 1:])
    day[:, STARTS[:-1]] = spent[:, STARTS[:-1]]
    return months, first, (day > DAY_BUDGET).sum(axis=1)


def run():
    chunks = range((PATHS + CHUNK - 1) // CHUNK)
    if THREADS == 1:
        parts = [chunk(number) for number in chunks]
    else:
        with ThreadPoolExecutor(THREADS) as pool:
            parts = list(pool.map(chunk, chunks))
    months, first, days = (np.concatenate([part[i] for part in parts]) for i in range(3))
    quantiles = np.quantile(months, [0.05, 0.25, 0.5, 0.75, 0.95, 0.99], axis=0)
    return quantiles, (months > MONTH_BUDGET).mean(axis=0), first, days.mean()


wall, cpu = time.perf_counter(), time.process_time()
quantiles, breached, first, days = run()
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
print(f"numpy  P={PATHS} T={THREADS}: cpu {cpu:.3f} s wall {wall:.3f} s  "
      f"{cpu / (PATHS * DAYS * 4) * 1e9:.2f} ns each; p50 Dec {quantiles[2][11]:.1f} "
      f"p95 {quantiles[4][11]:.1f} bp Dec {breached[11]:.4f} days {days:.3f}")
