#!/usr/bin/env python3
"""Writes filter-cases.jsonl: random filters on one property with what PostHog's own client says of them.

Each line is `[operator, filter value, property, answer, version, name, given]`: the answer is true, false, or why only
the server can tell; `version` is that of the matching, `name` the property that the filter asks for and `given` the one
that there is. Usage: make_filter_cases.py [COUNT] > filter-cases.jsonl, with posthog==7.91.1 installed and Python 3.11 or
later (an older one reads fewer forms of dates). It is the client as it is but for its clock, which stands still.
"""

import datetime
import json
import random
import sys
import types
import warnings

from posthog import feature_flags
from posthog.feature_flags import InconclusiveMatchError, match_property

warnings.simplefilter("ignore")
NOW = datetime.datetime(2026, 11, 25, 12, tzinfo=datetime.timezone.utc)


class Frozen(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return NOW if tz else NOW.replace(tzinfo=None)


clock = types.ModuleType("datetime")
clock.__dict__.update(vars(datetime))
clock.datetime = Frozen
feature_flags.datetime = clock

# One letter in two ways, letters whose small form is another length, marks, other numbers, spaces, controls.
ODD = ["é", "e\u0301", "Å", "\u212b", "A\u030a", "ß", "ẞ", "İ", "ı", "I", "Σ", "σ", "ς", "ΑΣ", "Σ.", "ΣΑ", "Α\u0301Σ",
       "Ǆ", "ﬁ", "Ω", "\u2126", "K", "\u212a", "\u0301", "\u200d", "٣", "３", "²", "Ⅷ", "中", "한", "\u1112\u1161\u11ab",
       "🙂", "\u00a0", "\u2028", "\u0085", "\u001c", "\u000b", "\u000c", "\n", "\r", "\t", "\u0000", "\u007f", "ა", "Ა",
       "Ꭰ", "ꭰ", "\u093e", "a", "B", "z", "0", "9", "_", "-", ".", "@", " ", "\"", "\\", "/", "#", "["]
WORDS = ["pro", "Pro", "PRO", "free", "true", "TRUE", "False", "null", "None", "7", "7.0", "7.5", "-3", "1e3", "", " ",
         "ann@example.com", "Ann@Example.COM", "x.y", "a\nb", "ab\n", "aaa", "aaaaab", "abab", "2026-11-25", "1.2.3"]
OTHERS = [True, False, None, 0, 7, -3, 7.0, 7.5, 1e3, 1e16, 123456789012345678, 9007199254740994.0, 0.1, 1e-4, 1e-5, 1e-6,
          2.5e-7, 1.5e300, -0.0, 12345.678, ["a", "b"], [], {"b": 1, "a": "x"}, ["é"], [True], [7.0, "7"], {}, {"é": "e\u0301", "z": None}]
EQUALITY = ["exact", "is_not"]
TEXT = ["icontains", "not_icontains", "starts_with", "not_starts_with", "ends_with", "not_ends_with"]
NUMBER = ["gt", "gte", "lt", "lte"]
DATE = ["is_date_before", "is_date_after"]
VERSION = ["semver_eq", "semver_neq", "semver_gt", "semver_gte", "semver_lt", "semver_lte", "semver_tilde",
           "semver_caret", "semver_wildcard"]


def text(rng):
    draw = rng.random()
    if draw < 0.4:
        return rng.choice(WORDS)
    return "".join(rng.choice(ODD if rng.random() < 0.7 else WORDS) for _ in range(rng.randint(1, 4)))


def value(rng):
    return rng.choice(OTHERS) if rng.random() < 0.25 else text(rng)


def twin(rng, one):
    """Something near to a value, so that comparisons are close."""
    if not isinstance(one, str) or rng.random() < 0.3:
        return value(rng)
    return rng.choice([one, one.upper(), one.lower(), one.swapcase(), one + rng.choice(ODD), rng.choice(ODD) + one,
                       one[1:], one[:-1]])


ATOMS = ["a", "b", "p", "r", "o", ".", "@", "7", "é", "e\u0301", "Σ", "\\.", "\\d", "\\D", "\\w", "\\W", "\\s", "\\S", "\\n",
         "\\t", "\\x41", "\\x6", "\\-", "\\@", "\\ ", "\\_", "\\/", "\\b", "\\B", "\\<", "\\1", "\\Z", "\\A", "\\z", "\\p{L}", "\\é",
         "\\", "[a-z]", "[^a-z]", "[A-Z0-9_.+-]", "[\\w.]", "[^@\\s]", "[z-a]", "[a-\\d]", "[\\d-a]", "[a-c-e]", "[]", "[]a]",
         "[^]", "[a", "[[a]", "[a&&b]", "[a--b]", "[a~~b]", "[a||b]", "[-a]", "[a-]", "[^-]", "[\\b]", "[\\]]", "[\\<]",
         "[\\x41-\\x5a]", "[é-ü]", "[.]", "[$^]", "[*+?{}()|]", "]", "}", " ", "\n", "^", "$", "中", "#", "(?i)", "(?=a)", "(?P<n>a)",
         "(?#x)", "(?:", "(", ")", "&", "~", "-"]
COUNTS = ["*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0}", "{2,}", "{3,1}", "{,2}", "{}", "{a}", "{1", "**", "++", "*+", "{2}{2}",
          "{1000}", "{1000}{1000}", "{99999999999}", "{4294967295}", "{2}?", "{0,3}", "+{2}", "?+"]
PATTERNS = [r"^pro$", r"@example\.com$", r"^[^@]+@[^@]+\.[a-z]{2,}$", r"(a|b)+c?", r"p.o", r"^\d{1,2}$", "(?=x)", "(", "a++", "(a+)+$",
            r"\bpro\b", "", r"^(?:pro|free)$", "$", "^", "*", "a{2,}", "^$", ".", ".*", "^.*$", "(a*)*", "(a|a)*b", "((a))", "()", "()*", "(|a)*",
            "(?:)", "a|", "|", "^*", "a$b", "^a|b$", r"\Apro\Z", "(a{1,2}){2}", "(ab){2}", "(?:^)*a", "x*", "(((((a)))))", "a.b"]


def pattern(rng):
    if rng.random() < 0.3:
        return rng.choice(PATTERNS)

    def piece(depth):
        draw = rng.random()
        if draw < 0.15 and depth < 3:
            inner = "".join(piece(depth + 1) for _ in range(rng.randint(0, 3)))
            return rng.choice(["(", "(?:"]) + inner + ")"
        if draw < 0.2:
            return "|"
        return rng.choice(ATOMS[:8] if rng.random() < 0.45 else ATOMS)
    out = ""
    for _ in range(rng.randint(1, 5)):
        out += piece(0)
        if rng.random() < 0.3:
            out += rng.choice(COUNTS[:12] if rng.random() < 0.7 else COUNTS)
    return out


def day(rng):
    draw = rng.random()
    year, month, date = rng.randint(2024, 2028), rng.randint(1, 12), rng.randint(1, 28)
    if draw < 0.7:
        return f"{year}-{month:02}-{date:02}"
    return rng.choice([f"{year}", f"{year}-{month:02}", f"{year}{month:02}{date:02}", f"{year}/{month:02}/{date:02}", f"{year}-W{month:02}",
                       f"{year}-W{month:02}-3", f"{year}-02-30", f"{date:02}.{month:02}.{year}", f"{year}-{month}-{date}", f"0000-{month:02}-01",
                       f"{year}-{date + 200}", "٢٠٢٦", f"+{year}-01-01", f"{year}-13-01", "0000", "9999", "0001"])


def a_date(rng):
    draw = rng.random()
    if draw < 0.55:
        return rng.choice(["2026-01-05", "2026-11-24", "2026-11-25", "2027-06-30T10:00:00Z", "2026-11-25T12:00:00Z", "2026-11-25T14:00:00+02:00",
                           "2026-11-25 11:59:59.999", "2026-11-25 12:00:00 UTC", "2025-02-28T23:59:59.999999", "2026", "2027", "2024-02-29",
                           "2026-11-25T06:30:00 -05:30", "-1d", "-1m", "36h", "-3w", "-2y", "1000d", f"{rng.randint(2024, 2028)}-01-01"])
    draw = rng.random()
    if draw < 0.25:
        return rng.choice(["-1d", "3h", "-2w", "-1m", "-3y", "-13m", "1000y", "9999d", "10000d", "5x", "-1D", "-1d\n", " -1d", "1d ", "--1d", "٣d",
                           "-0d", "-9999h", "d", "-", "1", "12h", "-9999y", "-9999m", "00003d", "1.5d", "-1\u0301d", "+1d"])
    if draw < 0.3:
        return rng.choice(["tomorrow", "", "now", "10:00", "T10:00", "null", "1700000000", "Mon, 5 Jan 2026", "2026-01-05T"])
    out = day(rng)
    if rng.random() < 0.7:
        out += rng.choice(["T", "T", "T", " ", " ", "t", "_", "  "])
        out += rng.choice(["10:00:00", "00:00", "23:59:59", "10", "1000", "10:00:60", "25:00", "10:0:0", "10:00:00.5", "10:00:00.250", "10:00:00.123456",
                           "10:00:00.1234567", "10:00:00,5", "10:00:00.", "10:00 AM", "100000.5", "10:61"])
    out += rng.choice(["", "", "", "Z", "Z", "z", " Z", "+00:00", "+02:00", "-07:30", "+0200", "+02", " +02:00", "  +02:00", " UTC", " utc", "UTC", " GMT",
                       " CEST", "+02:00Z", "Z UTC", "[Europe/Berlin]", "+24:00", "+23:59", "-00:00", "+02:60", "+02:00:30", " UTC UTC", "\n", " ", "\u00a0",
                       "\u0301"])
    return rng.choice(["", "", "", "", " ", "\t", "\u00a0", "\u001c"]) + out


def a_version(rng):
    if rng.random() < 0.5:
        return rng.choice(["", "", "v", " "]) + ".".join(str(rng.randint(0, 2)) for _ in range(rng.choice([1, 2, 3, 3]))) + rng.choice(
            ["", "", "", "-beta", "+5", ".*"])

    def number():
        return rng.choice(["0", "1", "2", "3", "10", "12", "01", "", "*", "9223372036854775807", "9223372036854775808", "4294967295", "x", "٣", "²", "１",
                           "-1", "1e3", "1_0", " 1"]) if rng.random() < 0.35 else str(rng.randint(0, 4))
    out = ".".join(number() for _ in range(rng.choice([1, 2, 2, 3, 3, 3, 4])))
    out = rng.choice(["", "", "", "", "v", "V", "vv", "v ", " ", "=", "^", "~", "\u00a0", "\u001c", " \u0301", "v\u0301"]) + out
    return out + rng.choice(["", "", "", "-beta", "-rc.1", "+build.5", "-1", "z", "a", ".", "..", ".*", "*", " ", "\n", "-\u0301", "\u0301", "+", "-"])


def number(rng):
    if rng.random() < 0.5:
        return rng.choice([0, 7, 7.25, -3, 1e3, 1e300, 10**400, 123456789012345678, True, None, [7], 0.1, -0.0])
    return rng.choice(["7", "1e2", "x", "+5", ".5", "5.", "0x1F", " 7", "nan", "inf", "-3", "", "1_0", "٣", "1e400", "-1e400", "1e-400", "--1", "1e", "e1",
                       "+.5e-3", ".", "7\u0301", "7\n", "0007", "1.2.3", "7,5", "+-1"])


def a_filter(rng):
    draw = rng.random()
    if draw < 0.2:
        operator = rng.choice(EQUALITY)
        own = value(rng)
        wanted = [twin(rng, own) for _ in range(rng.randint(0, 3))] if rng.random() < 0.3 else twin(rng, own)
        return operator, wanted, own
    if draw < 0.4:
        own = value(rng)
        return rng.choice(TEXT), twin(rng, own), own
    if draw < 0.65:
        wanted = rng.choice(OTHERS) if rng.random() < 0.05 else pattern(rng)
        own = value(rng) if rng.random() < 0.7 else rng.choice(["pro", "aab", "a@b.de", "a\n", "ab", "bca", "aaaa", "7a", "éa", "a_", "A", "", "a.b", "\x08"])
        return rng.choice(["regex", "not_regex"]), wanted, own
    if draw < 0.75:
        return rng.choice(NUMBER), number(rng), number(rng)
    if draw < 0.87:
        wanted = rng.choice(OTHERS) if rng.random() < 0.04 else a_date(rng)
        return rng.choice(DATE), wanted, rng.choice(OTHERS) if rng.random() < 0.04 else a_date(rng)
    if draw < 0.98:
        wanted = rng.choice(OTHERS) if rng.random() < 0.04 else a_version(rng)
        return rng.choice(VERSION), wanted, rng.choice(OTHERS) if rng.random() < 0.04 else a_version(rng)
    return rng.choice(["is_set", "is_not_set", "between", "", None, 5, "EXACT", []]), value(rng), value(rng)


def main():
    if sys.version_info < (3, 11):
        sys.exit("make_filter_cases.py needs Python 3.11 or later")
    for seed in range(int(sys.argv[1]) if len(sys.argv) > 1 else 20000):
        rng = random.Random(seed)
        operator, wanted, own = a_filter(rng)
        name = rng.choice(["é", "p"])
        # A property under a name that looks alike is another property.
        given = "e\u0301" if name == "é" and rng.random() < 0.1 else name
        version = rng.choice([1, 2])
        try:
            answer = match_property({"key": name, "operator": operator, "value": wanted}, {given: own}, version)
        except InconclusiveMatchError as error:
            answer = error.reason.value
        except TypeError:
            # An operator that is a list: the client fails where the server would decide.
            answer = "unsupported_definition"
        print(json.dumps([operator, wanted, own, answer, version, name, given], ensure_ascii=False, separators=(",", ":")))


main()
