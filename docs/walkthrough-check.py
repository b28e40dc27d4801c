"""Recomputes the figures of docs/walkthrough.md from the CSV files, with nothing but Python's standard library.

    python3 docs/walkthrough-check.py DATA_FOLDER RECEIPTS_FILE SERVICE_URL

Compares every published cut of both releases, how far the states moved between them, and the standing of twelve
states with what the service answers.
Exit code 1 if anything differs.
"""

import csv
import json
import math
import statistics
import sys
import urllib.parse
import urllib.request
from fractions import Fraction

folder, receipts_file, service = sys.argv[1:4]
DIMENSIONS = ["participation", "services", "infrastructure", "humancapital"]
# Which cuts a group of at least so many shows (docs/method.md, rule 4): the step between them in thousandths.
LADDER = [(500, 10), (100, 50), (40, 125), (20, 250), (10, 500)]
STATES = ["DEU", "AUT", "CHE", "FRA", "EST", "ALB", "USA", "JPN", "IND", "NGA", "BRA", "AUS"]
# The only two European states of lower middle income wait in both releases: with them, "Europe" less its published parts
# would leave these two.
WAITING = ["MDA", "UKR"]
differences = 0


def rows_of(year):
    with open(f"{folder}/{year}.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        scores = [int(row[name]) for name in DIMENSIONS]
        row["scores"] = dict(zip(DIMENSIONS, scores))
        row["scores"]["overall"] = math.floor(Fraction(sum(scores), 4) + Fraction(1, 2))
    return rows


def cuts_of(values):
    """Type 7 (statistics' "inclusive"), exact in fractions, rounded half up; None where rule 5 forbids them."""
    step = next(step for at_least, step in LADDER if len(values) >= at_least)
    parts = statistics.quantiles([Fraction(value) for value in values], n=1000 // step, method="inclusive")
    cuts = {step * (place + 1): math.floor(part + Fraction(1, 2)) for place, part in enumerate(parts)}
    most = max(values.count(value) for value in set(values))
    if most * 100 > 80 * len(values) or (len(cuts) > 1 and len(set(cuts.values())) == 1):
        return None
    return cuts


def wilson(share, n):
    z = statistics.NormalDist().inv_cdf(0.975)
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0, middle - half), min(1, middle + half)


def standing_of(score, cuts, n):
    """Band and interval from published cuts and the shown n alone, and the verdict."""
    lower = max([p for p, value in cuts.items() if value < score], default=0)
    upper = min([p for p, value in cuts.items() if value > score], default=1000)
    start, end = wilson(lower / 1000, n)[0] * 1000, wilson(upper / 1000, n)[1] * 1000
    start, end = (0 if lower == 0 else start), (1000 if upper == 1000 else end)
    if start > 500:
        verdict = "ahead"
    elif end < 500:
        verdict = "behind"
    else:
        verdict = "near" if start >= 250 and end <= 750 else "indistinct"
    return lower, upper, start, end, verdict


def ask(path, receipt=None, **query):
    request = urllib.request.Request(f"{service.rstrip('/')}{path}?{urllib.parse.urlencode(query)}")
    if receipt:
        request.add_header("Authorization", f"Bearer {receipt}")
    with urllib.request.urlopen(request) as response:
        return json.load(response)


def compare(what, published, computed):
    global differences
    if published != computed:
        differences += 1
        print(f"DIFFERS: {what}: published {published}, computed {computed}")


def shown(cuts):
    return "suppressed" if cuts is None else " ".join(str(value) for value in cuts.values())


def members_of(year, where):
    rows = [row for row in rows_of(year) if row["organisation"] not in WAITING]
    return [row for row in rows if all(row[name] == code for name, code in where.items())]


for year in (2016, 2018):
    releases = ask("/v1/releases", instrument="egovernment.1")["releases"]
    release = next(entry["releaseId"] for entry in releases if entry["cutoffOn"] == f"{year}-12-31")
    print(f"\n{year}, release {release}\n")
    cells = [entry for entry in ask(f"/v1/releases/{release}")["cells"] if entry["state"] == "published"]
    compared = 0
    for cell in cells:
        where = cell["group"]["where"]
        answer = ask(f"/v1/releases/{release}/benchmarks", group=cell["key"])["cell"]
        # A cell that is carried forward stands as it was published.
        members = members_of(int(answer["asOf"][:4]), where)
        compare(f"n of {cell['key']}", answer["participations"], len(members) // 5 * 5)
        for name in DIMENSIONS + ["overall"]:
            computed = cuts_of([row["scores"][name] for row in members])
            figures = answer["dimensions"][name]
            published = None
            if figures["state"] == "published":
                published = {cut["permille"]: cut["value"] for cut in figures["cuts"]}
            compare(f"{cell['key']}, {name}", published, computed)
            compared += len(published or [None])
            if name == "overall" and len(where) < 2:
                print(f"{cell['key']:26} n {len(members):3}  published {shown(published)}")
                print(f"{'':26}        computed  {shown(computed)}")
    print(f"\n{len(cells)} cells, {compared} figures compared")

# How far each state moved from 2016 to 2018, in the groups of 2018: `release` is the second one here.
before = {row["organisation"]: row for row in rows_of(2016)}
changes = [entry for entry in ask(f"/v1/releases/{release}")["changes"] if entry["state"] == "published"]
compared = 0
for change in changes:
    members = members_of(2018, change["group"]["where"])
    answer = ask(f"/v1/releases/{release}/changes", group=change["key"])["change"]
    compare(f"n that moved in {change['key']}", answer["participations"], len(members) // 5 * 5)
    for name in DIMENSIONS + ["overall"]:
        moved = [row["scores"][name] - before[row["organisation"]]["scores"][name] for row in members]
        figures = answer["dimensions"][name]
        if figures["state"] != "published":
            continue
        published = {cut["permille"]: cut["value"] for cut in figures["cuts"]}
        compare(f"change in {change['key']}, {name}", published, cuts_of(moved))
        compared += len(published)
print(f"{len(changes)} groups' changes, {compared} figures compared")

print("\nStandings of 2018 among the states of their world region\n")
with open(receipts_file, encoding="utf-8", newline="") as file:
    receipts = {row["organisation"]: row["receipt"] for row in csv.DictReader(file)}
rows = rows_of(2018)
print("state dimension       score  band        interval        verdict")
for state in STATES:
    own = next(row for row in rows if row["organisation"] == state)
    members = members_of(2018, {"sector": own["sector"]})
    group = f"sector={own['sector']}"
    answer = ask("/v1/benchmark", receipts[state], instrument="egovernment.1", group=group, lang="en")
    compare(f"{state}: rung", answer["rung"]["shown"], group)
    entries = {entry["dimension"]: entry for entry in answer["dimensions"]}
    for name in DIMENSIONS + ["overall"]:
        cuts = cuts_of([row["scores"][name] for row in members])
        lower, upper, start, end, verdict = standing_of(own["scores"][name], cuts, len(members) // 5 * 5)
        told = entries[name]["standing"]
        compare(f"{state}, {name}: score", entries[name]["score"], own["scores"][name])
        compare(f"{state}, {name}: band", (told["bandFrom"], told["bandTo"]), (lower, upper))
        compare(f"{state}, {name}: verdict", told["verdict"], verdict)
        interval = (round(start, 1), round(end, 1))
        compare(f"{state}, {name}: interval", (told["intervalFrom"], told["intervalTo"]), interval)
        if name in ("services", "overall"):
            print(f"{state}   {name:15} {own['scores'][name]:5}  {lower:4}-{upper:<4}  {start:6.1f}-{end:<6.1f}   {verdict}")

print(f"\n{differences} differences")
sys.exit(1 if differences else 0)
