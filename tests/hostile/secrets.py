"""Planting secrets, and finding them in the output that a student sees.

There are three kinds: random words in files, environment and memory; the seed of the hidden inputs; and the hidden
inputs and correct answers themselves, recognized by the leading digits and the bits of their numbers.
"""

import base64
import codecs
import json
import os
import re
import secrets
import struct
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

#: This many characters of a secret count as a leak, and this many digits of a number. With eight digits, a number in
#: the libraries' own tables (in a colour map, read backwards) happened to match a hidden one.
ENOUGH = 10
DIGITS = 9

#: An environment variable of the grading process that holds a secret.
VARIABLE = "GRADER_TOKEN"

#: The imports that the reference solution's cells need.
_IMPORTS = "import matplotlib.pyplot as plt\nimport networkx as nx\nimport numpy as np"


def new_secret() -> str:
    """A random word that matches ``tools.PATTERNS``."""
    return f"zq7{secrets.token_hex(8)}"


def plant(source: Path) -> dict[str, str]:
    """Plant secrets in the test files, in a staff file, and as Gradescope's token. Another one is in the environment.

    Args:
        source: the unpacked autograder.zip.

    Returns:
        The secrets, by the place where they are.
    """
    found = {"environment": os.environ[VARIABLE], "staff's file": new_secret()}
    (source / "staff-only.txt").write_text(found["staff's file"], encoding="utf-8")
    (source / "staff-only.txt").chmod(0o600)
    for path in source.glob("tests/*.py"):
        place = path.relative_to(source).as_posix()
        found[place] = new_secret()
        with path.open("a", encoding="utf-8") as stream:
            stream.write(f'\n_STAMP_{path.stem} = "{found[place]}"\n')
    config = source / "otter_config.json"
    text = config.read_text(encoding="utf-8")
    found["token"] = new_secret()
    keys = {"token": found["token"], "course_id": 1, "assignment_id": 2}
    config.write_text(json.dumps(json.loads(text) | keys, indent=2), encoding="utf-8")
    seed = re.search(r'"seed": *(\d+)', text)
    return found | ({"seed": seed[1]} if seed else {})


def functions_of(solution: Mapping[str, str]) -> dict[str, Any]:
    """Run the reference solution's cells, and return what they define: functions that an attack would like to find."""
    cells: dict[str, Any] = {}
    exec("\n\n".join([_IMPORTS, *solution.values()]), cells)
    return cells


def hidden_numbers(test_files: Iterable[Any], cells: Mapping[str, Any]) -> dict[str, str]:
    """Run the hidden cases on the reference solution, and collect their inputs and the correct answers.

    Args:
        test_files: the test files as Otter loads them.
        cells: the reference solution's functions; see ``functions_of``.

    Returns:
        The leading digits and the bits of these numbers, each with the case that it belongs to.
    """
    heard: list[Any] = []

    def hear_init(model: Any, *sizes: int) -> None:
        cells["init"](model, *sizes)
        heard.append("_{}_{}_{}_".format(*sizes))

    def hear_forward(model: Any, x: Any, y: Any) -> Any:
        loss = cells["forward"](model, x, y)
        heard.extend(np.ravel(values)[:6] for values in (x, model.W, model.R, model.V, model.a, model.z, loss))
        return loss

    seen: dict[bool, dict[str, str]] = {False: {}, True: {}}
    for test_file in test_files:
        for case in test_file.test_cases:
            heard.clear()
            case.body.call_func({"init": hear_init, "forward": hear_forward, "graph": cells["graph"]})
            for thing in heard:
                for text in [thing] if isinstance(thing, str) else _spellings(thing):
                    seen[bool(case.hidden)][text] = case.name
    return {text: case for text, case in seen[True].items() if text not in seen[False]}


def _spellings(values: Any) -> Iterable[str]:
    for value in map(float, values):
        digits = f"{abs(value):.12e}".replace(".", "")[:12]
        if len(set(digits[:DIGITS])) > 3:  # a round number can appear by chance
            yield digits[:DIGITS]
            yield from (struct.pack(order, value).hex() for order in ("<d", ">d"))


def leaks(text: str, planted: dict[str, str], numbers: dict[str, str]) -> list[str]:
    """Find secrets in the text that a student sees, however an attack may have encoded them.

    Args:
        text: the text that the student sees.
        planted: the secrets, by their place.
        numbers: the hidden numbers, each with the case that it belongs to.
    """
    plain = text.lower()
    squeezed = re.sub(r"[^a-z0-9]", "", plain)
    found = []
    for place, secret in planted.items():
        parts = [secret[i : i + ENOUGH] for i in range(len(secret) - ENOUGH + 1)]
        if any(_occurs(part, text, squeezed) for part in parts):
            found.append(f"leak: the secret of {place}")
    for number, case in numbers.items():
        if number in plain if number.startswith("_") else _occurs(number, text, squeezed):
            found.append(f"leak: a number of {case}: {number}")
    return found


def _occurs(secret: str, text: str, squeezed: str) -> bool:
    simple, encoded = _encoded(secret)
    return any(form in squeezed for form in simple) or any(form in text for form in encoded)


@cache
def _encoded(secret: str) -> tuple[list[str], list[str]]:
    """How a secret may be written: in small letters and digits only, and in base64."""
    raw = secret.encode()
    simple = [secret, secret[::-1], codecs.encode(secret, "rot13"), raw.hex(), raw[::-1].hex()]
    encoded = []
    for offset in range(3):  # three bytes become four letters: leave out letters that depend on neighbouring bytes
        letters = base64.b64encode(b"\0" * offset + raw).decode()
        encoded.append(letters[(0, 2, 3)[offset] : len(letters) // 4 * 4 - 4])
    return simple, encoded
