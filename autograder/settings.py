"""The settings of an assignment: otter_config.json, read and checked.

Otter's own keys are at the top level of the file. Ours are under the name of our plugin. Among ours, ``values`` holds
the settings of this one assignment. An unknown setting or a wrong value is an error that names the setting and says
what was expected.
"""

import difflib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args, get_type_hints

import msgspec

from .errors import SettingsError
from .otter_keys import PLUGIN, PLUGIN_CLASS, REFUSED, OtterSettings, check_agreement, check_pdf_keys, refuse

__all__ = ["FILE_NAME", "PLUGIN", "HiddenResults", "Settings", "constants", "load", "parse", "values_of"]

FILE_NAME = "otter_config.json"

T = TypeVar("T")

Share = Annotated[float, msgspec.Meta(ge=0, le=1000)]
Question = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[A-Za-z][A-Za-z0-9_]*\Z", max_length=40,
        description="a name of letters, digits and underscores that begins with a letter",
    ),
]  # fmt: skip

#: When students see the results of hidden test cases: never, or at one of the two times that Gradescope offers.
HiddenResults = Literal["hidden", "after_due_date", "after_published"]
Digest = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{16}\Z")]


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What an instructor may change about any assignment."""

    assignment_name: Annotated[
        str,
        msgspec.Meta(
            pattern=r"^[A-Za-z0-9._-]+\Z", max_length=60, description="letters, digits, dots, dashes and underscores"
        ),
    ]
    """Short name, kept in the notebook's metadata."""

    title: Annotated[
        str, msgspec.Meta(pattern=r"^[^\r\n]*\S[^\r\n]*\Z", max_length=120, description="one line of text")
    ]
    """Headline of the handout."""

    points: Annotated[dict[Question, Share], msgspec.Meta(min_length=1)]
    """Points of each question. A question without a test file is graded by hand."""

    values: dict[str, Any] = {}
    """The settings of this one assignment; ``assignment/settings.py`` declares them."""

    hidden_results: HiddenResults = "after_published"
    """When Gradescope shows students the results of hidden test cases."""

    call_seconds: Annotated[float, msgspec.Meta(gt=0, le=600)] = 10.0
    """Time limit for one call of a student's function, in seconds of processor time and waiting."""

    cells_seconds: Annotated[float, msgspec.Meta(gt=0, le=3600)] = 60.0
    """Time limit for all cells of a notebook together, in seconds of processor time and waiting."""

    total_seconds: Annotated[float, msgspec.Meta(gt=0, le=3600)] = 240.0
    """Time limit for grading one submission, in seconds of processor time and waiting."""

    memory_megabytes: Annotated[int, msgspec.Meta(ge=256, le=65_536)] = 1024
    """Megabytes of memory that all processes of a submission may hold together."""

    disk_megabytes: Annotated[int, msgspec.Meta(ge=1, le=65_536)] = 128
    """Megabytes of files that a submission may write, including deleted files that are still open."""

    pictures: Literal["never", "failed", "always"] = "failed"
    """When the results include a picture of a student's drawing: never, if a test case about it failed, or always."""

    handout_cells: list[Digest] = []
    """Digests of the handout's code cells. The build puts them into autograder.zip; nobody sets them by hand."""


#: Why another plugin cannot be listed.
_OTHER_PLUGIN = (
    "'otter run' would load it, but Gradescope, 'otter grade' and 'autograder grade' would not; remove it from the list"
)


def load(path: Path) -> Settings:
    """Read our settings from otter_config.json.

    Raises:
        SettingsError: the file is missing or unreadable, or a setting in it is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise SettingsError(
            f"cannot read the settings {path}: {error.strerror}; run this in the folder of the assignment, or name "
            "the file"
        ) from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path} is not UTF-8 text: save it as UTF-8") from error
    return parse(text, str(path))


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
    refuse(raw, source)
    otter = _convert({key: value for key, value in raw.items() if key not in REFUSED}, OtterSettings, source, "")
    found = [(name, plugin[name]) for plugin in otter.plugins if isinstance(plugin, dict) for name in plugin]
    ours = [(name, content) for name, content in found if name == PLUGIN or name.endswith(f".{PLUGIN_CLASS}")]
    if len(ours) != 1:
        raise SettingsError(f"{source}: 'plugins' must list {PLUGIN} exactly once, with its settings")
    for name in (*(name for name, _ in found), *(plugin for plugin in otter.plugins if not isinstance(plugin, dict))):
        if name != ours[0][0]:
            raise SettingsError(f"{source}: the plugin {name} cannot be listed in 'plugins': {_OTHER_PLUGIN}")
    if problems := _moved(*ours[0]):
        raise SettingsError(f"{source} is from an older version: {'; '.join(problems)}")
    settings = _convert(ours[0][1], Settings, source, f"{PLUGIN}: ")
    check_agreement(raw, settings.hidden_results, source)
    check_pdf_keys(raw, source)
    return settings


def _moved(name: str, content: Any) -> list[str]:
    """What has moved since an older version, and where to put it now."""
    problems = [f"rename the plugin '{name}' to '{PLUGIN}'"] if name != PLUGIN else []
    known = Settings.__struct_fields__
    if isinstance(content, dict) and "values" not in content:
        strange = [key for key in content if key not in known and not difflib.get_close_matches(key, known, n=1)]
        if strange:
            keys = ", ".join(f"'{key}'" for key in strange)
            problems.append(f"move {keys} into an object 'values', which holds the settings of this one assignment")
    return problems


def values_of(settings: Settings, kind: type[T], source: str) -> T:
    """Return the assignment's own values.

    Args:
        settings: the settings.
        kind: the type of the values, a ``msgspec.Struct``.
        source: where the settings come from, for messages.

    Raises:
        SettingsError: a value is unknown, missing or wrong.
    """
    return _convert(settings.values, kind, source, "values: ")


def constants(settings: Settings, values: Any) -> dict[str, Any]:
    """The names that test cases, checks and the reference solution import: ``POINTS``, and each value in capitals."""
    return {"POINTS": dict(settings.points)} | {
        name.upper(): getattr(values, name) for name in type(values).__struct_fields__
    }


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
        problem, _, place = str(error).partition(" - at `")  # `place` may now be: $.points`, or: key` in `$.points`
        place = place.partition("$")[2].strip("`.")
        setting = f"'{place}': " if place else ""
        text = f"{source}: {where}{setting}{_in_words(problem, kind)}"
        if "unknown field `" in problem:
            text += _suggestion(problem.split("`")[1], kind)
        if allowed := get_args(get_type_hints(kind).get(place)) if problem.startswith("Invalid enum value") else ():
            text += f"; it can be {', '.join(map(repr, allowed))}"
        raise SettingsError(text) from error


#: What msgspec calls the types of JSON, and what we call them.
_TYPES = {
    "str": "text", "int": "a whole number", "float": "a number", "bool": "true or false", "array": "a list in [ ]",
    "object": "an object in { }",
}  # fmt: skip


def _in_words(problem: str, kind: Any) -> str:
    """What is wrong, in plain words: msgspec names types of Python, and shows patterns."""
    metas = [meta for hint in get_type_hints(kind, include_extras=True).values() for meta in _metas(hint)]
    if described := [meta.description for meta in metas if meta.description and f" {meta.pattern!r}" in problem]:
        return f"expected {described[0]}"
    problem = re.sub(r"Object contains unknown field `(.*)`", r"there is no setting '\1'", problem)
    problem = re.sub(r"Object missing required field `(.*)`", r"the setting '\1' is missing", problem)
    problem = problem.replace("Invalid enum value", "it cannot be").replace("Expected", "expected")
    problem = re.sub(r"`([\w |]+)`", lambda m: " or ".join(_TYPES.get(one, one) for one in m[1].split(" | ")), problem)
    return problem.replace("got a number", "got a number with a decimal point")


def _metas(hint: Any) -> Iterator[msgspec.Meta]:
    """What is said about a type and the types in it."""
    if isinstance(hint, msgspec.Meta):
        yield hint
    for inner in get_args(hint):
        yield from _metas(inner)


def _suggestion(name: str, kind: type[Any]) -> str:
    known = kind.__struct_fields__
    close = difflib.get_close_matches(name, known, n=1)
    return f" (did you mean '{close[0]}'?)" if close else f"; known settings: {', '.join(sorted(known))}"
