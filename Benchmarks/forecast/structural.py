"""The structural forecaster (Sources/GenOpsForecasting/Structural) in NumPy, on which its constants were chosen."""
import warnings; warnings.filterwarnings("ignore")
import numpy as np, datetime as dt, math
from functools import lru_cache
SLOPES = ((0, 1), (.25, math.exp(-1 / 26)), (1., math.exp(-1 / 18)))
P = dict(gmean=.10, gsd=.25, dmean=0., dsd=.12, sea=(.04, .14, .5), slopes=SLOPES, slopeprior=(1., .2, .1), kappa=(.02, .1, .3, .8), scale=(.75, 1., 1.3),
         decays=(0, 16, 40), decprior=(1., .2, .2), decsd=1., shiftsd=.7, pd=.05, pdn=4, pairs=2, seapow=1., norm=True, rho=0., eventprior=.5, widen=.88)

def thanksgiving(y):
    f = dt.date(y, 11, 1); return f + dt.timedelta(days=(3 - f.weekday()) % 7 + 21)

def event_of(d):
    """(event, offset) or None"""
    t = thanksgiving(d.year); n = (d - t).days
    if 0 <= n < 5: return ("T", n)
    if (d.month, d.day) >= (12, 23): return ("C", d.day - 23)
    if (d.month, d.day) <= (1, 2): return ("C", 8 + d.day)
    return None

def rscale(x):
    x = np.abs(x[~np.isnan(x)])
    return np.median(x) / .6745 if len(x) else 0.

def week_profile(v, wd, half):
    """weekday shares (mean 1), weeks counted from the end, weights halved every `half` weeks"""
    n = len(v) // 7
    if n < 1: return np.ones(7)
    V = v[-7 * n:].reshape(n, 7); W = wd[-7 * n:].reshape(n, 7)
    m = np.nanmean(V, axis=1, keepdims=True)
    with np.errstate(all="ignore"): R = V / m
    order = np.argsort(W[0]); R = R[:, order]
    w = .5 ** (np.arange(n)[::-1] / half)
    out = np.ones(7)
    for k in range(7):
        x = R[:, k]; ok = ~np.isnan(x)
        if not ok.any(): continue
        i = np.argsort(x[ok]); c = np.cumsum(w[ok][i]) ; c = (c - .5 * w[ok][i]) / c[-1]
        out[k] = np.interp(.5, c, x[ok][i])
    return out / out.mean()

def best_profile(v, wd):
    n = len(v) // 7; best = None
    for half in (3, 8, 26):
        loss = 0.
        for back in range(1, min(8, n - 3) + 1):
            p = week_profile(v[:len(v) - 7 * back], wd[:len(v) - 7 * back], half)
            x = v[len(v) - 7 * back:len(v) - 7 * back + 7]; w = wd[len(v) - 7 * back:len(v) - 7 * back + 7]
            loss += np.nansum(np.abs(x / np.nanmean(x) - p[w]))
        if best is None or loss < best[0] * .97: best = (loss, half)
    return week_profile(v, wd, best[1] if best else 26)

def medians(x, reach):
    n = len(x); out = np.full(n, np.nan)
    for i in range(n):
        s = x[max(0, i - reach):i + reach + 1]; s = s[~np.isnan(s)]
        if len(s): out[i] = np.median(s)
    return out

def prep(values, start):
    v = values.astype(float).copy()
    nz = np.nonzero(v > 0)[0]
    if len(nz) == 0: return None
    v = v[nz[0]:]; start = start + dt.timedelta(days=int(nz[0]))
    if (v[-28:] == 0).all(): return None
    n = len(v); days = [start + dt.timedelta(days=i) for i in range(n)]
    wd = np.array([d.weekday() for d in days])
    ev = [event_of(d) for d in days]; isev = np.array([e is not None for e in ev])
    q = np.where(isev, np.nan, v)
    # long profile for levels over time, as time goes: rolling by thirds is enough here
    prof = best_profile(q, wd)
    local = np.ones(n)
    # weekday profile of each time: centred 8 weeks half-life on the year around
    K = n // 7
    for b in range(0, n, 28):
        lo, hi = max(0, b - 56), min(n, b + 28 + 56)
        s, w = q[lo:hi], wd[lo:hi]; m = medians7(s)
        for k in range(7):
            x = (s / m)[w == k]; x = x[~np.isnan(x)]
            if len(x) >= 2: local[b:b + 28][wd[b:b + 28] == k] = np.median(x)
    with np.errstate(all="ignore"): a = np.log(q / local)
    a[~np.isfinite(a)] = np.nan
    base = medians(a, 10)
    base = np.where(np.isnan(base), np.interp(np.arange(n), np.nonzero(~np.isnan(base))[0], base[~np.isnan(base)]), base)
    with np.errstate(all="ignore"): l = np.log(np.maximum(v, 1e-9) / local) - base
    sd = max(1e-3, rscale(np.where(isev, np.nan, l)))
    # events: baseline from the days around the event
    eff = {}
    for e in "TC":
        idx = [i for i in range(n) if ev[i] and ev[i][0] == e]
        if not idx: continue
        by = {}
        for i in idx: by.setdefault(ev[i], []).append(l[i])
        vp = P["eventprior"] ** 2; vn = (1.3 * sd) ** 2 + .03 ** 2
        lbf = 0.; mean = {}
        for key, x in by.items():
            x = np.clip(np.array(x), -2.5, 2.5); k = len(x); vt = vp / (1) ; ve = vn + .15**2 * 0
            lbf += -.5 * math.log(1 + k * vp / ve) + .5 * x.sum() ** 2 * vp / (ve * (ve + k * vp))
            # a year differs from the next
            mean[key] = x.sum() * vp / (k * vp + ve)
        p = 1 / (1 + math.exp(-max(-30, min(30, .5 * lbf - 1))))
        for key, m in mean.items(): eff[key] = math.exp(m * p)
    f = np.array([eff.get(e, 1.) if e else 1. for e in ev])
    # what is left, without strange days: events of the past as they were
    l2 = l.copy(); strange = np.abs(l2) > max(5 * sd, .3)
    clean = v / np.where(isev, f, 1.)
    expect = np.exp(base) * local
    evstrange = isev & (np.abs(np.log(np.maximum(clean, 1e-9) / expect)) > 2 * sd)
    clean = np.where(strange & ~isev | evstrange | np.isnan(v), expect, clean)
    return dict(v=v, start=start, days=days, wd=wd, prof=prof, local=local, clean=clean, eff=eff, sd=sd, l=a)

def medians7(s):
    n = len(s); out = np.full(n, np.nan)
    for i in range(3, n - 3):
        x = s[i - 3:i + 4]
        if (~np.isnan(x)).sum() >= 5: out[i] = np.nanmean(x)
    return out

def find_shifts(a):
    """as LevelShift.find"""
    W, F, S = 28, 14, .3; n = len(a); sc = []
    def med(x):
        k = x[~np.isnan(x)]; return np.median(k) if len(k) * 2 >= len(x) and len(k) else None
    for i in range(W, n - F + 1):
        b, c = med(a[i - W:i]), med(a[i:i + W])
        if b is not None and c is not None: sc.append((i, c - b))
    if not sc: return []
    lim = max(S, 4 * np.median([abs(c) for _, c in sc])); found = []
    for i, c in sorted(sc, key=lambda x: -abs(x[1])):
        if abs(c) < lim or len(found) == 3: break
        if any(abs(x - i) < W for x in found): continue
        b, af = med(a[i - W:i]), med(a[i:i + W]); sg = 1 if c > 0 else -1
        if i >= 2 * W:
            e = med(a[i - 2 * W:i - W])
            if e is not None and (af - e) * sg < .6 * abs(c): continue
        if i + W + F <= n:
            e = med(a[i + W:i + 2 * W])
            if e is not None and (e - b) * sg < .6 * abs(c): continue
        best = None
        first7 = lambda x: x[~np.isnan(x)][:7]
        for d in range(max(7, i - W // 2), min(n - 7, i + W // 2) + 1):
            b, af = first7(a[max(0, d - 14):d][::-1]), first7(a[d:d + 14])
            if len(b) < 4 or len(af) < 4: continue
            st = (np.median(af) - np.median(b)) * sg; own = 0 if np.isnan(a[d]) or np.isnan(a[d-1]) else (a[d] - a[d - 1]) * sg
            score = st + .5 * min(own, st)
            if score > (best[1] if best else .6 * abs(c)) and st > .6 * abs(c): best = (d, score)
        if best: found.append(best[0])
    return sorted(found)

def angle(d):
    x = (d - dt.date(1970, 1, 1)).days / 365.2425; return 2 * math.pi * (x - math.floor(x))

def columns(tdays, dates_angle, n_days, shifts):
    """rows for days relative to end (0 = first day ahead); shifts in days before end"""
    t = tdays / 365.25
    cols = [np.ones_like(t), t]
    for tau in P["decays"][1:]:
        T = tau * 7 / 365.25; t0 = -n_days / 365.25
        cols.append(T * (math.exp(t0 / T) - np.exp(-(t - t0) / T)))  # growth rate of 1 a year at the start, 0 at the end of history
    for k in range(P["pairs"]): cols += [np.sin((k + 1) * dates_angle), np.cos((k + 1) * dates_angle)]
    for s in shifts: cols.append(np.clip((s - tdays + 0) / 7 + .0, 0, 1) if False else (tdays < s).astype(float))
    return np.stack(cols, -1)

def fit(pr):
    v, n = pr["clean"], len(pr["clean"]); K = n // 7
    if K < 3: return None
    shifts = [s - n for s in find_shifts(pr["l"])]
    Y = v[-7 * K:].reshape(K, 7).mean(1)
    with np.errstate(all="ignore"): y = np.log(Y)
    y[~np.isfinite(y)] = np.nan
    mid = -7. * (K - np.arange(K)) + 3
    end = pr["start"] + dt.timedelta(days=n)
    ang = np.array([angle(end + dt.timedelta(days=int(m))) for m in mid])
    X = columns(mid, ang, n, shifts)
    for j, s in enumerate(shifts):  # part of the week before the shift
        X[:, X.shape[1] - len(shifts) + j] = np.clip((s - (mid - 3)) / 7, 0, 1)
    y0 = np.nanmedian(y); yc = y - y0
    dy = np.diff(yc); dy = dy[~np.isnan(dy)]
    shiftw = None
    D2 = (rscale(dy) ** 2 * len(dy) + P["pd"] ** 2 * P["pdn"]) / (len(dy) + P["pdn"]); D = max(math.sqrt(D2), 1e-4)
    S = [(k, c, s) for k in P["kappa"] for c in P["scale"] for s in range(len(P["slopes"]))]
    kap, sc, sl = np.array([x[0] for x in S]), np.array([x[1] for x in S]), [P["slopes"][x[2]] for x in S]
    tot = (D * sc) ** 2; q2 = kap * tot; r2 = (1 - kap) * tot / 2 + 1e-8
    g2 = np.array([(s[0] * 7 / 365.25) ** 2 for s in sl]); phi = np.array([s[1] for s in sl]); z2 = g2 * (1 - phi ** 2)
    C = X.shape[1] + 1; O = np.column_stack([X, yc]); N = len(S)
    lev, slo = np.zeros((N, C)), np.zeros((N, C)); pll, pls, pss = np.zeros(N), np.zeros(N), g2.copy()
    A = np.zeros((N, C, C)); ld = np.zeros(N); obs = 0; innov = []
    for k in range(K):
        if k:
            lev = lev + slo; slo = phi[:, None] * slo
            pll, pls, pss = pll + 2 * pls + pss + q2, phi * (pls + pss), phi ** 2 * pss + z2
        if np.isnan(yc[k]): continue
        e = O[k] - lev; F = pll + r2
        A += e[:, :, None] * e[:, None, :] / F[:, None, None]; ld += np.log(F); obs += 1
        kl, ks = pll / F, pls / F
        lev = lev + kl[:, None] * e; slo = slo + ks[:, None] * e
        pll, pls, pss = pll - kl * pll, pls - ks * pll, pss - ks * pls
    Xp, b, c = A[:, :-1, :-1], A[:, :-1, -1], A[:, -1, -1]
    nd = len(P["decays"]) - 1; p = C - 1
    comps = []
    mu = np.zeros(p); mu[1] = P["gmean"]
    for di, tau in enumerate(P["decays"]):
        keep = [0, 1] + ([1 + di] if di else []) + list(range(2 + nd, p)); keep = np.array(keep)
        for a in P["sea"]:
            var = np.full(p, 1.)
            var[0] = 4.; var[1] = P["gsd"] ** 2; var[2:2 + nd] = P["decsd"] ** 2
            for k in range(P["pairs"]): var[2 + nd + 2 * k:4 + nd + 2 * k] = (a / (k + 1) ** P["seapow"]) ** 2
            var[2 + nd + 2 * P["pairs"]:] = P["shiftsd"] ** 2
            m1 = mu.copy()
            if di: m1[1], var[1] = P["dmean"], P["dsd"] ** 2
            vv, m0 = var[keep], m1[keep]
            L = Xp[:, keep][:, :, keep] + np.diag(1 / vv); h = b[:, keep] + m0 / vv
            cov = np.linalg.inv(L); m = np.einsum("nij,nj->ni", cov, h)
            ml = -.5 * (ld + c + (m0 ** 2 / vv).sum() - (m * h).sum(1) + np.linalg.slogdet(L)[1] + np.log(vv).sum())
            for i in range(N):
                pri = math.log(P["slopeprior"][S[i][2]] * P["decprior"][di])
                comps.append((ml[i] + pri, i, keep, m[i], cov[i]))
    w = np.array([x[0] for x in comps]); w = np.exp(w - w.max()); w /= w.sum()
    order = np.argsort(-w); cum = np.cumsum(w[order]); top = order[:max(1, min(60, np.searchsorted(cum, .97) + 1))]
    w = w[top] / w[top].sum()
    return dict(comps=[comps[i] for i in top], w=w, lev=lev, slo=slo, pll=pll, pls=pls, pss=pss, q2=q2, r2=r2, z2=z2, phi=phi, y0=y0, n=n, end=end, shifts=shifts, K=K, S=S, y=y)

def forecast(values, start, horizon, paths, rng_own, rng_common):
    """daily paths (paths x horizon)"""
    pr = prep(values, start)
    end = start + dt.timedelta(days=len(values))
    days = [end + dt.timedelta(days=i) for i in range(horizon)]
    if pr is None: return np.zeros((paths, horizon)), None
    f = fit(pr)
    wd = np.array([d.weekday() for d in days])
    prof = pr["prof"][wd] * np.array([pr["eff"].get(event_of(d), 1.) for d in days])
    if f is None: return np.tile(np.nanmean(values) * prof, (paths, 1)), None
    rho = P["rho"]
    ncol = len(columns(np.zeros(1), np.zeros(1), 1, f["shifts"])[0])
    nz = 2 + ncol
    def norm(*s): return math.sqrt(rho) * rng_common.standard_normal(s) + math.sqrt(1 - rho) * rng_own.standard_normal(s)
    W = (horizon + 6) // 7 + 1
    Z, U, E = norm(paths, nz), norm(paths), norm(paths, W, 3)
    from scipy.special import ndtr
    which = np.searchsorted(np.cumsum(f["w"]), ndtr(U) * .999999999)
    t = np.arange(horizon, dtype=float); ang = np.array([angle(d) for d in days]); X = columns(t, ang, f["n"], f["shifts"])
    out = np.zeros((paths, horizon)); meanlog = np.zeros(horizon); vary = np.zeros(horizon)
    wk = np.arange(horizon) // 7
    for ci, (_, i, keep, m, cov) in enumerate(f["comps"]):
        phi = f["phi"][i]
        al = f["lev"][i, -1] - f["lev"][i, :-1][keep] @ m; asl = f["slo"][i, -1] - f["slo"][i, :-1][keep] @ m
        geo = np.array([(1 - phi ** k) / (1 - phi) if phi < 1 else 0. for k in range(W + 1)])
        pos = np.interp((t + 3.5 + 0.0) / 7, np.arange(W + 1), geo) if phi < 1 else 0 * t
        # day t lies (t+3.5)/7 weeks after the middle of the last week
        mean = f["y0"] + al + asl * pos + X[:, keep] @ m
        meanlog += f["w"][ci] * mean
        pth = np.nonzero(which == ci)[0]
        if not len(pth): continue
        L = np.linalg.cholesky(cov + 1e-14 * np.eye(len(keep))); db = Z[pth][:, :len(keep)] @ L.T
        pc = np.array([[f["pll"][i], f["pls"][i]], [f["pls"][i], f["pss"][i]]]); pc += 1e-14 * np.eye(2)
        ds = Z[pth][:, ncol:] @ np.linalg.cholesky(pc).T
        dl = ds[:, :1] - db @ f["lev"][i, :-1][keep][:, None]; dg = ds[:, 1:] - db @ f["slo"][i, :-1][keep][:, None]
        walk = np.cumsum(E[pth, :, 0] * math.sqrt(f["q2"][i]), 1)
        sl = np.zeros((len(pth), W)); s = np.zeros(len(pth))
        for k in range(W): s = phi * s + math.sqrt(f["z2"][i]) * E[pth, k, 1]; sl[:, k] = s
        walk = walk + np.cumsum(sl, 1)
        noise = math.sqrt(f["r2"][i]) * E[pth, :, 2]
        dev = dl + dg * pos + db @ X[:, keep].T + walk[:, wk] + noise[:, wk]
        out[pth] = mean + dev
    out = meanlog + P["widen"] * (out - meanlog)
    e = np.exp(out - meanlog)
    if P["norm"]: e /= e.mean(0)
    return np.exp(meanlog) * e * prof, f
