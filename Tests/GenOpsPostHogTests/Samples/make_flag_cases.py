#!/usr/bin/env python3
"""Writes flag-cases.jsonl: random flags with what PostHog's own client says of them.

Each line is one case: the definitions as the server would send them, a person, and for each flag its
value, or why only the server can tell. Usage: make_flag_cases.py [COUNT] > flag-cases.jsonl, with
posthog==7.91.1 installed.
"""

import json
import logging
import random
import sys
import warnings

from posthog import Posthog
from posthog.feature_flags import InconclusiveMatchError, RequiresServerEvaluation

logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")

VALUES = ["pro", "Pro", "free", "true", "FALSE", "7", "7.5", "-3", "1e3", "", "ann@example.com", "Äpfel",
          "1.2.3", "v2.0", "1.2", "0.3.1-beta", "01.2", "2030-01-01", "1990-05-05T10:00:00Z", "null",
          "1990-05-05 10:00:00+02:00", True, False, None, 7, 7.5, 0, -3, 1000.0, ["a", "b"], {"b": 1, "a": "x"}]
KEYS = ["plan", "email", "age", "version", "joined", "beta", "country"]
TEXTS = ["pro", "P", "example", "@", "ann", "", "Ä", "1", ".com", "x"]
PATTERNS = [r"^pro$", r"@example\.com$", r"[a-z]+", r"(a|b)c?", r"p.o", r"\d+", r"^\d{1,2}$", r"(?=x)", r"(", r"a++",
            r"[^@]+@[^@]+", r"(a+)+$", r"\bpro\b", r"", r"^(?:pro|free)$", r"1\.2", "$", "[a&&b]", "*", r"a{2,}"]
DATES = ["-1d", "3h", "-2w", "-1m", "-3y", "2020-01-01", "2020-01-01T00:00:00Z", "tomorrow", "-99999d", "5x"]
VERSIONS = ["1.2.3", "1.2", "2", "v1.0.0", "0.2.3", "0.0.3", "x", "01.1", "1.*", "1.2.*", "*", "1.2.3-rc1"]
LISTS = [["pro", "free"], ["true"], [True, False], [], [7, "7.5"], ["1000.0"], ["Ann@Example.com"]]


def person_filter(rng):
    operator = rng.choice(["exact", "is_not", "is_set", "is_not_set", "icontains", "not_icontains", "regex",
                           "not_regex", "starts_with", "not_starts_with", "ends_with", "not_ends_with", "gt", "gte",
                           "lt", "lte", "is_date_before", "is_date_after", "semver_eq", "semver_neq", "semver_gt",
                           "semver_gte", "semver_lt", "semver_lte", "semver_tilde", "semver_caret",
                           "semver_wildcard", "exact", "exact", "between"])
    if operator in ("exact", "is_not"):
        value = rng.choice(VALUES + LISTS)
    elif operator in ("regex", "not_regex"):
        value = rng.choice(PATTERNS)
    elif operator in ("gt", "gte", "lt", "lte"):
        value = rng.choice([0, 7, 7.25, "7", "1e2", "x", True, "+5", ".5", "5.", "0x1F", " 7", "nan"])
    elif operator.startswith("is_date"):
        value = rng.choice(DATES)
    elif operator.startswith("semver"):
        value = rng.choice(VERSIONS)
    else:
        value = rng.choice(TEXTS + VALUES[:8])
    result = {"key": rng.choice(KEYS), "value": value, "operator": operator, "type": "person"}
    if rng.random() < 0.1:
        del result["operator"]
    return result


def cohort_filter(rng):
    return {"key": "id", "type": "cohort", "value": rng.choice([1, 2, 3, 4, "2", 99]),
            **rng.choice([{}, {"operator": "in"}, {"operator": "not_in"}, {"operator": "exact"}])}


def cohort_tree(rng, depth):
    def leaf():
        item = cohort_filter(rng) if depth == 0 and rng.random() < 0.15 else person_filter(rng)
        if item["type"] == "cohort":
            item["value"] = 2
        if rng.random() < 0.25:
            item["negation"] = True
        return item
    values = [cohort_tree(rng, depth + 1) if depth < 2 and rng.random() < 0.3 else leaf()
              for _ in range(rng.randint(0, 3))]
    tree = {"type": rng.choice(["AND", "OR"]), "values": values}
    return {} if not values and rng.random() < 0.5 else tree


def a_filter(rng, index):
    draw = rng.random()
    if draw < 0.12:
        return cohort_filter(rng)
    if draw < 0.24 and index > 0:
        other = f"flag-{rng.randrange(index)}"
        chain = rng.choice([[other], [other], [other], [], ["missing"], None])
        result = {"key": other, "type": "flag", "operator": rng.choice(["flag_evaluates_to"] * 5 + ["exact"]),
                  "value": rng.choice([True, False, "test", "control", None])}
        if chain is not None:
            result["dependency_chain"] = chain
        return result
    return person_filter(rng)


def a_flag(rng, index):
    groups = []
    for _ in range(rng.choice([0, 1, 1, 2, 2, 3])):
        condition = {"properties": [a_filter(rng, index) for _ in range(rng.choice([0, 0, 1, 1, 2, 3]))],
                     "rollout_percentage": rng.choice([None, None, 0, 100, 50, 33.3, 80])}
        if rng.random() < 0.2:
            condition["variant"] = rng.choice(["test", "control", "nobody"])
        if rng.random() < 0.1:
            condition["aggregation_group_type_index"] = rng.choice([0, 1, 7, None])
        groups.append(condition)
    filters = {"groups": groups}
    if rng.random() < 0.5:
        filters["multivariate"] = {"variants": [{"key": "control", "rollout_percentage": 40},
                                                {"key": "test", "rollout_percentage": rng.choice([60, 50, 59.5])}]}
    if rng.random() < 0.12:
        filters["aggregation_group_type_index"] = rng.choice([0, 1, 7])
    if rng.random() < 0.12:
        filters["holdout"] = {"id": rng.randint(1, 9), "exclusion_percentage": rng.choice([0, 10, 50, 100, 120])}
    if rng.random() < 0.15:
        filters["early_exit"] = True
    if rng.random() < 0.05:
        filters["feature_enrollment"] = True
    flag = {"id": index + 1, "key": f"flag-{index}", "version": 1, "active": rng.random() > 0.05,
            "ensure_experience_continuity": rng.random() < 0.05, "filters": filters}
    if rng.random() < 0.08:
        flag["bucketing_identifier"] = "device_id"
    return flag


def properties(rng):
    return {key: rng.choice(VALUES) for key in KEYS if rng.random() < 0.75}


def main():
    client = Posthog("phc_x", host="http://127.0.0.1:9", disabled=True, send=False)
    for number in range(int(sys.argv[1]) if len(sys.argv) > 1 else 160):
        rng = random.Random(number)
        flags = [a_flag(rng, index) for index in range(5)]
        cohorts = {str(n): cohort_tree(rng, 0 if n != 2 else 1) for n in range(1, 5)}
        mapping = {"0": "company", "1": "project"}
        version = rng.choice([1, 1, 2])
        person = properties(rng)
        if rng.random() < 0.2:
            person["$feature_enrollment/flag-1"] = rng.choice([True, False, "true"])
        groups = {name: f"{name}-{rng.randint(1, 5)}" for name in ("company", "project") if rng.random() < 0.6}
        group_properties = {name: properties(rng) for name in groups if rng.random() < 0.8}
        device = rng.choice([None, "device-7"])
        snapshot = {"flags": flags, "flags_by_key": {flag["key"]: flag for flag in flags},
                    "group_type_mapping": mapping, "cohorts": cohorts, "property_matching_version": version}
        expected = {}
        for flag in flags:
            try:
                expected[flag["key"]] = client._compute_flag_locally(
                    flag, f"user-{number}", groups=groups, person_properties=person,
                    group_properties=group_properties, device_id=device, _definition_snapshot=snapshot)
            except (InconclusiveMatchError, RequiresServerEvaluation) as error:
                expected[flag["key"]] = {"unresolved": error.reason.value}
        print(json.dumps({
            "definitions": {"flags": flags, "group_type_mapping": mapping, "cohorts": cohorts,
                            "property_matching_version": version},
            "distinct_id": f"user-{number}", "person": person, "groups": groups,
            "group_properties": group_properties, "device_id": device, "expected": expected,
        }, ensure_ascii=False, separators=(",", ":")))


main()
