"""Recomputes what docs/walkthrough.md shows from the CSV files, with nothing but Python's standard library.

    python3 docs/walkthrough-check.py DATA_FOLDER RECEIPTS_FILE SERVICE_URL

Nobody has the key that a release was drawn with, so no figure can be computed again. What can be: which groups are published,
their rounded numbers and cuts; whether all figures together lie where the method's draw puts them around the exact ones; and
the standing of twelve states, which follows from published figures alone. Exit code 1 if anything differs.
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
SCORED = DIMENSIONS + ["overall"]
# docs/method.md, "The rules" and "How a figure is drawn".
FEWEST, NESTED, VERDICT_FROM, SHARES_FROM = 20, 10, 50, 40
EPSILON_CUT, EPSILON_COUNT, RANGE_CONSTANT = 0.7, 0.5, 4.5
LADDER = [
    (60, [100, 200, 250, 300, 400, 500, 600, 700, 750, 800, 900]),
    (40, [250, 500, 750]),
    (20, [500]),
]
CHANGE_LADDER = [(60, [250, 500, 750]), (20, [500])]
STATES = ["DEU", "AUT", "CHE", "FRA", "EST", "ALB", "USA", "JPN", "IND", "NGA", "BRA", "AUS"]
differences = 0


def rows_of(year):
    with open(f"{folder}/{year}.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        scores = [int(row[name]) for name in DIMENSIONS]
        row["scores"] = dict(zip(DIMENSIONS, scores))
        row["scores"]["overall"] = math.floor(Fraction(sum(scores), 4) + Fraction(1, 2))
    return rows


def members_of(rows, where):
    return [row for row in rows if all(row[name] == code for name, code in where.items())]


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


def decided(groups, rows):
    """Which of the groups are published: enough in them, and not too close to a larger one around them."""
    sizes = [len(members_of(rows, where)) for where in groups]
    published = []
    for place in sorted(range(len(groups)), key=lambda place: (-sizes[place], place)):
        around = [outer for outer in published if groups[outer].items() <= groups[place].items()]
        if sizes[place] >= FEWEST and all(sizes[outer] - sizes[place] >= NESTED for outer in around):
            published.append(place)
    return set(published)


class Draws:
    """Collects where published figures lie among all that the draw could have given."""

    def __init__(self):
        self.inside, self.expected, self.spread, self.count, self.moved = 0, 0.0, 0.0, 0, []

    def add(self, what, value, outcomes, weights):
        """The middle half of the distribution, or what it takes to hold that much, and its outermost 10^-9."""
        total = sum(weights)
        cumulated, sum_below = [], 0
        for weight in weights:
            sum_below += weight / total
            cumulated.append(sum_below)

        def at(part):
            return next(place for place, upto in enumerate(cumulated) if upto >= part)

        place = outcomes.index(value)
        if not at(1e-9) <= place <= at(1 - 1e-9):
            compare(what, value, f"{outcomes[at(1e-9)]} to {outcomes[at(1 - 1e-9)]}")
        low, high = at(0.25), at(0.75)
        mass = cumulated[high] - (cumulated[low - 1] if low else 0)
        self.inside += low <= place <= high
        self.expected += mass
        self.spread += mass * (1 - mass)
        self.count += 1

    def report(self, what):
        away = (self.inside - self.expected) / math.sqrt(self.spread) if self.spread else 0
        compare(f"how the figures of {what} are spread", abs(away) < 5, True)
        print(
            f"{what}: {self.count} figures, {self.inside} in the middle half of what the draw gives, "
            f"{self.expected:.0f} expected"
        )


def weights_of(values, permille, grid):
    p, n = permille / 1000, len(values)
    distances = []
    for point in grid:
        below, upto = sum(value < point for value in values), sum(value <= point for value in values)
        distances.append(max(0, below - p * n, p * n - upto))
    return [math.exp(-EPSILON_CUT * (one - min(distances)) / (2 * max(p, 1 - p))) for one in distances]


def check_cuts(what, cuts, values, lowest, draws):
    ladder = CHANGE_LADDER if lowest < 0 else LADDER
    permilles = next(steps for at_least, steps in ladder if len(values) >= at_least)
    compare(f"cuts of {what}", [cut["permille"] for cut in cuts], permilles)
    compare(f"order of {what}", [cut["value"] for cut in cuts], sorted(cut["value"] for cut in cuts))
    grid = list(range(lowest, 101))
    for cut in cuts:
        draws.add(f"{what}, {cut['permille']}", cut["value"], grid, weights_of(values, cut["permille"], grid))


def check_share(what, percent, count, n, draws):
    """Of all that a count may have become, those that give the same share."""
    alpha = math.exp(-EPSILON_COUNT)
    weights = {}
    for noise in range(-200, 201):
        drawn = max(0, min(n, count + noise))
        shown = min(100, math.floor(Fraction(100 * drawn, n // 5 * 5 + 2) + Fraction(1, 2)))
        weights[shown] = weights.get(shown, 0) + alpha ** abs(noise)
    outcomes = sorted(weights)
    draws.add(what, percent, outcomes, [weights[one] for one in outcomes])


def wilson(share, n):
    z = statistics.NormalDist().inv_cdf(0.975)
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0, middle - half), min(1, middle + half)


def placed(score, cuts, n):
    """Range in thousandths and verdict, from published cuts and the shown n alone."""

    def reach(share, side):
        chance = share - wilson(share, n)[side] if share not in (0, 1) else abs(share - wilson(share, n)[side])
        return math.hypot(chance, RANGE_CONSTANT * 2 * max(share, 1 - share) / (EPSILON_CUT * n))

    below = max([cut["permille"] for cut in cuts if cut["value"] < score], default=0) / 1000
    above = min([cut["permille"] for cut in cuts if cut["value"] > score], default=1000) / 1000
    start, end = 1000 * max(0, below - reach(below, 0)), 1000 * min(1, above + reach(above, 1))
    if n < VERDICT_FROM:
        return start, end, None
    if start >= 750:
        return start, end, "upper-quarter"
    if end <= 250:
        return start, end, "lower-quarter"
    return start, end, "ahead" if start > 500 else "behind" if end < 500 else "near"


def check_placing(what, told, computed):
    start, end, verdict = computed
    is_equal = abs(told["range"]["from"] - start) < 0.06 and abs(told["range"]["to"] - end) < 0.06
    compare(f"{what}: range", is_equal or (told["range"], (start, end)), True)
    compare(f"{what}: verdict", told["verdict"], verdict)


before = {row["organisation"]: row for row in rows_of(2016)}
releases = ask("/v1/releases", instrument="egovernment.1")["releases"]
for year in (2016, 2018):
    rows = rows_of(year)
    release = next(entry for entry in releases if entry["cutoffOn"] == f"{year}-12-31")
    compare(f"marks of {year}", set(release["marks"].values()), {False})
    print(f"\n{year}, release {release['releaseId']}\n")
    manifest = ask(f"/v1/releases/{release['releaseId']}")
    entries = {"cells": manifest["cells"], "changes": manifest["changes"]}
    published = decided([entry["group"]["where"] for entry in entries["cells"]], rows)
    levels, changes = Draws(), Draws()
    print("group                           n  middle published  exact")
    for place, entry in enumerate(entries["cells"]):
        key, where = entry["group"]["key"], entry["group"]["where"]
        compare(f"state of {key}", entry["state"] == "published", place in published)
        if entry["state"] != "published":
            continue
        members = members_of(rows, where)
        cell = ask(f"/v1/releases/{release['releaseId']}/figures", group=key)["cell"]
        compare(f"n of {key}", cell["participations"], len(members) // 5 * 5)
        for name in SCORED:
            values = [row["scores"][name] for row in members]
            check_cuts(f"{key}, {name}", cell["dimensions"][name], values, 0, levels)
            middle = next(cut["value"] for cut in cell["dimensions"][name] if cut["permille"] == 500)
            exact = statistics.median(values)
            levels.moved.append(abs(middle - exact))
            if name == "overall":
                print(f"{key:28} {cell['participations']:4}  {middle:16}  {exact:5.1f}")
    print()
    for place, entry in enumerate(entries["changes"]):
        key, where = entry["group"]["key"], entry["group"]["where"]
        compare(f"state of the change of {key}", entry["state"] == "published", year == 2018 and place in published)
        if entry["state"] != "published":
            continue
        members = members_of(rows, where)
        change = ask(f"/v1/releases/{release['releaseId']}/changes", group=key)["change"]
        compare(f"n that moved in {key}", change["participations"], len(members) // 5 * 5)
        for name in SCORED:
            moved = [row["scores"][name] - before[row["organisation"]]["scores"][name] for row in members]
            figures = change["dimensions"][name]
            check_cuts(f"change in {key}, {name}", figures["cuts"], moved, -100, changes)
            compare(f"shares of {key}, {name}", "shares" in figures, len(members) >= SHARES_FROM)
            counts = {"rose": sum(one > 0 for one in moved), "same": moved.count(0), "fell": sum(one < 0 for one in moved)}
            for way, percent in figures.get("shares", {}).items():
                check_share(f"{way} in {key}, {name}", percent, counts[way], len(members), changes)
            middle = next(cut["value"] for cut in figures["cuts"] if cut["permille"] == 500)
            changes.moved.append(abs(middle - statistics.median(moved)))
    for what, draws in (("levels", levels), ("change", changes)):
        if draws.count:
            draws.report(f"{year}, {what}")
            mean, middle = statistics.mean(draws.moved), statistics.median(draws.moved)
            print(f"  middles were moved by {middle:.1f} points (median), {mean:.1f} on average, {max(draws.moved)} at most")

print("\nStandings of 2018 among the states of their world region, and among all\n")
with open(receipts_file, encoding="utf-8", newline="") as file:
    receipts = {row["organisation"]: row["receipt"] for row in csv.DictReader(file)}
print("state dimension       score  group            n  range           verdict        among all")
for state in STATES:
    own = next(row for row in rows if row["organisation"] == state)
    asked = f"sector={own['sector']}"
    answer = ask("/v1/standing", receipts[state], instrument="egovernment.1", group=asked, lang="en")
    is_enough = len(members_of(rows, {"sector": own["sector"]})) >= FEWEST
    shown = answer["group"]["shown"]
    compare(f"{state}: group", shown, asked if is_enough else "all")
    for entry in answer["dimensions"]:
        name, n = entry["dimension"], answer["group"]["participations"]
        score = own["scores"][name]
        compare(f"{state}, {name}: score", entry["score"], score)
        start, end, verdict = placed(score, entry["cuts"], n)
        check_placing(f"{state}, {name}", entry, (start, end, verdict))
        among_all = ""
        if n < VERDICT_FROM:
            cell = ask("/v1/figures", instrument="egovernment.1", group=answer["group"]["larger"]["key"])["cell"]
            larger = placed(score, cell["dimensions"][name], cell["participations"])
            check_placing(f"{state}, {name}, {cell['group']['key']}", entry["inLarger"], larger)
            among_all = larger[2]
        if name in ("services", "overall"):
            print(
                f"{state}   {name:15} {score:5}  {shown:15} {n:3}  {start:6.1f}-{end:<6.1f}   {verdict or '-':13}  {among_all}"
            )

print(f"\n{differences} differences")
sys.exit(1 if differences else 0)
