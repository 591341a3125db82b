"""The settings of the assignment: otter_config.json, read and checked.

Otter's own keys stand at the top level of the file, ours under the name of our plugin. A setting that is
unknown or has a wrong value is refused with its name and what was expected.
"""

import difflib
import json
import os
from functools import cache
from pathlib import Path
from typing import Annotated, Any, TypeVar

import msgspec

from .errors import SettingsError

FILE_NAME = "otter_config.json"
PLUGIN = "autograder.entry.otter_plugin.AutograderPlugin"

#: Names the settings file; set by ``autograder --config`` and by the generator while it works on a variant.
ENVIRONMENT_VARIABLE = "AUTOGRADER_CONFIG"

T = TypeVar("T")

Share = Annotated[float, msgspec.Meta(ge=0, le=1000)]


class Points(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Points of the five exercises; q1 and q2 are marked by a person."""

    q1: Share
    q2: Share
    q3: Share
    q4: Share
    q5: Share


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What an instructor may change about the assignment."""

    assignment_name: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9._-]+\Z", max_length=60)]
    """Machine name, kept in the notebook's metadata; letters, digits, dots, dashes and underscores."""

    title: Annotated[str, msgspec.Meta(pattern=r"^[^\r\n]*\S[^\r\n]*\Z", max_length=120)]
    """Headline of the handout."""

    points: Points
    """Points per question."""

    weight_range: Annotated[float, msgspec.Meta(gt=0, le=10)] = 0.01
    """Weights are drawn from the uniform distribution on [-weight_range, weight_range]."""

    steps: Annotated[int, msgspec.Meta(ge=2, le=8)] = 3
    """Number of time steps of the unfolded graph."""

    seed: Annotated[int, msgspec.Meta(ge=0, le=2**53)] = 0
    """Seed of the inputs that the hidden test cases draw."""

    call_seconds: Annotated[float, msgspec.Meta(gt=0, le=600)] = 10.0
    """Wall-clock seconds after which a call of a student's function is given up."""

    cells_seconds: Annotated[float, msgspec.Meta(gt=0, le=3600)] = 60.0
    """Wall-clock seconds that the cells of a notebook may take together."""

    total_seconds: Annotated[float, msgspec.Meta(gt=0, le=3600)] = 240.0
    """Wall-clock seconds after which grading one submission is given up."""


class OtterSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Otter's own keys that make sense for this assignment, with Otter's own meaning and defaults."""

    plugins: list[Any]
    show_hidden: bool = False
    show_stdout: bool = False
    show_all_public: bool = False
    force_public_test_summary: bool = True
    points_possible: Annotated[float, msgspec.Meta(ge=0)] | None = None
    score_threshold: Annotated[float, msgspec.Meta(ge=0, le=1)] | None = None
    print_summary: bool = True
    print_score: bool = True
    logo: bool = True
    log_level: int | None = None
    debug: bool = False
    zips: bool = False
    pdf: bool = False


#: Otter's keys that would harm here, and what to do instead.
_REFUSED = {
    "assignment_name": f"Otter would turn away notebooks that lost their metadata; set it under {PLUGIN}",
    "seed": f"Otter would seed the student's cells; the seed of the test cases is set under {PLUGIN}",
    "seed_variable": "Otter would change the student's cells",
    "grade_from_log": "Otter would unpickle a file that the student wrote",
    "serialized_variables": "Otter would unpickle a file that the student wrote",
    "lang": "the assignment is in Python",
}


def default_path() -> Path:
    """Return the settings file: the environment's choice, the nearest to the package, or the working directory's.

    The package sits beside the file in the repository, and one folder below it inside autograder.zip.
    """
    if chosen := os.environ.get(ENVIRONMENT_VARIABLE):
        return Path(chosen)
    package = Path(__file__).resolve().parent
    for folder in (package.parent, package.parent.parent):
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
    return Path.cwd() / FILE_NAME


def load(path: Path | None = None) -> Settings:
    """Read our settings from otter_config.json.

    Args:
        path: the file; by default the one of the repository or zip that this package belongs to.

    Raises:
        SettingsError: the file is missing or unreadable, or a setting in it is wrong.
    """
    return parse(*_read((path or default_path()).resolve()))


@cache
def _read(path: Path) -> tuple[str, str]:
    try:
        return path.read_text(encoding="utf-8"), str(path)
    except OSError as error:
        raise SettingsError(
            f"cannot read the settings {path}: {error.strerror}; run from the project's folder or name one"
        ) from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path} is not UTF-8 text: save it as UTF-8") from error


def parse(text: str, source: str = FILE_NAME) -> Settings:
    """Check the text of otter_config.json, Otter's keys included, and return our part of it.

    Raises:
        SettingsError: the text is not JSON, or a setting is unknown or wrong.
    """
    try:
        raw = json.loads(text, object_pairs_hook=_without_duplicates)
    except ValueError as error:
        raise SettingsError(f"{source} is not valid JSON: {error}") from error
    if not isinstance(raw, dict):
        raise SettingsError(f"{source}: expected an object with Otter's keys, got {type(raw).__name__}")
    for key in raw:
        if key in _REFUSED:
            raise SettingsError(f"{source}: '{key}' cannot be set at the top level: {_REFUSED[key]}")
    otter = _convert(raw, OtterSettings, source, "")
    ours = [plugin[PLUGIN] for plugin in otter.plugins if isinstance(plugin, dict) and PLUGIN in plugin]
    if len(ours) != 1:
        raise SettingsError(f"{source}: 'plugins' must list {PLUGIN} exactly once, with its settings")
    return _convert(ours[0], Settings, source, f"{PLUGIN}: ")


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        names = [name for name, _ in pairs]
        twice = sorted({name for name in names if names.count(name) > 1})
        raise ValueError(f"set twice: {', '.join(twice)}")
    return result


def _convert(raw: Any, kind: type[T], source: str, where: str) -> T:
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        problem, _, place = str(error).partition(" - at `$")
        place = place.strip("`.")
        setting = f"'{place}': " if place else ""
        text = f"{source}: {where}{setting}{problem}"
        if "unknown field `" in problem:
            text += _suggestion(problem.split("`")[1], kind)
        raise SettingsError(text) from error


def _suggestion(name: str, kind: type[Any]) -> str:
    known = {field for struct in (kind, Points) for field in struct.__struct_fields__}
    close = difflib.get_close_matches(name, known, n=1)
    return f" (did you mean '{close[0]}'?)" if close else f"; known are {', '.join(sorted(known))}"
