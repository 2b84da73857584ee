"""Seeded hostile input for the workbench: structure, numbers and files.

Everything is a function of the generator that is handed in, so that a run can be repeated alone.
"""
import gzip
import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
NUMBER = re.compile(r"\d[\d_]*(?:\.\d+)?")

# Ends of ranges that programs meet by surprise: of Int32, Int64, Double, of a calendar, of a share.
EXTREMES = """0 0.0000000001 0.5 1 2 3 7 13 31 99 100 101 365 1000 65536 1000000 2147483647 2147483648
4294967296 9007199254740993 999999999999 1000000000000000 9000000000000000 9223372036854775807
9223372036854775808 18446744073709551616 1e12 1e15 1e18 1e19 1e30 1e100 1e300 1e308 1e309 1e-9 1e-30
1e-300 5e-324 .5 1,250 0,5 1_000 007 ٣ ½ NaN inf""".split()
DAYS = """0001-01-01 1582-10-10 1969-12-31 1970-01-01 2000-02-29 2027-01-01 2027-02-10 2027-02-30 2027-12-31
2028-02-29 2099-12-31 9999-12-31 2027-13-01 0000-00-00""".split()
SIGNS = ["-", "+", "x", "~", "="]
UNITS = """% USD EUR per month|per day|per year|per user|per hour|k|M|bn|T|s|min|hours|days|weeks|months|years|of
users|per user per month|USD per month|% per month|% per day|% per year|per""".replace("\n", " ").split("|")
# What a parser may trip over, and what a terminal, a page or a log would take for a command.
PIECES = ["\t", "\u00a0", "\u200b", "\ufeff", "\u0600", "\u0301", "\u202e", "\x1b[2J", "\r", "\0", "&a ",
          "*a", "&a *a", "<<: *a", "? ", "- ", ": ", "# ", "{", "}", "[", "]", "[[[[[[[[", "{a: {a: {a: ",
          "|", ">", "'", '"', "%", "@", "`", "!!binary ", "---\n", "...\n", "null", "~", "''", "yes", "=1+1",
          "::error::x", "##[error]x", "<b>", "](x)", "é", "🙂", "x" * 5000]
WORDS = sorted({word for line in (ROOT / "docs/kinds.md").read_text().splitlines()
                for word in re.findall(r"[a-z_$]{3,}", line)})


def seeds():
    """Scenario texts of the package: those of `scenarios/` and every example of the kinds."""
    texts = [path.read_text() for path in sorted((ROOT / "scenarios").glob("*.yaml"))]
    for block in re.findall(r"```yaml\n(.*?)```", (ROOT / "docs/kinds.md").read_text(), re.S):
        if block.startswith("scenario:"):
            texts.append(block)
        elif block.startswith("dist:"):
            inner = "".join("    " + line + "\n" for line in block.splitlines())
            texts.append("scenario: d\nperiod: 2027-01 to 2027-03\nvariables:\n  v:\n" + inner
                         + "traffic:\n  - web: {events: v * 1000 per month, identified: 50%}\n")
    return texts


def number(random):
    text = random.choice(EXTREMES)
    if random.random() < 0.15:
        text = random.choice(SIGNS) + text
    if random.random() < 0.2:
        text = f"{text} to {random.choice(EXTREMES)}"
    if random.random() < 0.2:
        text += random.choice(["", " "]) + random.choice(UNITS)
    return text


def numbers(text, random):
    """The text with a few of its numbers, or most of them, at the ends of what there is."""
    share = random.choice([0.03, 0.1, 0.3, 0.9])

    def other(match):
        if random.random() > share:
            return match.group()
        return random.choice(DAYS) if random.random() < 0.05 else number(random)

    head, rest = text.split("\n", 1) if "\n" in text else ("", text)
    changed = NUMBER.sub(other, rest)
    # A period that can be read lets the rest be looked at.
    if random.random() < 0.7:
        changed = re.sub(r"(?m)^period:.*$", "period: " + random.choice([
            "2027-01 to 2027-03", "2027-02 to 2027-02", "2027-02", "2027-01 to 2028-01"]), changed)
    return head + "\n" + changed


def structure(text, random):
    """The text with lines moved, doubled, cut or indented anew, and with pieces that do not belong."""
    lines = text.split("\n")
    for _ in range(random.choice([1, 1, 2, 3, 8])):
        at = random.randrange(len(lines))
        kind = random.randrange(9)
        if kind == 0:
            del lines[at]
        elif kind == 1:
            lines.insert(at, random.choice(lines))
        elif kind == 2:
            lines[at] = " " * random.randrange(12) + lines[at].lstrip()
        elif kind in (3, 4):
            place = random.randrange(len(lines[at]) + 1)
            lines[at] = lines[at][:place] + random.choice(PIECES) + lines[at][place:]
        elif kind == 5:
            words = re.findall(r"\w+", lines[at])
            if words:
                lines[at] = lines[at].replace(random.choice(words), random.choice(WORDS), 1)
        elif kind == 6:
            lines[at] = lines[at].split(":")[0] + ": " + random.choice(["", "[]", "{}", "x", "[{}]", "1", "- a"])
        elif kind == 7:
            lines = lines[:at + 1]
        else:
            other = random.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        lines = lines or [""]
    return "\n".join(lines)


def scenario(random, texts):
    """A scenario that is wrong in one of these ways, or in several."""
    text = random.choice(texts)
    if random.random() < 0.25:
        other = random.choice(texts).split("\n")
        top = [n for n, line in enumerate(other) if re.match(r"[a-z]", line)]
        begin = random.randrange(len(top))
        end = top[begin + 1] if begin + 1 < len(top) else len(other)
        text += "\n" + "\n".join(other[top[begin]:end]) + "\n"
    kind = random.random()
    if kind < 0.5:
        text = numbers(text, random)
    elif kind < 0.85:
        text = structure(text, random)
    else:
        text = numbers(structure(text, random), random)
    return text.encode("utf-8", "surrogatepass")


def nested(random):
    """Bombs: aliases of aliases, deep nesting, chains of variables, thousands of keys, long lines."""
    n = random.choice([5, 30, 200, 3000, 60000])
    head = "scenario: s\nperiod: 2027-01 to 2027-03\ntraffic:\n  - web: {events: 2M per month, identified: 50%}\n"
    kind = random.randrange(8)
    if kind == 0:
        n = min(n, 200)
        chain = "".join(f"a{i}: &a{i} [*a{i - 1},*a{i - 1},*a{i - 1}]\n" for i in range(1, n))
        text = head + "a0: &a0 [x,x]\n" + chain + random.choice([f"? *a{n - 1}\n: 1\n", f"b: *a{n - 1}\n", f"{{*a{n - 1} : 1}}\n"])
    elif kind == 1:
        n = min(n, 3000)
        text = head + "variables:\n  v0: 1 to 2\n" + "".join(f"  v{i}: v{i - 1} {random.choice('+-*/')} v{i - 1}\n" for i in range(1, n))
    elif kind == 2:
        text = head + "budget: " + "[" * n + "]" * n + "\n"
    elif kind == 3:
        text = head + "".join(f"k{i}: {i}\n" for i in range(n))
    elif kind == 4:
        text = head + "variables: {v: " + "+".join(["1 to 2"] + ["1"] * n) + "}\n"
    elif kind == 5:
        text = head + "options:\n" + "".join(f"  - o{i}: {{scale: {{events: 50%}}}}\n" for i in range(min(n, 3000)))
    elif kind == 6:
        text = head + "variables: {v: " + random.choice("(-[{") * n + "1}\n"
    else:
        text = head + "changes:\n" + "".join(f"  - c{i}: {{from: 2027-02-01, events: +{i}%}}\n" for i in range(n))
    return text.encode()


def table(random, text):
    """A table or list of lines with cells, rows, quotes and ends that do not belong."""
    lines = text.splitlines()
    if len(lines) > 60 and random.random() < 0.5:
        lines = lines[:1] + random.sample(lines[1:], 50)
    for _ in range(random.choice([1, 2, 5, 20])):
        at = random.randrange(len(lines))
        cells = lines[at].split(",")
        kind = random.randrange(7)
        if kind < 3:
            cells[random.randrange(len(cells))] = random.choice(EXTREMES + DAYS + PIECES + ["-5", "", "1e15", '"'])
        elif kind == 3:
            cells = cells[:random.randrange(len(cells)) + 1]
        elif kind == 4:
            cells += cells * random.choice([1, 3])
        elif kind == 5:
            lines.insert(at, random.choice(lines))
        lines[at] = ",".join(cells)
    ends = random.choice(["\n", "\n", "\r\n", "\r", ";\n"])
    return ends.join(lines).encode("utf-8", "surrogatepass")


def value(random, node, depth=0):
    """A JSON value with parts of it replaced, doubled, nested or taken away."""
    odd = [None, True, -1, 0, 10 ** 18, 10 ** 30, 1e308, "", "x", "1e999", "9223372036854775807", [], {}, [[]],
           "2027-02-30", "-5", [None], {"": None}]
    if random.random() < 0.02:
        return random.choice(odd)
    if isinstance(node, dict):
        return {key if random.random() > 0.01 else random.choice(WORDS): value(random, part, depth + 1)
                for key, part in node.items() if random.random() > 0.01}
    if isinstance(node, list):
        parts = [value(random, part, depth + 1) for part in node if random.random() > 0.02]
        return parts + parts[:1] if random.random() < 0.02 else parts
    if random.random() < 0.03:
        return random.choice(odd)
    return node


def damaged(random, data):
    """Bytes cut, flipped, packed, or packed and damaged."""
    kind = random.randrange(6)
    if kind == 0:
        return data[:random.randrange(len(data) + 1)]
    if kind == 1 and data:
        data = bytearray(data)
        for _ in range(random.choice([1, 5, 50])):
            data[random.randrange(len(data))] = random.randrange(256)
        return bytes(data)
    if kind == 2:
        return gzip.compress(data, mtime=0)
    if kind == 3:
        packed = bytearray(gzip.compress(data, mtime=0))
        packed[random.randrange(len(packed))] ^= 1 << random.randrange(8)
        return bytes(packed)
    if kind == 4:
        return b"\xef\xbb\xbf" + data
    return data


def document(random, path):
    """One of the package's files of JSON values, one after the other, with each of them changed."""
    text = (ROOT / path).read_text().lstrip()
    values = []
    while text:
        found, end = json.JSONDecoder().raw_decode(text)
        values.append(found)
        text = text[end:].lstrip()
    if len(values) > 12:
        values = random.sample(values, 12)
    return "\n".join(json.dumps(value(random, found)) for found in values).encode()
