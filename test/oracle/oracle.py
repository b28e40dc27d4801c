"""Computes every figure of a release from the log and a key, in plain Python and from the method's text alone.

    python3 oracle.py FOLDER > figures.json

FOLDER holds instrument.json, log.jsonl (one log item a line) and given.json: cutoffOn, after, acceptedUntil, acceptedAfter,
key (hex), reviews, quality. It shares no code with the program; test/oracle/oracle.test.ts demands that both agree.
"""

import calendar
import hashlib
import hmac
import json
import math
import sys
from collections import defaultdict
from datetime import date, datetime
from fractions import Fraction

# The method's values (docs/method.md).
MIN_N, MIN_DIFFERENCE, MIN_INDEPENDENT, STEP_OF_N, MIDDLE = 20, 10, 10, 5, 2
ITEMS_FROM, QUESTIONS_FROM = 40, 40
EPSILON_CUT, EPSILON_COUNT = 0.7, 0.5


def permilles_of(n):
    if n < 40:
        return [500]
    if n < 60:
        return [250, 500, 750]
    if n < 200:
        return sorted([100 * tenth for tenth in range(1, 10)] + [250, 750])
    return [50 * twentieth for twentieth in range(1, 20)]


def half_up(fraction):
    return math.floor(fraction + Fraction(1, 2))


# --- Who counts ---------------------------------------------------------------------------------------------------------


def scores_of(instrument, submission):
    """Scores by dimension, and the overall one; None where a dimension has none."""
    scores = {}
    for dimension in [entry["id"] for entry in instrument["dimensions"]]:
        if instrument["kind"] == "scores":
            scores[dimension] = submission.get("scores", {}).get(dimension)
            continue
        items = [item["id"] for item in instrument["items"] if item["dimension"] == dimension]
        answers = [submission.get("answers", {}).get(item) for item in items]
        applicable = [answer for answer in answers if answer != "na"]
        levels = [answer for answer in applicable if isinstance(answer, int)]
        enough = len(levels) >= 3 and len(levels) >= Fraction(4, 5) * len(applicable)
        scores[dimension] = half_up(Fraction(25 * sum(levels), len(levels))) if enough else None
    if None in scores.values():
        return None
    scores["overall"] = half_up(Fraction(sum(scores.values()), len(scores)))
    return scores


def months_before(day, months):
    """The month's last day where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def flagged(instrument, quality, rows):
    """Rows that look careless or invented (by identity)."""
    found = set()
    if instrument["kind"] != "questionnaire":
        return found
    looked_at = [row for row in rows if row["admission"] in ("open", "invited")]
    items = [item["id"] for item in instrument["items"]]
    for row in looked_at:
        levels = [row.get("answers", {}).get(item) for item in items]
        levels = [level for level in levels if isinstance(level, int)]
        if len(levels) >= quality["straightLineFromItems"] and len(set(levels)) == 1:
            found.add(id(row))
        if "secondsTaken" in row and row["secondsTaken"] < len(levels) * quality["minSecondsPerItem"]:
            found.add(id(row))
    for dimension in [entry["id"] for entry in instrument["dimensions"]]:
        clusters = defaultdict(list)
        kept = [item["id"] for item in instrument["items"] if item["dimension"] != dimension]
        for row in looked_at:
            # Unanswered is "don't know".
            answers = [row.get("answers", {}).get(item, "dk") for item in kept]
            if sum(isinstance(answer, int) for answer in answers) >= quality["duplicateFromItems"]:
                profile = [row["profile"].get(entry["id"]) for entry in instrument["profile"]]
                clusters[json.dumps([profile, answers])].append(row)
        for cluster in clusters.values():
            if len({row["organisation"] for row in cluster}) >= quality["duplicateCluster"]:
                found.update(id(row) for row in cluster)
    return found


def participations_of(instrument, given, log):
    withdrawn = {(item["organisation"], key) for item in log if item["kind"] == "withdrawal" for key in item["keys"]}
    expired = datetime.fromisoformat(given["acceptedUntil"].replace("Z", "+00:00")).timestamp()
    rows = []
    for item in log:
        if item["kind"] != "submission" or item["instrument"] != instrument["id"]:
            continue
        if not given["after"] < item["conductedOn"] <= given["cutoffOn"]:
            continue
        if item["acceptedAt"] > given["acceptedUntil"] or item["expiresAt"] <= expired:
            continue
        if (item["organisation"], item["key"]) not in withdrawn:
            rows.append({**item, "points": scores_of(instrument, item)})
    complete = [row for row in rows if row["points"]]
    held = flagged(instrument, given["quality"], complete)
    decisions = {(review["organisation"], review["submission"]): review["decision"] for review in given["reviews"]}
    for row in complete:
        decision = decisions.get((row["organisation"][:22], row["key"]))
        if decision == "exclude":
            held.add(id(row))
        elif decision == "admit":
            held.discard(id(row))

    order = lambda row: (row["conductedOn"], row["acceptedAt"], row["key"])
    panel_attribute = instrument.get("panelAttribute")
    panel_of = lambda row: row["profile"].get(panel_attribute) if panel_attribute else None
    by_organisation = defaultdict(list)
    for row in rows:
        by_organisation[row["organisation"]].append(row)
    counted, left_out = [], defaultdict(list)
    for organisation, own in sorted(by_organisation.items()):
        own.sort(key=order)
        fresh = [row for row in own if given["acceptedAfter"] is None or row["acceptedAt"] > given["acceptedAfter"]]
        counting = [row for row in fresh if row["points"] and id(row) not in held]
        if not counting:
            if fresh:
                reason = "under-review" if fresh[-1]["points"] else "incomplete"
                left_out[panel_of(fresh[-1]), reason].append(organisation)
            continue
        last = counting[-1]
        latest = months_before(date.fromisoformat(last["conductedOn"]), 6).isoformat()
        firsts = [
            row
            for row in own
            if row is not last and row["points"] and row["conductedOn"] <= latest and panel_of(row) == panel_of(last)
        ]
        first = firsts[0] if firsts and id(firsts[0]) not in held else None
        counted.append({**last, "first": first["points"] if first else None})
    return counted, left_out


# --- Groups -------------------------------------------------------------------------------------------------------------


class Groups:
    def __init__(self, instrument):
        self.instrument = instrument
        self.attributes = {entry["id"]: entry for entry in instrument["profile"]}

    def broader(self, attribute, code, level):
        """The code `level` steps up, or None."""
        entry = self.attributes[attribute]
        lists = entry["codes"] + entry.get("broaderCodes", [])
        known = {one["id"]: one.get("broader") for one in lists}
        if code not in {one["id"] for one in entry["codes"]}:
            return None
        for _ in range(level):
            code = known.get(code)
        return code

    def codes(self, attribute, level):
        entry = self.attributes[attribute]
        reached = {self.broader(attribute, one["id"], level) for one in entry["codes"]}
        listed = entry["codes"] if level == 0 else entry.get("broaderCodes", [])
        return [one["id"] for one in listed if one["id"] in reached]

    def panels(self):
        attribute = self.instrument.get("panelAttribute")
        return [one["id"] for one in self.attributes[attribute]["codes"]] if attribute else [None]

    def all(self, associations):
        """(key, panel, where with levels, association) in the catalogue's order, public ones first."""
        found = []
        for association in [None] + associations:
            sets = self.instrument["catalogue"] if association is None else self.instrument["memberSets"]
            for panel in self.panels():
                for narrowed in sets:
                    wheres = [[]]
                    for entry in narrowed:
                        attribute, level = entry["attribute"], entry.get("level", 0)
                        wheres = [
                            where + [(attribute, level, code)]
                            for where in wheres
                            for code in self.codes(attribute, level)
                        ]
                    found += [(self.key(panel, where, association), panel, where, association) for where in wheres]
        return found

    def key(self, panel, where, association):
        pairs = [f"{self.instrument['panelAttribute']}={panel}"] if panel else []
        pairs += [f"{attribute}={code}" for attribute, _, code in where]
        pairs += [f"cohort={association}"] if association else []
        return ",".join(pairs) or "all"

    def holds(self, group, row):
        _, panel, where, association = group
        if panel and row["profile"].get(self.instrument["panelAttribute"]) != panel:
            return False
        if association and association not in row.get("cohorts", []):
            return False
        return all(self.broader(attribute, row["profile"].get(attribute), level) == code for attribute, level, code in where)

    def lies_within(self, inner, outer):
        """By definition, from the lists alone."""
        if inner[1] != outer[1] or (outer[3] is not None and inner[3] != outer[3]):
            return False
        for attribute, level, code in outer[2]:
            own = [(below, one) for name, below, one in inner[2] if name == attribute]
            if not own or own[0][0] > level:
                return False
            below, one = own[0]
            members = [
                answer["id"]
                for answer in self.attributes[attribute]["codes"]
                if self.broader(attribute, answer["id"], below) == one
            ]
            if any(self.broader(attribute, member, level) != code for member in members):
                return False
        return True


def published_groups(groups, catalogue, members):
    """Rules 2 to 4: large enough, not one source, not too close to a larger published group around it."""
    published = []
    for group in sorted(catalogue, key=lambda group: -len(members[group[0]])):
        rows = members[group[0]]
        if len(rows) < MIN_N:
            continue
        if group[3] is None:
            sources = defaultdict(int)
            for row in rows:
                if "source" in row and row["admission"] != "trusted":
                    sources[row["source"]] += 1
            if len(rows) - max(sources.values(), default=0) < MIN_INDEPENDENT:
                continue
        around = [outer for outer in published if groups.lies_within(group, outer)]
        if all(len(members[outer[0]]) - len(rows) >= MIN_DIFFERENCE for outer in around):
            published.append(group)
    return {group[0] for group in published}


# --- The draw -----------------------------------------------------------------------------------------------------------


def eight_bytes(key, text):
    return int.from_bytes(hmac.new(key, text.encode(), hashlib.sha256).digest()[:8], "big")


class Draw:
    def __init__(self, key, prefix, organisations, n):
        self.key, self.prefix, self.n = key, prefix, n
        self.cell_key = f"{sum(eight_bytes(key, 'record|' + name) for name in organisations) % 2**64:016x}"

    def uniform(self, statistic):
        return ((eight_bytes(self.key, f"{self.cell_key}|{self.prefix}|{statistic}") >> 11) + 0.5) * 2.0**-53

    def noisy(self, statistic, count):
        u, alpha = self.uniform(statistic), math.exp(-EPSILON_COUNT)
        reached = lambda z: alpha**-z / (1 + alpha) if z < 0 else 1 - alpha ** (z + 1) / (1 + alpha)
        z = next(z for z in range(-200, 200) if reached(z) >= u)
        return max(0, count + z) if self.n is None else max(0, min(self.n, count + z))

    def cut(self, statistic, values, permille, grid):
        p, n = Fraction(permille, 1000), len(values)
        distances = []
        for point in grid:
            below, upto = sum(value < point for value in values), sum(value <= point for value in values)
            distances.append(max(Fraction(0), below - p * n, p * n - upto))
        scale = 2 * max(p, 1 - p)
        weights = [math.exp(-EPSILON_CUT * float((distance - min(distances)) / scale)) for distance in distances]
        wanted, cumulated = self.uniform(statistic) * sum(weights), 0.0
        for point, weight in zip(grid, weights):
            cumulated += weight
            if cumulated >= wanted:
                return point
        raise ValueError(statistic)

    def cuts(self, name, values, permilles, step, lowest):
        on_step = [half_up(Fraction(value, step)) * step for value in values]
        grid = range(lowest, 101, step)
        return sorted(self.cut(f"{name}|{permille}", on_step, permille, grid) for permille in permilles)


def share(count, shown):
    return min(100, half_up(Fraction(100) * count / (shown + MIDDLE)))


def non_increasing(values):
    blocks = []
    for value in values:
        blocks.append([Fraction(value), 1])
        while len(blocks) > 1 and blocks[-2][0] < blocks[-1][0]:
            (left, some), (right, more) = blocks[-2], blocks[-1]
            blocks[-2:] = [[(left * some + right * more) / (some + more), some + more]]
    return [mean for mean, size in blocks for _ in range(size)]


def shown_of(count):
    return count // STEP_OF_N * STEP_OF_N


def cell_of(instrument, draw, rows, shows_items):
    n, step = len(rows), instrument["scoreStep"]
    permilles, shown = permilles_of(n), shown_of(n)
    names = [entry["id"] for entry in instrument["dimensions"]] + ["overall"]
    cell = {"n": shown, "permilles": permilles, "cuts": {}}
    for name in names:
        cell["cuts"][name] = draw.cuts(name, [row["points"][name] for row in rows], permilles, step, 0)
    if not shows_items or n < ITEMS_FROM:
        return cell
    items = {}
    for item in [entry["id"] for entry in instrument.get("items", [])]:
        answers = [row.get("answers", {}).get(item, "dk") for row in rows]
        reached = [sum(isinstance(one, int) and one >= level for one in answers) for level in (1, 2, 3, 4)]
        drawn = [draw.noisy(f"{item}|ge{level}", count) for level, count in zip((1, 2, 3, 4), reached)]
        others = [draw.noisy(f"{item}|{word}", answers.count(word)) for word in ("na", "dk")]
        items[item] = [share(count, shown) for count in non_increasing(drawn) + others]
    questions = {}
    for question in instrument.get("questions", []):
        name, codes = question["id"], [code["id"] for code in question["codes"]]
        chosen = [set(row.get("questions", {}).get(name, [])) & set(codes) for row in rows]
        base = draw.noisy(f"{name}|base", sum(bool(one) for one in chosen))
        if base < QUESTIONS_FROM:
            continue
        base = shown_of(base)
        counts = [draw.noisy(f"{name}|{code}", sum(code in one for one in chosen)) for code in codes]
        questions[name] = [base] + [share(count, base) for count in counts]
    if instrument.get("items"):
        cell["items"] = items
    if instrument.get("questions"):
        cell["questions"] = questions
    return cell


def change_of(instrument, draw, rows):
    n, step = len(rows), instrument["scoreStep"]
    permilles, shown = permilles_of(n), shown_of(n)
    change = {"n": shown, "permilles": permilles, "cuts": {}}
    for name in [entry["id"] for entry in instrument["dimensions"]] + ["overall"]:
        moved = [row["points"][name] - row["first"][name] for row in rows]
        change["cuts"][name] = draw.cuts(name, moved, permilles, step, -100)
        if n >= ITEMS_FROM:
            counts = {"rose": 0, "same": 0, "fell": 0}
            for one in moved:
                counts["rose" if one > 0 else "fell" if one < 0 else "same"] += 1
            directions = [share(draw.noisy(f"{name}|{word}", count), shown) for word, count in counts.items()]
            change.setdefault("shares", {})[name] = directions
    return change


def release_of(instrument, given, log):
    key = bytes.fromhex(given["key"])
    groups = Groups(instrument)
    counted, left_out = participations_of(instrument, given, log)
    catalogue = groups.all(sorted({name for row in counted for name in row.get("cohorts", [])}))
    series = ".".join(instrument["id"].split(".")[:2])
    prefix = lambda panel, kind: f"{series}|{panel or 'all'}|{kind}|{given['cutoffOn']}"
    release = {"cells": {}, "changes": {}, "leftOut": []}
    for kind, rows, cells in [
        ("level", counted, release["cells"]),
        ("change", [row for row in counted if row["first"]], release["changes"]),
    ]:
        members = {group[0]: [row for row in rows if groups.holds(group, row)] for group in catalogue}
        published = published_groups(groups, catalogue, members)
        for group in catalogue:
            own = members[group[0]]
            if group[0] not in published:
                cells[group[0]] = None
                continue
            draw = Draw(key, prefix(group[1], kind), [row["organisation"] for row in own], len(own))
            # Items and questions: groups narrowed by one attribute at most, and an association's whole membership.
            shows_items = len(group[2]) <= (0 if group[3] else 1)
            if kind == "level":
                cells[group[0]] = cell_of(instrument, draw, own, shows_items)
            else:
                cells[group[0]] = change_of(instrument, draw, own)
    for panel in groups.panels():
        shown = []
        for reason in ("incomplete", "under-review"):
            names = left_out[panel, reason]
            draw = Draw(key, prefix(panel, "left-out"), names, None)
            shown.append(shown_of(draw.noisy(reason, len(names))))
        release["leftOut"].append(shown)
    return release


def main():
    folder = sys.argv[1]
    with open(f"{folder}/instrument.json", encoding="utf-8") as file:
        instrument = json.load(file)
    with open(f"{folder}/given.json", encoding="utf-8") as file:
        given = json.load(file)
    with open(f"{folder}/log.jsonl", encoding="utf-8") as file:
        log = [json.loads(line) for line in file if line.strip()]
    release = release_of(instrument, given, log)
    # One cell a line: a change shows where it is.
    parts = []
    for part in ("cells", "changes"):
        lines = [f"{json.dumps(name)}:{json.dumps(cell, separators=(',', ':'))}" for name, cell in release[part].items()]
        parts.append(f'"{part}":{{\n' + ",\n".join(lines) + "\n}")
    print("{" + ",\n".join(parts) + ',\n"leftOut":' + json.dumps(release["leftOut"], separators=(",", ":")) + "}")


if __name__ == "__main__":
    main()
