"""Companies of another making, for choosing: kinds whose growth is no line."""
import datetime as dt, math, random, calendar
KINDS = ["s-curve", "cohorts", "launches", "regimes", "drift", "sales-peaks", "two-shifts", "week-changes", "decline", "nine-months"]
WEEKS = [[1.2, 1.25, 1.25, 1.2, 1.05, .55, .5], [.95, .94, .95, .97, 1.02, 1.1, 1.07], [1.05, 1.06, 1.06, 1.04, 1.02, .9, .87]]

def company(kind, rng):
    end = dt.date(2026, rng.randint(1, 10), 28); end = end.replace(day=calendar.monthrange(end.year, end.month)[1])
    months = 9 if kind == "nine-months" else rng.choice([14, 18, 26, 32])
    k = end.year * 12 + end.month - months
    start = dt.date(k // 12, k % 12 + 1, 1)
    stop = dt.date(end.year + 1, end.month, calendar.monthrange(end.year + 1, end.month)[1])
    n, past = (stop - start).days + 1, (end - start).days + 1
    days = [start + dt.timedelta(days=i) for i in range(n)]
    amp, phase = rng.uniform(0, .1), rng.uniform(0, 2 * math.pi)
    week, week2 = rng.choice(WEEKS), rng.choice(WEEKS)
    turn = rng.randint(int(past * .4), past - 20)
    peakdays = sorted(rng.sample(range(20, 340), 3)); peaksize = [rng.uniform(1.6, 3) for _ in range(3)]
    shifts = [(rng.randint(30, past - 30), rng.choice([.6, .7, 1.4, 1.8])) for _ in range(2)]
    rate = [rng.uniform(0, .5), rng.uniform(.2, 1.2)]
    t0, scale, steep = rng.uniform(.3, 1.0) * past, rng.uniform(60, 160), rng.uniform(1.2, 3)
    gap = rng.uniform(70, 160)
    launch = []; x = rng.uniform(10, gap)
    while x < n: launch.append((int(x), rng.uniform(1.05, 1.35))); x += gap * rng.uniform(.6, 1.4)
    ret, newg, half = rng.uniform(.25, .6), rng.uniform(-.02, .03), rng.uniform(2, 6)
    declining = rng.uniform(-.05, -.01)
    def line(level, noise):
        log, ar, regime, left, slope, drift = 0., 0., rng.random() < .5, rng.expovariate(1 / 120), rate[0] / 365, 0.
        out = []
        for i, d in enumerate(days):
            if kind == "s-curve": base = math.log(.1 + 1 / (1 + math.exp(-(i - t0) / scale)))*(.5+.25*steep) 
            elif kind == "cohorts":
                m = i / 30.4; s = 0.
                if i % 7 == 0 or i == 0:
                    for c in range(int(m) + 13):
                        age = m - (c - 12)
                        if age >= 0: s += (1 + newg) ** (c - 12) * (ret + (1 - ret) * math.exp(-age / half)) * .93 ** age
                    cohort = math.log(s)
                base = cohort
            elif kind == "launches":
                base = sum(math.log(f) for x, f in launch if x <= i) - .1 * i / 365
            elif kind == "regimes":
                left -= 1
                if left < 0: regime, left = not regime, rng.expovariate(1 / 120)
                log += (rate[1] if regime else rng.choice([0, 0, -.1])) / 365; base = log
            elif kind == "drift":
                drift += rng.gauss(0, .0007) - drift * .01; log += drift * .15 + rng.gauss(0, .002); base = log
            elif kind in ("decline",): base = declining * i / 30.4
            elif kind == "sales-peaks": base = rate[0] * .6 * i / 365
            else: base = rate[0] * .6 * i / 365
            if kind == "two-shifts": base += sum(math.log(f) for x, f in shifts if x <= i)
            if i % 30 == 0: log += 0 
            w = week2 if kind == "week-changes" and i >= turn else week
            ar = .5 * ar + noise * rng.gauss(0, 1)
            drift2 = 0
            v = level * w[d.weekday()] / (sum(w) / 7) * math.exp(base + ar + amp * math.cos(d.timetuple().tm_yday / 365.25 * 2 * math.pi + phase))
            if kind == "sales-peaks":
                y = d.timetuple().tm_yday
                for p, s in zip(peakdays, peaksize):
                    if 0 <= y - p < 4: v *= s
            out.append(v)
        # a walk of its own
        return out
    size = 10 ** rng.uniform(6.3, 7.6) / 30.4
    events = line(size, rng.uniform(.02, .06)); p, flags = rng.uniform(.3, .8), rng.uniform(.2, .8)
    ref = events[past - 1]; events = [v * size / ref for v in events]
    usage = {"events": events, "identified_events": [v * (p + .01 * rng.gauss(0, 1)) for v in events]}
    rec = line(1, .05); ref = rec[past - 1]; usage["session_recordings"] = [v * size * rng.uniform(.0039, .0041) / ref for v in rec]
    usage["feature_flag_requests"] = [v * flags * math.exp(.02 * rng.gauss(0, 1)) for v in events]
    return end, days, {m: [max(0, int(v + .5)) for v in x] for m, x in usage.items()}
