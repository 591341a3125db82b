"""A made-up class: a folder like one from ``autograder grade``, but nothing is graded."""

import json
import math
import random
import re
from pathlib import Path
from typing import Any

from autograder.grading.results import VERSION

#: Question, points and name of each case, how hard it is, and whether it is hidden.
CASES = [
    ("q3", 4.0, "q3 shapes", -2.2, False),
    ("q3", 3.0, "q3 range", -1.9, False),
    ("q3", 3.0, "q3 other sizes", -1.2, True),
    ("q3", 5.0, "q3 uniform distribution", -0.8, True),
    ("q3", 5.0, "q3 independence", -1.4, True),
    ("q4", 5.0, "q4 example", -1.0, False),
    ("q4", 4.0, "q4 what is stored", -0.6, False),
    ("q4", 6.0, "q4 activations", -0.4, True),
    ("q4", 9.0, "q4 loss", 0.1, True),
    ("q4", 8.0, "q4 numerical stability", 0.9, True),
    ("q4", 3.0, "q4 no side effects", 0.4, True),
    ("q5", 5.0, "q5 nodes", -0.7, False),
    ("q5", 4.0, "q5 names in the drawing", -0.2, False),
    ("q5", 7.0, "q5 edges", 0.3, True),
    ("q5", 4.0, "q5 arrangement of the drawing", 0.6, True),
]
QUESTIONS = {"q3": 20.0, "q4": 35.0, "q5": 20.0}

_FIRST = "Ada Alan Barbara Claude Donald Edsger Emmy Frances Grace Hedy Ida John Kathleen Lise Maryam Niklaus Olga"
_LAST = "Ångström Bernoulli Curie Dirac Euler Fourier Gauss Hopper Ising Jacobi Kepler Lovelace Möbius Noether Ohm"
_MESSAGES = {
    "failed": [
        "The shape of model.{} is (5, 4), expected (5, 3): one row for each hidden unit.",
        "model.{} is not what it should be after the call: did you store it before the last step?",
        "The result is too small at a large positive logit: use the stable form of exercise 1.",
    ],
    "error": ["forward raised IndexError. Take the sizes from the arguments, and check the shapes."],
    "timed out": ["A function did not return within 10 seconds: look for a loop that never ends."],
}


_EMBEDDED = re.compile(r'<script type="application/json" id="([\w-]+)">(.*?)</script>', re.DOTALL)


def write_class(folder: Path, count: int, seed: int = 7) -> Path:
    """Write the results of ``count`` students, and return the folder. The same seed gives the same results."""
    generator = random.Random(seed)
    for number in range(count):
        write_result(folder, make_result(number, generator))
    (folder / "run.json").write_text(json.dumps({"assignment": "rnn-stable-loss"}), encoding="utf-8")
    return folder


def write_result(folder: Path, result: dict[str, Any]) -> Path:
    """Write one result to its file."""
    path = folder / "results" / f"{result['extra_data']['autograder']['file']}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(result, indent=2), encoding="utf-8")
    return path


def make_result(number: int, generator: random.Random) -> dict[str, Any]:
    """One student's result, in the form that ``autograder grade`` writes."""
    first, last = generator.choice(_FIRST.split()), generator.choice(_LAST.split())
    strength = generator.gauss(0.6, 1.1)
    broken = generator.random() < 0.03
    cases = [_case(case, strength, broken, generator) for case in CASES]
    printed = "\n".join(f"step {step}: loss {generator.random():.6f}" for step in range(generator.choice([0, 3, 20])))
    name = f"student{number:04}.ipynb"
    part = {
        "version": VERSION,
        "file": name,
        "path": f"/home/staff/submissions/{name}",
        "autograder": "dist/autograder.zip",
        "entry": {
            "students": [{"name": f"{first} {last}", "id": str(20_260_000 + number), "email": f"s{number}@example.org"}]
        },
        "key": f"{generator.getrandbits(256):064x}",
        "status": "Completed",
        "cases": cases,
        "cells": [
            {"number": 1, "output": printed, "error": None, "line": None, "ended": False},
            {"number": 2, "output": "", "error": "NameError: name 'np' is not defined", "line": 2, "ended": False},
        ],
        "note": "",
        "printed": [{"place": "Cell 1", "text": printed}] if printed else [],
        "staff": f"used {generator.random():.2f} s of processor time and 94 MB of memory",
        "seconds": round(0.3 + generator.random(), 3),
        "drawing": None if broken else drawing(generator),
    }
    return {"tests": [], "extra_data": {"autograder": part}}


def _case(
    case: tuple[str, float, str, float, bool], strength: float, broken: bool, generator: random.Random
) -> dict[str, Any]:
    question, points, name, hard, hidden = case
    outcome, message, staff = "passed", "", ""
    if broken:
        outcome, message = "not run", "Not run: the code cells did not finish."
    elif generator.random() > 1 / (1 + math.exp(-1.7 * (strength - hard))):
        outcome = generator.choices(["failed", "error", "timed out"], [8, 2, 1])[0]
        message = generator.choice(_MESSAGES[outcome]).format(generator.choice("WRV"))
        staff = "IndexError: index 5 is out of bounds\nline 4 of the cell" if outcome == "error" else ""
    return {"question": question, "name": name, "points": points, "hidden": hidden, "outcome": outcome,
            "message": message, "staff": staff}  # fmt: skip


def drawing(generator: random.Random) -> dict[str, Any]:
    """The facts of a drawing of a network over three steps, with every symbol slightly out of place."""
    places = {f"{letter}({step})": (140 * step + generator.uniform(-8, 8), 90 * row + generator.uniform(-8, 8))
              for row, letter in enumerate("xasz", 1) for step in (1, 2, 3)}  # fmt: skip
    arrows = [(f"{a}({t})", f"{b}({t})", label) for t in (1, 2, 3) for a, b, label in ("xaW", "asφ", "szV")]
    arrows += [(f"s({t})", f"a({t + 1})", "R") for t in (1, 2)]
    markers = [[x - 20, y - 20, x + 20, y + 20, True] for x, y in places.values()]
    texts = [[text, x - 14, y - 7, x + 14, y + 7] for text, (x, y) in places.items()]
    lines = [[True, [list(places[tail]), list(places[head])]] for tail, head, _ in arrows]
    for tail, head, label in arrows:
        x, y = ((a + b) / 2 for a, b in zip(places[tail], places[head], strict=True))
        texts.append([label, x - 5, y - 7, x + 5, y + 7])
    return {"markers": _rounded(markers), "texts": _rounded(texts), "lines": _rounded(lines)}


def _rounded(value: Any) -> Any:
    if isinstance(value, list):
        return [_rounded(entry) for entry in value]
    return round(value, 1) if isinstance(value, float) else value


def data_of(page: Path) -> dict[str, Any]:
    """Return everything that a report embeds as JSON, by the ID of its element."""
    return {name: json.loads(text) for name, text in _EMBEDDED.findall(page.read_text(encoding="utf-8"))}


def one_result(**changes: Any) -> dict[str, Any]:
    """A made-up result with some of our fields changed."""
    result = make_result(0, random.Random(3))
    result["extra_data"]["autograder"] |= changes
    return result
