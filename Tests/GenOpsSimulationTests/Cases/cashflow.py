"""Writes cashflow.cases: cash flows with what numpy-financial 1.0.0 and pyxirr 0.10.8 say of them.

    python3 cashflow.py > cashflow.cases      (pip install numpy-financial==1.0.0 pyxirr==0.10.8)
"""
import numpy as np
import numpy_financial
import pyxirr

print("""# Cash flows with what numpy-financial 1.0.0 and pyxirr 0.10.8 say of them, written by cashflow.py.
#
# rate of a year | net amounts, the first at time 0, then by month | net present value | internal rate of
# return per year in percent, none where the signs do not change once from what is spent to what is earned |
# discounted payback and simple payback in months, never where it does not come""")
random = np.random.default_rng(20261130)


def payback(flow):
    """The last time that the running sum reaches zero from below, a straight line between months."""
    total = np.cumsum(flow)
    if total[-1] < 0:
        return "never"
    below = np.nonzero(total < 0)[0]
    if len(below) == 0:
        return "0"
    last = below[-1]
    return repr(float(last + -total[last] / flow[last + 1]))


for number in range(400):
    months = int(random.choice([3, 12, 24, 36]))
    rate = float(random.choice([0, 0.03, 0.1, 0.25, -0.05]))
    kind = number % 4
    flow = np.round(random.normal(100, [20, 60, 150, 300][kind], months + 1), 2)
    if number % 3:
        flow[0] = -round(float(random.uniform(50, 100 * months)), 2)
    if number % 7 == 0:
        flow = -flow
    monthly = (1 + rate) ** (1 / 12) - 1
    npv = numpy_financial.npv(monthly, flow)
    signs = np.sign(flow[flow != 0])
    changes = int(np.sum(signs[1:] != signs[:-1]))
    irr = "none"
    if changes == 1 and signs[0] < 0:
        one, other = pyxirr.irr(flow), numpy_financial.irr(flow)
        assert abs(one - other) < 1e-6 * max(1, abs(one)), (one, other)
        irr = repr(float(((1 + one) ** 12 - 1) * 100))
    discounted = flow / (1 + monthly) ** np.arange(months + 1)
    print(f"{rate} | {' '.join(map(str, flow.tolist()))} | {float(npv)!r} | {irr} | "
          f"{payback(discounted)} | {payback(flow)}")
