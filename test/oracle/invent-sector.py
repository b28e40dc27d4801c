"""Invents the log of test/oracle/sector, with everything in it that a release has to tell apart.

    python3 test/oracle/invent-sector.py > test/oracle/sector/log.csv
"""

import csv
import json
import random
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEED, ORGANISATIONS, CARRIERS_FROM = 600, 600, 430
instrument = json.loads((ROOT / "packages/instruments/digitalcheck.1.json").read_text(encoding="utf-8"))
attributes = {attribute["id"]: [code["id"] for code in attribute["codes"]] for attribute in instrument["profile"]}
items = [item["id"] for item in instrument["items"]]
questions = {question["id"]: question for question in instrument["questions"]}
chance = random.Random(SEED)


def a_day(year, first_month, last_month):
    return f"{year}-{chance.randint(first_month, last_month):02d}-{chance.randint(1, 28):02d}"


def answers_of(level, answered):
    """Levels around an organisation's own, some "does not apply", some "don't know", some missing."""
    answers = {}
    for item in items:
        draw = chance.random()
        if draw < answered:
            answers[item] = max(0, min(4, round(level + chance.gauss(0, 0.9))))
        else:
            answers[item] = chance.choice(["na", "na", "dk", ""])
    return answers


def choices_of(returning):
    choices = {}
    for name, question in questions.items():
        if question.get("returningOnly") and not returning or chance.random() > 0.85:
            continue
        codes = [code["id"] for code in question["codes"]]
        exclusive = question.get("exclusive")
        if exclusive and chance.random() < 0.15:
            choices[name] = exclusive
            continue
        # Earlier codes more often, so that shares differ.
        open_codes = [code for code in codes if code != exclusive]
        weights = [1 / (place + 1) for place in range(len(open_codes))]
        most = question.get("maxChoices", 1)
        picked = chance.choices(open_codes, weights, k=chance.randint(1, most))
        choices[name] = " ".join(dict.fromkeys(picked))
    return choices


def profile_of(number):
    is_carrier = number >= CARRIERS_FROM
    sector = chance.choices(attributes["sector"], [30, 8, 28, 9, 3, 6, 4, 8, 4])[0]
    profile = {
        "level": "carrier" if is_carrier else "facility",
        "sector": sector,
        "size": chance.choices(attributes["size"], [2, 8, 34, 40, 12, 4] if is_carrier else [4, 16, 60, 17, 2, 1])[0],
        "region": chance.choice(attributes["region"]),
    }
    if number % 47 == 5:
        del profile["size"]
    if number % 83 == 7:
        del profile["sector"]
    if number == 211:
        del profile["level"]
    return profile


def how_it_came(number, profile):
    """Admission, source, associations."""
    associations = []
    if number % 3 == 0:
        associations.append("c-00000001")
    if profile.get("sector") == "elder-care" and number % 2 == 0:
        associations.append("c-00000002")
    # Nearly all of this association's members are in one sector: its cell by sector is too close to its own.
    if profile.get("sector") == "daycare" and number % 4 == 1 or number in (31, 33, 35, 37):
        associations.append("c-00000003")
    if number % 40 == 8:
        associations.append("c-00000004")
    came = {"admission": chance.choice(["invited", "single-use"] if associations else ["open"])}
    # One Träger has nearly all that work with disabled people: it must not see itself in a figure.
    if profile.get("sector") == "disability" and profile["level"] == "facility" and chance.random() < 0.95:
        came["source"] = "carrier:a"
    if number % 9 == 4:
        came.update(source="import:survey", admission="trusted")
    return {**came, "associations": " ".join(associations)}


rows = []
twin = None
for number in range(ORGANISATIONS):
    organisation = f"organisation-{number:03d}-" + f"{chance.getrandbits(104):026x}"
    profile = profile_of(number)
    common = {"organisation": organisation, **profile, **how_it_came(number, profile)}
    level = chance.uniform(0.4, 3.4)

    def answer(key, day, rise=0.0, answered=0.97, returning=False, **changed):
        row = {**common, **choices_of(returning), **answers_of(level + rise, answered)}
        row.update(key=f"{number:03d}-{key}", conductedOn=day, **changed)
        row.setdefault("acceptedAt", f"{day}T{chance.randint(6, 20):02d}:{chance.randint(0, 59):02d}:00.000Z")
        rows.append(row)
        return row

    if number % 5 < 2:
        # Twice: a pair, whose first was accepted before what counts anew.
        answer("1", a_day(2025, 1, 5))
        last = answer("2", a_day(2026, 1, 6), chance.choice([-0.3, 0, 0.4, 0.8]), returning=True)
        if number % 55 == 0:
            last["gone"] = "withdrawn"
        if number % 65 == 1:
            last["gone"] = "expired"
    elif number % 25 == 7:
        answer("1", a_day(2024, 1, 5))
        answer("2", a_day(2026, 2, 6), 0.2, returning=True)
    elif number % 25 == 12:
        answer("1", a_day(2025, 2, 5))
    elif number % 25 == 17:
        # The second was incomplete, or came too late: the first counts.
        answer("1", a_day(2026, 1, 2))
        if number % 2:
            answer("2", a_day(2026, 4, 6), answered=0.4)
        else:
            answer("2", "2026-06-29", acceptedAt="2026-07-01T08:00:00.000Z")
    elif number % 25 == 22:
        answer("1", a_day(2026, 1, 6), answered=0.45)
    else:
        answer("1", a_day(2026, 1, 6))
    row = rows[-1]
    if number % 31 == 3:
        row["secondsTaken"] = chance.choice([12, 25, 400, 900])
    if number % 71 == 14:
        row.update({item: 2 for item in items})
    # Six sheets that differ in one dimension alone.
    if number % 97 == 23:
        if twin is None:
            twin = {name: row.get(name) for name in [*attributes, *items]}
            twin.update({item: place % 5 for place, item in enumerate(items)})
        row.update(twin, admission="open", **{item: chance.randint(0, 4) for item in items[:3]})

columns = ["organisation", "key", "conductedOn", "acceptedAt", "admission", "source", "secondsTaken", "associations", "gone"]
chance.shuffle(rows)
writer = csv.DictWriter(sys.stdout, [*columns, *attributes, *questions, *items], lineterminator="\n")
writer.writeheader()
writer.writerows(rows)
