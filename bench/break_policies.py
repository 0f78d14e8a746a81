"""Breaks by the body's state beside the peers' defaults, on simulated working days, all under the same model.

python bench/break_policies.py            the tables of docs/breaks.md and its picture, from scratch
python bench/break_policies.py --json     the raw numbers

The same model chooses and judges, so this says how the rule does by its own lights; the second half asks what is left
of it when the constants are others than those it was chosen by. Every prompt is taken, whoever gives it.
"""

import itertools
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np

from midback.body.day_of_work import line_up, live
from midback.body.subject import make_subject
from midback.body.tissue import Effort, TissueParams, draw_tissue
from midback.body.usual_efforts import efforts_of, usual_postures
from midback.plan.break_rule import BreakRule
from midback.plan.breaks import CAB_AFTER_S, CAB_LENGTH_S, USUAL_RULE
from midback.plan.schedule import NEVER, STILL, Interrupted, Schedule, Stretch, follow, schedule_of
from midback.plan.state_rule import HOUR_S, USUAL_BOUNDS, Bounds, candidates, load_left, times_of
from midback.share.pareto import Panel, Point, draw_fronts

DOCS = Path(__file__).resolve().parent.parent / "docs"
# Differences of the state below this are none: half a percent of the readiness, far below what is known.
SAME = 5e-3
STEP_S = 600.0
DRAWS, SEED = 400, 20260302
PEOPLE_AT_ONCE = 9

# Their defaults: where they count keys and mouse alone, a pause of the hands sets their clock back.
PEERS: Mapping[str, Schedule] = {
    "Stretchly": Schedule(
        after_s=600, length_s=20, long_after_s=1800, long_s=300, rest_s=300, long_clock="use"
    ),
    "Safe Eyes": Schedule(
        after_s=900, length_s=15, long_after_s=4500, long_s=60, rest_s=300, long_clock="use"
    ),
    "BreakTimer": Schedule(after_s=1680, length_s=120, rest_s=300),
    "Sane Break": Schedule(
        after_s=1200, length_s=20, long_after_s=3600, long_s=60, rest_s=180, long_clock="use"
    ),
    "Workrave": Schedule(
        after_s=180, length_s=30, long_after_s=2700, long_s=600, rest_s=30, long_clock="use"
    ),
}
FIXED: Mapping[str, Schedule] = {
    "60 s every 30 min": Schedule(after_s=1800, length_s=60, rest_s=300),
    "5 min every 60 min": Schedule(after_s=3600, length_s=300, rest_s=300),
    "midback's default": schedule_of(USUAL_RULE),
}
CAB = replace(USUAL_RULE, after_s=CAB_AFTER_S, length_s=CAB_LENGTH_S, hourly_s=CAB_LENGTH_S)


def sit(minutes: float, hands: bool = True, welcome: bool = True) -> Stretch:
    """Return sitting."""
    return Stretch(doing="sitting", seconds=60 * minutes, hands=hands, welcome=welcome)


def drive(minutes: float) -> Stretch:
    """Return driving: no hands on a machine, and nothing is said."""
    return Stretch(doing="driving", seconds=60 * minutes, hands=False, welcome=False)


def move(minutes: float) -> Stretch:
    """Return moving about."""
    return Stretch(doing="moving", seconds=60 * minutes, hands=False)


LUNCH = move(30)
DAYS: Mapping[str, tuple[Stretch, ...]] = {
    "desk, 8 h": (sit(240), LUNCH, sit(240)),
    "desk with a walk every 40 min": tuple(part for _ in range(10) for part in (sit(40), move(4))),
    "desk, coffee twice": (sit(110), move(8), sit(120), LUNCH, sit(120), move(8), sit(110)),
    "half in meetings": (
        *(sit(60), sit(60, hands=False, welcome=False), move(2)),
        *(sit(50), sit(60, hands=False, welcome=False), LUNCH),
        *(sit(70), sit(90, hands=False, welcome=False), sit(60)),
    ),
    "reading and calls": tuple(part for _ in range(4) for part in (sit(50), sit(60, hands=False), move(5))),
    "home, no lunch": (sit(200), move(3), sit(220)),
    "home, 4 h": (sit(110), move(10), sit(120)),
    "sales: drive and desk": (drive(60), sit(100), LUNCH, drive(70), sit(45), move(5), sit(80), drive(60)),
    "standing half the day": (
        *(sit(120), Stretch(doing="standing", seconds=7200, hands=True), LUNCH),
        *(Stretch(doing="standing", seconds=7200, hands=True), sit(120)),
    ),
    "driver": (
        *(drive(110), sit(12, hands=False), drive(100), Stretch(doing="away", seconds=2700, hands=False)),
        *(drive(120), sit(12, hands=False), drive(110)),
    ),
}


@dataclass(frozen=True, slots=True)
class Someone:
    """One person of the grid."""

    name: str
    efforts: Effort


def people() -> list[Someone]:
    """Return the grid: sex, size, strength, and how much of their sitting they were seen sunk."""
    sizes = {
        "f": ((52.0, 1.56), (68.0, 1.65), (95.0, 1.70)),
        "m": ((62.0, 1.68), (80.0, 1.78), (110.0, 1.85)),
    }
    found = []
    for sex, strength, sunk in itertools.product("fm", ("low", "average", "high"), (0.0, 0.5, 1.0)):
        for mass, stature in sizes[sex]:
            subject = make_subject(mass, stature, sex, strength)
            name = f"{sex} {mass:g} kg {strength} sunk {sunk:g}"
            found.append(Someone(name, efforts_of(subject, usual_postures(sunk))))
    return found


def together(efforts: Sequence[Effort]) -> Effort:
    """Stack efforts of people: (P, A, G)."""
    moving = [np.zeros(one.flexion.shape) if one.moving is None else one.moving for one in efforts]
    return Effort(
        fraction=np.stack([one.fraction for one in efforts]),
        flexion=np.stack([one.flexion for one in efforts]),
        moving=np.stack(moving),
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """Days of N schedules for P people. peak, mean, load : (P, N), over the groups ; gone : what each cost."""

    gone: tuple[Interrupted, ...]
    peak: np.ndarray
    mean: np.ndarray
    load: np.ndarray


def judge(gone: Sequence[Interrupted], efforts: Effort, params: TissueParams | None = None) -> Judged:
    """Live days of many schedules through for many people (or draws), a few at a time."""
    lines = line_up([[(part.doing, part.seconds) for part in one.stretches] for one in gone], STEP_S)
    rows = []
    for first in range(0, len(efforts.flexion), PEOPLE_AT_ONCE):
        who = slice(first, first + PEOPLE_AT_ONCE)
        some = replace(
            efforts, fraction=efforts.fraction[who], flexion=efforts.flexion[who], moving=efforts.moving[who]
        )
        lived = live(lines, some, params=None if params is None else some_of(params, who))
        rows.append((lived.peak.mean(-1), lived.mean.mean(-1), load_left(lived)))
    peak, mean, load = (np.concatenate(part) for part in zip(*rows, strict=True))
    return Judged(tuple(gone), peak, mean, load)


def some_of(params: TissueParams, who: slice) -> TissueParams:
    """Return some draws, with an axis for the days."""
    return TissueParams(
        **{field.name: getattr(params, field.name)[who][:, None] for field in fields(TissueParams)}
    )


def pick(judged: Judged, rules: Sequence[BreakRule], inside: np.ndarray, worth: float) -> np.ndarray:
    """Choose for each person among the rules ``inside`` as ``state_rule.weigh`` does; (P,), -1 where there is none."""
    if not inside.any():
        return np.full(len(judged.load), -1)
    prompts = np.array([one.prompts for one in judged.gone])
    cost = np.where(inside, judged.load + worth * prompts, np.inf)
    lasts = np.array([one.break_s for one in judged.gone])
    after = np.array([rule.after_s for rule in rules])
    order = np.lexsort((np.arange(len(rules)), -after, lasts))
    return np.array([order[np.argmin(np.round(row[order], 9))] for row in cost])


def verdict(ours: tuple[float, float, float], theirs: tuple[float, float, float]) -> str:
    """Compare (interruptions, peak, mean): ``better`` in one and worse in none, ``worse``, ``same`` or ``trade``."""
    less = [theirs[0] > ours[0], *(theirs[k] - ours[k] > SAME for k in (1, 2))]
    more = [theirs[0] < ours[0], *(ours[k] - theirs[k] > SAME for k in (1, 2))]
    if any(less) and not any(more):
        return "better"
    if any(more) and not any(less):
        return "worse"
    return "trade" if any(more) else "same"


def allowed(rules: Sequence[BreakRule], gone: Sequence[Interrupted], hours: float) -> np.ndarray:
    """Return which rules the shipped bounds leave, the default (first) always."""
    found = [
        rule.length_s <= USUAL_BOUNDS.length_s
        and USUAL_BOUNDS.most_an_hour * rule.after_s >= HOUR_S
        and one.prompts <= USUAL_BOUNDS.most_an_hour * hours
        and one.break_s <= gone[0].break_s + 1.0
        for rule, one in zip(rules, gone, strict=True)
    ]
    return np.array([True, *found[1:]])


def fewest(judged: Judged, peak: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """Return for each person the rule with the fewest interruptions whose state is as low; (P,), -1 for none."""
    prompts = np.array([one.prompts for one in judged.gone], dtype=float)
    lasts = np.array([one.break_s for one in judged.gone])
    low = (judged.peak <= peak[:, None] + SAME) & (judged.mean <= mean[:, None] + SAME)
    cost = np.where(low, prompts + 1e-6 * lasts, np.inf)
    return np.where(low.any(axis=1), cost.argmin(axis=1), -1)


def count(into: dict[str, int], said: str) -> None:
    """Count one verdict."""
    into[said] = into.get(said, 0) + 1


def compare() -> dict[str, object]:
    """Compare over all people and days: as shipped, at each peer's state, and at its interruptions and minutes."""
    grid = people()
    efforts, everyone = together([one.efforts for one in grid]), range(len(grid))
    names = (*PEERS, *FIXED)
    shipped: dict[str, dict[str, int]] = {name: {} for name in names}
    as_low: dict[str, dict[str, int]] = {name: {} for name in names}
    costs: dict[str, list[tuple[float, float, float, float]]] = {name: [] for name in names}
    matched: dict[str, dict[str, int]] = {name: {} for name in names}
    failures: dict[str, dict[str, int]] = {}
    by_day: list[dict[str, object]] = []
    for day_name, day in DAYS.items():
        base = CAB if day_name == "driver" else USUAL_RULE
        others = {**PEERS, **FIXED, "midback's default": schedule_of(base)}
        rules = list(candidates(base, Bounds(most_an_hour=4.0, length_s=300)))
        gone = [follow(day, schedule_of(rule)) for rule in rules]
        judged = judge(gone, efforts)
        hours = sum(stretch.seconds for stretch in day if stretch.doing in STILL) / HOUR_S
        prompts = np.array([one.prompts for one in gone])
        lasts = np.array([one.break_s for one in gone])
        ours = pick(judged, rules, allowed(rules, gone, hours), USUAL_BOUNDS.worth)
        agree(base, day_name, [rules[k] for k in ours], grid)
        peers = judge([follow(day, schedule) for schedule in (*others.values(), NEVER)], efforts)

        def at(who: int, k: int, one: Judged = judged) -> tuple[float, float, float]:
            return one.gone[k].prompts, float(one.peak[who, k]), float(one.mean[who, k])

        schedules: dict[str, object] = {"by the state": _row(judged, ours)}
        for number, name in enumerate(others):
            theirs = peers.gone[number]
            low = fewest(judged, peers.peak[:, number], peers.mean[:, number])
            inside = (prompts <= theirs.prompts) & (lasts <= theirs.break_s + 1.0)
            same = pick(judged, rules, inside, 1e-4)
            for who in everyone:
                said = verdict(at(who, ours[who]), at(who, number, peers))
                count(shipped[name], said)
                if low[who] < 0:
                    count(as_low[name], "not reached")
                else:
                    mine = gone[low[who]]
                    fewer = mine.prompts - theirs.prompts
                    said = "fewer" if fewer < 0 else "as many" if fewer == 0 else "more"
                    count(as_low[name], said)
                    costs[name].append((mine.prompts, theirs.prompts, mine.break_s / 60, theirs.break_s / 60))
                if low[who] < 0 or fewer > 0:
                    count(
                        failures.setdefault(f"{name} / {day_name}", {}),
                        "not reached" if low[who] < 0 else said,
                    )
                said = "none" if same[who] < 0 else verdict(at(who, same[who]), at(who, number, peers))
                count(matched[name], said)
            schedules[name] = _row(peers, np.full(len(grid), number))
            if name in ("Stretchly", "Workrave") and (low >= 0).all():
                schedules[f"by the state, as low as {name}"] = _row(judged, low)
        schedules["no breaks"] = _row(peers, np.full(len(grid), len(others)))
        chosen: dict[str, int] = {}
        for k in ours:
            count(chosen, f"{rules[k].after_s // 60} min, {rules[k].length_s} s, {rules[k].hourly_s} s")
        by_day.append({"day": day_name, "chosen": chosen, "schedules": schedules})
    middle = {
        name: [round(float(value), 1) for value in np.median(np.array(rows), axis=0)] if rows else []
        for name, rows in costs.items()
    }
    return {
        "people": len(grid),
        "days": len(DAYS),
        "cells": len(grid) * len(DAYS),
        "shipped": shipped,
        "as_low": as_low,
        "as_low_interruptions_ours_theirs_minutes_ours_theirs": middle,
        "as_low_failures": failures,
        "matched": matched,
        "by_day": by_day,
    }


def agree(base: BreakRule, day_name: str, chosen: Sequence[BreakRule], grid: Sequence[Someone]) -> None:
    """Note where the function that ships, with its finer steps, chooses otherwise."""
    for number in range(0, len(grid), 9):
        times, rule = times_of(base, DAYS[day_name], grid[number].efforts), chosen[number]
        if times is None or (times.after_s, times.length_s) != (rule.after_s, rule.length_s):
            print(f"note: {day_name}, {grid[number].name}: finer steps choose otherwise", file=sys.stderr)


def _row(judged: Judged, chosen: np.ndarray) -> dict[str, float]:
    """Return the means over all people of what was chosen for each."""
    rows = np.arange(len(chosen))
    return {
        "interruptions": round(float(np.mean([judged.gone[k].prompts for k in chosen])), 1),
        "minutes": round(float(np.mean([judged.gone[k].break_s for k in chosen])) / 60, 1),
        "peak": round(float(judged.peak[rows, chosen].mean()), 4),
        "mean": round(float(judged.mean[rows, chosen].mean()), 4),
    }


def sensitivity() -> dict[str, object]:
    """Draw the constants from their spread: does the order hold, and what does planning with wrong ones cost?"""
    day, others = DAYS["desk, 8 h"], {**PEERS, **FIXED}
    drawn = draw_tissue(np.random.default_rng(SEED), DRAWS)
    subject = make_subject(70.0, 1.70, None, None)
    right = efforts_of(subject, usual_postures(), tissue=drawn)
    nominal = efforts_of(subject, usual_postures())
    rules = list(candidates(USUAL_RULE, USUAL_BOUNDS))
    gone = [follow(day, schedule_of(rule)) for rule in rules]
    hours = sum(stretch.seconds for stretch in day if stretch.doing in STILL) / HOUR_S
    inside = allowed(rules, gone, hours)
    truth = judge(gone, right, drawn)
    best = pick(truth, rules, inside, USUAL_BOUNDS.worth)
    as_planned = int(pick(judge(gone, together([nominal])), rules, inside, USUAL_BOUNDS.worth)[0])
    peers = judge([follow(day, schedule) for schedule in others.values()], right, drawn)
    cost = truth.load + USUAL_BOUNDS.worth * np.array([one.prompts for one in gone])
    rows = np.arange(DRAWS)
    wrong = np.roll(best, 1)  # planned with another draw than the one it is judged by
    table = {}
    for number, name in enumerate(others):
        said: dict[str, int] = {}
        for who in range(DRAWS):
            found = verdict(
                (
                    gone[as_planned].prompts,
                    float(truth.peak[who, as_planned]),
                    float(truth.mean[who, as_planned]),
                ),
                (peers.gone[number].prompts, float(peers.peak[who, number]), float(peers.mean[who, number])),
            )
            said[found] = said.get(found, 0) + 1
        lower = float(np.mean(truth.mean[:, as_planned] < peers.mean[:, number]))
        table[name] = {**said, "lower_mean_share": round(lower, 3)}

    def lost(chosen: np.ndarray) -> dict[str, float]:
        regret = cost[rows, chosen] - cost[rows, best]
        against = cost[rows, 0] - cost[rows, best]
        return {
            "same_rule_share": round(float(np.mean(chosen == best)), 3),
            "no_worse_than_default_share": round(
                float(np.mean(cost[rows, chosen] <= cost[rows, 0] + 1e-9)), 3
            ),
            "regret_mean": round(float(regret.mean()), 4),
            "gain_over_default_mean": round(float(against.mean()), 4),
        }

    return {
        "draws": DRAWS,
        "rule": [rules[as_planned].after_s, rules[as_planned].length_s, rules[as_planned].hourly_s],
        "against": table,
        "planned_with_the_usual_constants": lost(np.full(DRAWS, as_planned)),
        "planned_with_anothers_constants": lost(wrong),
    }


def wrong_person() -> dict[str, float]:
    """Plan for anybody and judge by each of the grid: what not knowing size, sex, strength and posture costs."""
    grid, day = people(), DAYS["desk, 8 h"]
    rules = list(candidates(USUAL_RULE, USUAL_BOUNDS))
    gone = [follow(day, schedule_of(rule)) for rule in rules]
    hours = sum(stretch.seconds for stretch in day if stretch.doing in STILL) / HOUR_S
    inside = allowed(rules, gone, hours)
    judged = judge(gone, together([one.efforts for one in grid]))
    best = pick(judged, rules, inside, USUAL_BOUNDS.worth)
    anybody = judge(gone, together([efforts_of(make_subject(), usual_postures())]))
    one = int(pick(anybody, rules, inside, USUAL_BOUNDS.worth)[0])
    cost = judged.load + USUAL_BOUNDS.worth * np.array([g.prompts for g in gone])
    rows = np.arange(len(grid))
    return {
        "same_rule_share": round(float(np.mean(best == one)), 3),
        "regret_mean": round(float((cost[rows, one] - cost[rows, best]).mean()), 4),
        "gain_over_default_mean": round(float((cost[rows, 0] - cost[rows, best]).mean()), 4),
    }


def draw(result: Mapping[str, object], path: Path) -> None:
    """Draw interruptions against the state for the day at the desk, the mean over all people."""
    rows = result["by_day"][0]["schedules"]  # type: ignore[index]
    kinds = {
        **dict.fromkeys(PEERS, "peer"),
        **dict.fromkeys(FIXED, "fixed"),
        "by the state": "ours",
        "no breaks": "none",
    }
    panels = []
    for key, title in (("peak", "Highest in the day"), ("mean", "Mean over the day")):
        points = [
            Point(name, row["interruptions"], row[key], kinds.get(name, "ours")) for name, row in rows.items()
        ]
        panels.append(
            Panel(title, "share of readiness used up, mean of neck, mid-back and shoulders", points)
        )
    desc = "; ".join(
        f"{name}: {row['interruptions']:g} interruptions, peak {row['peak']:.2f}, mean {row['mean']:.2f}"
        for name, row in rows.items()
    )
    text = draw_fronts(
        panels, "interruptions in a working day of 8 hours", "Interruptions against the body's state", desc
    )
    path.write_text(text, encoding="utf-8")


def main() -> None:
    """Compute everything, write the numbers and the picture, and print the tables."""
    result = {**compare(), "sensitivity": sensitivity(), "wrong_person": wrong_person()}
    (DOCS / "data" / "break-policies.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    draw(result, DOCS / "images" / "break-policies.svg")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
