"""Computes whole releases from a log and a key, outside the code base: plain Python 3, its standard library, no haste.

    python3 test/oracle/oracle.py test/oracle/egdi test/oracle/sector

Each folder holds `given.json` (instrument, log files, releases with window, key and reviews) and CSV files, one submission a
row. Of each release all that is made public is written to `golden/<cut-off>.json` below. The rules are those of docs/method.md;
nothing here is shared with packages/, and sums over all groups and rows are simply made again and again.
"""

import calendar
import csv
import hashlib
import hmac
import json
import math
import sys
from collections import Counter
from fractions import Fraction
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EPSILON_CUT, EPSILON_COUNT = Fraction(7, 10), Fraction(1, 2)
FEWEST, NESTED, INDEPENDENT, ITEMS_FROM = 20, 10, 10, 40
LADDER = [
    (200, range(50, 1000, 50)),
    (60, (100, 200, 250, 300, 400, 500, 600, 700, 750, 800, 900)),
    (40, (250, 500, 750)),
    (20, (500,)),
]
CHANGE_LADDER = [
    (200, (100, 200, 250, 300, 400, 500, 600, 700, 750, 800, 900)),
    (60, (250, 500, 750)),
    (20, (500,)),
]
STRAIGHT_FROM, SECONDS_AN_ITEM, DUPLICATE_LEVELS, DUPLICATE_CLUSTER = 15, 2, 12, 5
SUPPRESSED = {"state": "suppressed", "reason": "protection"}


def half_up(value):
    return math.floor(value + Fraction(1, 2))


def shown(n):
    return n // 5 * 5


def share(count, base):
    return min(100, half_up(Fraction(100 * count) / (base + 2)))


def months_before(day, months):
    year, month, date = map(int, day.split("-"))
    year, month = divmod(12 * year + month - 1 - months, 12)
    return f"{year}-{month + 1:02d}-{min(date, calendar.monthrange(year, month + 1)[1]):02d}"


class Draws:
    """Random numbers by key, cell key and name."""

    def __init__(self, key, organisations, prefix):
        self.key, self.prefix = key, prefix
        self.cell_key = f"{sum(self.eight('record|' + name) for name in organisations) % 2**64:016x}"

    def eight(self, text):
        return int.from_bytes(hmac.new(self.key, text.encode(), hashlib.sha256).digest()[:8], "big")

    def uniform(self, statistic):
        return ((self.eight(f"{self.cell_key}|{self.prefix}|{statistic}") >> 11) + 0.5) * 2**-53

    def noise(self, statistic):
        """Two-sided geometric: the smallest z with F(z) >= u."""
        u, alpha = self.uniform(statistic), math.exp(-EPSILON_COUNT)
        z = -200
        while (alpha**-z / (1 + alpha) if z < 0 else 1 - alpha ** (z + 1) / (1 + alpha)) < u:
            z += 1
        return z

    def count(self, statistic, count, n):
        return max(0, min(n, count + self.noise(statistic)))

    def cut(self, statistic, values, permille, grid):
        """Exponential mechanism: the smallest point whose cumulated weight reaches u times the sum."""
        p, n = Fraction(permille, 1000), len(values)
        distances = [
            max(0, sum(value < point for value in values) - p * n, p * n - sum(value <= point for value in values))
            for point in grid
        ]
        nearest = min(distances)
        weights = [math.exp(-EPSILON_CUT * (distance - nearest) / (2 * max(p, 1 - p))) for distance in distances]
        wanted, cumulated = self.uniform(statistic) * sum(weights), 0
        for point, weight in zip(grid, weights):
            cumulated += weight
            if cumulated >= wanted:
                return point


class Oracle:
    def __init__(self, instrument, log, given):
        self.instrument, self.given = instrument, given
        self.key = bytes.fromhex(given["key"])
        self.series = ".".join(instrument["id"].split(".")[:2])
        self.dimensions = [dimension["id"] for dimension in instrument["dimensions"]]
        self.scored = self.dimensions + ["overall"]
        self.items = instrument.get("items", [])
        self.questions = instrument.get("questions", [])
        self.attributes = {attribute["id"]: attribute for attribute in instrument["profile"]}
        self.unit_type_attribute = instrument.get("unitTypeAttribute")
        self.unit_types = [None]
        if self.unit_type_attribute:
            self.unit_types = [code["id"] for code in self.attributes[self.unit_type_attribute]["codes"]]
        self.fold(log)
        associations = sorted({name for _, last, _ in self.participations for name in last["associations"]})
        self.groups = self.spelled_out(instrument["catalogue"], None)
        for association in associations:
            self.groups += self.spelled_out(instrument["memberSets"], association)

    # Who counts

    def scores_of(self, submission):
        """Scores of all dimensions and the overall one; None if one is missing."""
        scores = {}
        for dimension in self.dimensions:
            if self.instrument["kind"] == "scores":
                scores[dimension] = submission["scores"].get(dimension)
                continue
            answers = [submission["answers"][item["id"]] for item in self.items if item["dimension"] == dimension]
            applicable = [answer for answer in answers if answer != "na"]
            levels = [answer for answer in applicable if answer != "dk"]
            is_enough = len(levels) >= max(3, math.ceil(Fraction(4 * len(applicable), 5)))
            scores[dimension] = half_up(Fraction(25 * sum(levels), len(levels))) if is_enough else None
        if None in scores.values():
            return None
        return {**scores, "overall": half_up(Fraction(sum(scores.values()), len(scores)))}

    def unit_type_of(self, submission):
        return submission["profile"].get(self.unit_type_attribute) if self.unit_type_attribute else None

    def fold(self, log):
        given = self.given
        usable = []
        for submission in log:
            is_in_time = given["after"] < submission["conductedOn"] <= given["cutoffOn"]
            if not is_in_time or submission["acceptedAt"] > given["acceptedUntil"]:
                continue
            if submission["isWithdrawn"] or submission["isExpired"]:
                continue
            after = given["acceptedAfter"]
            may_count = after is None or submission["acceptedAt"] > after
            usable.append({**submission, "points": self.scores_of(submission), "mayCount": may_count})
        held = self.held_back(usable)
        by_organisation = {}
        for submission in usable:
            by_organisation.setdefault(submission["organisation"], []).append(submission)

        def order(submission):
            return submission["conductedOn"], submission["acceptedAt"], submission["key"]

        # Organisation, its submission that counts, the one its change is measured from or None.
        self.participations = []
        self.left_out = {unit_type: {"incomplete": [], "under-review": []} for unit_type in self.unit_types}
        for organisation, own in sorted(by_organisation.items()):
            recent = [one for one in own if one["mayCount"]]
            counting = [one for one in recent if one["points"] and not held(one)]
            if counting:
                last = max(counting, key=order)
                half_a_year_before = months_before(last["conductedOn"], 6)
                firsts = [
                    one
                    for one in own
                    if one["points"]
                    and self.unit_type_of(one) == self.unit_type_of(last)
                    and one["conductedOn"] <= half_a_year_before
                ]
                first = min(firsts, key=order, default=None)
                self.participations.append((organisation, last, None if first and held(first) else first))
            elif recent:
                last = max(recent, key=order)
                if self.unit_type_of(last) in self.left_out:
                    reason = "under-review" if held(last) else "incomplete"
                    self.left_out[self.unit_type_of(last)][reason].append(organisation)

    def held_back(self, submissions):
        """Careless, invented or excluded, and not admitted (rule 11)."""
        duplicates = self.near_duplicates(submissions)
        decisions = {
            (review["organisation"], review["submission"]): review["decision"] for review in self.given["reviews"]
        }

        def held(submission):
            if submission["points"] is None:
                return False
            decision = decisions.get((submission["organisation"][:22], submission["key"]))
            if decision or not self.is_looked_at(submission):
                return decision == "exclude"
            levels = [answer for answer in submission["answers"].values() if isinstance(answer, int)]
            is_straight = len(levels) >= STRAIGHT_FROM and len(set(levels)) == 1
            seconds = submission["secondsTaken"]
            is_fast = seconds is not None and seconds < SECONDS_AN_ITEM * len(levels)
            return is_straight or is_fast or (submission["organisation"], submission["key"]) in duplicates

        return held

    def is_looked_at(self, submission):
        return self.instrument["kind"] == "questionnaire" and submission["admission"] in ("open", "invited")

    def near_duplicates(self, submissions):
        found = set()
        for dimension in self.dimensions if len(self.dimensions) > 1 else [None]:
            kept = [item["id"] for item in self.items if item["dimension"] != dimension]
            clusters = {}
            for submission in submissions:
                if submission["points"] and self.is_looked_at(submission):
                    sheet = [submission["answers"][item] for item in kept]
                    if sum(isinstance(answer, int) for answer in sheet) >= DUPLICATE_LEVELS:
                        same = json.dumps([sorted(submission["profile"].items()), sheet])
                        clusters.setdefault(same, []).append((submission["organisation"], submission["key"]))
            for cluster in clusters.values():
                if len({organisation for organisation, _ in cluster}) >= DUPLICATE_CLUSTER:
                    found.update(cluster)
        return found

    # Groups: (unit type, ((attribute, level, code), ...), association)

    def upward(self, attribute, code, steps):
        """The code so many steps broader, or None."""
        entries = self.attributes[attribute]
        broader = {one["id"]: one.get("broader") for one in entries["codes"] + entries.get("broaderCodes", [])}
        for _ in range(steps):
            code = broader.get(code)
        return code

    def codes_at(self, attribute, level):
        entries = self.attributes[attribute]
        reached = {self.upward(attribute, code["id"], level) for code in entries["codes"]}
        codes = entries["codes"] if level == 0 else entries["broaderCodes"]
        return [code["id"] for code in codes if code["id"] in reached]

    def spelled_out(self, sets, association):
        groups = []
        for unit_type in self.unit_types:
            for parts in sets:
                places = [(part["attribute"], part.get("level", 0)) for part in parts]
                choices = [[(name, level, code) for code in self.codes_at(name, level)] for name, level in places]
                groups += [(unit_type, where, association) for where in product(*choices)]
        return groups

    def is_member(self, submission, group):
        unit_type, where, association = group
        if self.unit_type_attribute and self.unit_type_of(submission) != unit_type:
            return False
        if association and association not in submission["associations"]:
            return False
        return all(
            name in submission["profile"] and self.upward(name, submission["profile"][name], level) == code
            for name, level, code in where
        )

    def lies_within(self, inner, outer):
        """By definition, whoever is in them."""

        def is_narrower(name, level, code):
            return any(
                own == name and own_level <= level and self.upward(name, own_code, level - own_level) == code
                for own, own_level, own_code in inner[1]
            )

        is_of_same_members = outer[2] in (None, inner[2])
        return inner[0] == outer[0] and is_of_same_members and all(is_narrower(*part) for part in outer[1])

    def reference(self, group):
        unit_type, where, association = group
        parts = [f"{self.unit_type_attribute}={unit_type}"] if self.unit_type_attribute else []
        parts += [f"{attribute}={code}" for attribute, _, code in where]
        parts += [f"association={association}"] if association else []
        return {
            "key": ",".join(parts) or "all",
            **({"unitType": unit_type} if self.unit_type_attribute else {}),
            "where": {attribute: code for attribute, _, code in where},
            **({"association": association} if association else {}),
        }

    def decide(self, participations):
        """The members of every group, and of each why it is not published, or None (rules 2 to 4)."""
        members = [[one for one in participations if self.is_member(one[1], group)] for group in self.groups]
        reasons = []
        for group, own in zip(self.groups, members):
            named = [last["source"] for _, last, _ in own if last["source"] and last["admission"] != "trusted"]
            independent = len(own) - max(Counter(named).values(), default=0)
            if len(own) < FEWEST:
                reasons.append("too-few" if own else "nobody")
            else:
                reasons.append("one-source" if group[2] is None and independent < INDEPENDENT else None)
        published = []
        for place in sorted(range(len(self.groups)), key=lambda place: (-len(members[place]), place)):
            if reasons[place] is not None:
                continue
            is_too_close = any(
                self.lies_within(self.groups[place], self.groups[outer])
                and len(members[outer]) - len(members[place]) < NESTED
                for outer in published
            )
            if is_too_close:
                reasons[place] = "too-close"
            else:
                published.append(place)
        return members, reasons

    # Figures

    def draws(self, group, members, kind):
        prefix = f"{self.series}|{group[0] or 'all'}|{kind}|{self.given['cutoffOn']}"
        return Draws(self.key, [organisation for organisation, _, _ in members], prefix)

    def cuts(self, draws, name, values, lowest):
        step = self.instrument["scoreStep"]
        values = [half_up(Fraction(value, step)) * step for value in values]
        ladder = CHANGE_LADDER if lowest < 0 else LADDER
        permilles = next((permilles for at_least, permilles in ladder if len(values) >= at_least), ())
        grid = range(lowest, 101, step)
        drawn = sorted(draws.cut(f"{name}|{permille}", values, permille, grid) for permille in permilles)
        return [{"permille": permille, "value": value} for permille, value in zip(permilles, drawn)]

    def level_cell(self, group, members):
        n = len(members)
        draws = self.draws(group, members, "level")
        lasts = [last for _, last, _ in members]
        cell = {
            "group": self.reference(group),
            "state": "published",
            "participations": shown(n),
            "dimensions": {
                name: self.cuts(draws, name, [last["points"][name] for last in lasts], 0) for name in self.scored
            },
        }
        if n < ITEMS_FROM or len(group[1]) > (0 if group[2] else 1):
            return cell
        if self.items:
            cell["items"] = {item["id"]: self.item(draws, item["id"], lasts) for item in self.items}
        if self.questions:
            questions = {question["id"]: self.question(draws, question, lasts) for question in self.questions}
            cell["questions"] = {name: figures for name, figures in questions.items() if figures}
        return cell

    def item(self, draws, item, lasts):
        n = len(lasts)
        answers = [last["answers"][item] for last in lasts]
        levels = [answer for answer in answers if isinstance(answer, int)]
        drawn = [
            Fraction(draws.count(f"{item}|ge{level}", sum(one >= level for one in levels), n)) for level in (1, 2, 3, 4)
        ]

        def mean(start, end):
            return sum(drawn[start : end + 1]) / (end + 1 - start)

        # Isotonic regression by its max-min formula, for a sequence that must not rise.
        pooled = [
            max(min(mean(start, end) for start in range(place + 1)) for end in range(place, 4)) for place in range(4)
        ]
        return {
            "atLeast": [share(count, shown(n)) for count in pooled],
            "notApplicable": share(draws.count(f"{item}|na", answers.count("na"), n), shown(n)),
            "dontKnow": share(draws.count(f"{item}|dk", answers.count("dk"), n), shown(n)),
        }

    def question(self, draws, question, lasts):
        name, n = question["id"], len(lasts)
        codes = [code["id"] for code in question["codes"]]
        chosen = [set(last["questions"].get(name, [])) & set(codes) for last in lasts]
        base = draws.count(f"{name}|base", sum(bool(one) for one in chosen), n)
        if base < ITEMS_FROM:
            return None
        counts = {code: draws.count(f"{name}|{code}", sum(code in one for one in chosen), n) for code in codes}
        return {"base": shown(base), "shares": {code: share(count, shown(base)) for code, count in counts.items()}}

    def change_cell(self, group, members):
        n = len(members)
        draws = self.draws(group, members, "change")
        dimensions = {}
        for name in self.scored:
            moved = [last["points"][name] - first["points"][name] for _, last, first in members]
            dimensions[name] = {"cuts": self.cuts(draws, name, moved, -100)}
            if n < ITEMS_FROM:
                continue
            counts = {
                "rose": sum(one > 0 for one in moved),
                "same": moved.count(0),
                "fell": sum(one < 0 for one in moved),
            }
            dimensions[name]["shares"] = {
                way: share(draws.count(f"{name}|{way}", count, n), shown(n)) for way, count in counts.items()
            }
        group = self.reference(group)
        return {"group": group, "state": "published", "participations": shown(n), "dimensions": dimensions}

    def left_out_of(self, unit_type):
        def drawn(reason):
            organisations = self.left_out[unit_type][reason]
            draws = Draws(self.key, organisations, f"{self.series}|{unit_type or 'all'}|left-out|{self.given['cutoffOn']}")
            return shown(max(0, len(organisations) + draws.noise(reason)))

        named = {"unitType": unit_type} if self.unit_type_attribute else {}
        return {**named, "incomplete": drawn("incomplete"), "underReview": drawn("under-review")}

    def epsilon_sum(self):
        """Over one cell of each set that a participation can be in, with three associations; rounded up to a tenth."""

        def of_cuts(ladder):
            return max(
                sum(EPSILON_CUT / max(Fraction(one, 1000), 1 - Fraction(one, 1000)) for one in permilles)
                for _, permilles in ladder
            )

        level = len(self.scored) * of_cuts(LADDER)
        change = len(self.scored) * (of_cuts(CHANGE_LADDER) + 3 * EPSILON_COUNT)
        counts = 6 * len(self.items) + sum(len(question["codes"]) + 1 for question in self.questions)
        open_sets, member_sets = self.instrument["catalogue"], self.instrument["memberSets"]
        sets = len(open_sets) + 3 * len(member_sets)
        with_items = sum(len(parts) <= 1 for parts in open_sets) + 3 * sum(not parts for parts in member_sets)
        return math.ceil(10 * (sets * (level + change) + with_items * counts * EPSILON_COUNT)) / 10

    def release(self):
        """What is made public, and of each group why it is not."""
        matched = [one for one in self.participations if one[2]]
        figures, reasons = {}, {}
        for name, people, cell_of in [
            ("cells", self.participations, self.level_cell),
            ("changes", matched, self.change_cell),
        ]:
            members, reasons[name] = self.decide(people)
            figures[name] = [
                {"group": self.reference(group), **SUPPRESSED} if reason else cell_of(group, own)
                for group, own, reason in zip(self.groups, members, reasons[name])
            ]
        figures["leftOut"] = [self.left_out_of(unit_type) for unit_type in self.unit_types]
        figures["epsilonSum"] = self.epsilon_sum()
        return figures, reasons


def log_of(folder, given, instrument):
    """Submissions by the columns' names: those of attributes, dimensions, items and questions; `worlds.ts` reads alike."""
    names = {
        kind: [entry["id"] for entry in instrument.get(kind, [])]
        for kind in ("profile", "dimensions", "items", "questions")
    }
    log = []
    for file in given["log"]:
        with open(folder / file, encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        for row in rows:
            answers = {item: row.get(item) or "dk" for item in names["items"]}
            seconds = row.get("secondsTaken")
            log.append(
                {
                    "organisation": row["organisation"],
                    "key": row.get("key") or row["conductedOn"],
                    "conductedOn": row["conductedOn"],
                    "acceptedAt": row.get("acceptedAt") or row["conductedOn"] + "T12:00:00.000Z",
                    "admission": row.get("admission") or "trusted",
                    "source": row.get("source"),
                    "secondsTaken": int(seconds) if seconds else None,
                    "associations": (row.get("associations") or "").split(),
                    "isWithdrawn": row.get("gone") == "withdrawn",
                    "isExpired": row.get("gone") == "expired",
                    "profile": {name: row[name] for name in names["profile"] if row.get(name)},
                    "scores": {name: int(row[name]) for name in names["dimensions"] if row.get(name)},
                    "answers": {item: int(one) if one.isdigit() else one for item, one in answers.items()},
                    "questions": {name: row[name].split() for name in names["questions"] if row.get(name)},
                }
            )
    return log


def main():
    for folder in map(Path, sys.argv[1:]):
        given = json.loads((folder / "given.json").read_text(encoding="utf-8"))
        instrument = json.loads((ROOT / given["instrument"]).read_text(encoding="utf-8"))
        log = log_of(folder, given, instrument)
        for asked in given["releases"]:
            oracle = Oracle(instrument, log, asked)
            figures, reasons = oracle.release()
            target = folder / "golden" / f"{asked['cutoffOn']}.json"
            # One cell a line.
            lines = [
                f'"{name}":[\n' + ",\n".join(json.dumps(one, separators=(",", ":")) for one in figures[name]) + "\n]"
                for name in ("cells", "changes", "leftOut")
            ]
            lines.append(f'"epsilonSum":{figures["epsilonSum"]}')
            target.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
            print(f"{target}: {len(oracle.participations)} participations")
            for name, of_groups in reasons.items():
                print(f"  {name}: {dict(Counter(reason or 'published' for reason in of_groups))}")
            left_out = {unit_type: {why: len(who) for why, who in out.items()} for unit_type, out in oracle.left_out.items()}
            print(f"  left out: {left_out}")


main()
