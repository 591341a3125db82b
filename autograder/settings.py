"""The settings of an assignment: otter_config.json, read and checked.

Otter's own keys are at the top level of the file. Ours are under the name of our plugin. Among ours, ``values`` holds
the settings of this one assignment. An unknown setting or a wrong value is an error that names the setting and says
what was expected.
"""

import difflib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import msgspec

from .errors import SettingsError

FILE_NAME = "otter_config.json"
_PLUGIN_CLASS = "AutograderPlugin"
PLUGIN = f"autograder.entry.otter_plugin.{_PLUGIN_CLASS}"

T = TypeVar("T")

Share = Annotated[float, msgspec.Meta(ge=0, le=1000)]
Question = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z][A-Za-z0-9_]*\Z", max_length=40)]

#: When students see the results of hidden test cases: never, or at one of two times that Gradescope knows.
HiddenResults = Literal["hidden", "after_due_date", "after_published"]
Digest = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{16}\Z")]


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What an instructor may change about any assignment."""

    assignment_name: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9._-]+\Z", max_length=60)]
    """Short name, kept in the notebook's metadata: letters, digits, dots, dashes and underscores."""

    title: Annotated[str, msgspec.Meta(pattern=r"^[^\r\n]*\S[^\r\n]*\Z", max_length=120)]
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
    """When results show what a student drew as a picture: if a test case about it failed, always, or never."""

    handout_cells: list[Digest] = []
    """Digests of the handout's code cells. The build puts them into autograder.zip; nobody sets them by hand."""


class OtterSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Otter's own keys that can be set here, with Otter's own meaning and defaults, in every way of grading."""

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


_NO_PDF = "no way of grading makes a PDF of a submission; collect written answers in an assignment of their own"
_UNPICKLED = "Otter would unpickle a file that the student wrote"

#: Otter's other keys: what each is without being set, which changes nothing, and why it cannot be set to anything else.
REFUSED: dict[str, tuple[Any, str]] = {
    "assignment_name": (
        None,
        f"Otter would reject notebooks that have lost their metadata; set it under {PLUGIN}, and students are warned",
    ),
    "seed": (None, f"Otter would seed the student's cells; the seed of the test cases is set under {PLUGIN}"),
    "seed_variable": (None, "Otter would change the student's cells"),
    "grade_from_log": (False, _UNPICKLED),
    "serialized_variables": (None, _UNPICKLED),
    "lang": ("python", "test cases and submissions are in Python"),
    "pdf": (False, _NO_PDF),
    "token": (None, _NO_PDF),
    "course_id": (None, _NO_PDF),
    "assignment_id": (None, _NO_PDF),
    "filtering": (False, _NO_PDF),
    "pagebreaks": (False, _NO_PDF),
    "pdf_via_html": (False, _NO_PDF),
    "use_submission_pdf": (False, _NO_PDF),
    "submit_blank_pdf_on_export_failure": (False, _NO_PDF),
    "warn_missing_pdf": (False, _NO_PDF),
    "debug": (
        False,
        "grading would stop at the first cell that fails; without it, every cell that fails is listed with its error",
    ),
    "zips": (
        False,
        "zips are opened without it, and with it 'otter run' stops at everything that is not a zip in a zip",
    ),
    "log_level": (None, "the log would hold the settings, the seed of hidden test cases included; use 'otter run -vv'"),
    "autograder_dir": ("/autograder", "Gradescope and 'otter grade' lay everything out in /autograder"),
    "miniconda_path": ("/root/miniforge3", "the image has no conda: setup.sh installs into /opt/autograder"),
}

#: Why another plugin cannot be listed.
_OTHER_PLUGIN = (
    "only 'otter run' would load it, and Gradescope, 'otter grade' and 'autograder grade' would do without it; take it "
    "off the list"
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
            f"cannot read the settings {path}: {error.strerror}; run this in the project's folder, or name the file"
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
    _refuse(raw, source)
    otter = _convert({key: value for key, value in raw.items() if key not in REFUSED}, OtterSettings, source, "")
    found = [(name, plugin[name]) for plugin in otter.plugins if isinstance(plugin, dict) for name in plugin]
    ours = [(name, content) for name, content in found if name == PLUGIN or name.endswith(f".{_PLUGIN_CLASS}")]
    if len(ours) != 1:
        raise SettingsError(f"{source}: 'plugins' must list {PLUGIN} exactly once, with its settings")
    for name in (*(name for name, _ in found), *(plugin for plugin in otter.plugins if not isinstance(plugin, dict))):
        if name != ours[0][0]:
            raise SettingsError(f"{source}: the plugin {name} cannot be listed in 'plugins': {_OTHER_PLUGIN}")
    if problems := _moved(*ours[0]):
        raise SettingsError(f"{source} is from an older version: {'; '.join(problems)}")
    settings = _convert(ours[0][1], Settings, source, f"{PLUGIN}: ")
    _agree(raw, settings.hidden_results, source)
    return settings


def _agree(raw: Mapping[str, Any], hidden_results: HiddenResults, source: str) -> None:
    """Check that Otter's own key for hidden results, where it is set, says the same as ours.

    Raises:
        SettingsError: it says something else; the message has both ways out.
    """
    shown = raw.get("show_hidden")
    if shown is not None and shown is not (hidden_results != "hidden"):
        said = "shows" if shown else "does not show"
        other = "'hidden_results' to 'after_published'" if shown else "'hidden_results' to 'hidden'"
        raise SettingsError(
            f"{source}: 'show_hidden' {said} students the results of hidden test cases, and 'hidden_results', which is "
            f"'{hidden_results}', says otherwise. Remove 'show_hidden', or set {other}"
        )


def _refuse(raw: Mapping[str, Any], source: str) -> None:
    """Check that none of Otter's keys is set that would do harm, or nothing.

    Raises:
        SettingsError: one is; the message has the reason.
    """
    for key, value in raw.items():
        usual, reason = REFUSED.get(key, (value, ""))
        if value is not usual and (type(value), value) != (type(usual), usual):
            way_out = f"Remove '{key}' from the top level"
            raise SettingsError(f"{source}: '{key}' cannot be set at the top level: {reason}. {way_out}")


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
    """The names that test cases, checks and reference solution import: ``POINTS``, and each value in capitals."""
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
        problem, _, place = str(error).partition(" - at `")  # then $.points, for example, or: key` in `$.points
        place = place.partition("$")[2].strip("`.")
        setting = f"'{place}': " if place else ""
        text = f"{source}: {where}{setting}{problem}"
        if "unknown field `" in problem:
            text += _suggestion(problem.split("`")[1], kind)
        raise SettingsError(text) from error


def _suggestion(name: str, kind: type[Any]) -> str:
    known = kind.__struct_fields__
    close = difflib.get_close_matches(name, known, n=1)
    return f" (did you mean '{close[0]}'?)" if close else f"; known settings: {', '.join(sorted(known))}"
