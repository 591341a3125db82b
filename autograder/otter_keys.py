"""Otter's own keys in otter_config.json: which can be set, which are refused, and which need each other."""

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

from .errors import SettingsError

#: The plugin that holds our own settings.
PLUGIN_CLASS = "AutograderPlugin"
PLUGIN = f"autograder.entry.otter_plugin.{PLUGIN_CLASS}"

#: The file that locks the versions of the packages that make PDFs. A zip has it if its settings ask for PDFs.
WRITTEN_LOCK = "requirements.written.txt"

GradescopeId = (
    Annotated[int, msgspec.Meta(ge=1)]
    | Annotated[str, msgspec.Meta(pattern=r"^[0-9]+\Z", max_length=20, description="digits")]
)


class OtterSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Otter's own keys that can be set here. Their meanings and defaults are Otter's, however work is graded."""

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
    pdf: bool = False
    token: Annotated[str, msgspec.Meta(pattern=r"^[!-~]+\Z", max_length=500, description="one word")] | None = None
    course_id: GradescopeId | None = None
    assignment_id: GradescopeId | None = None
    filtering: bool = False
    pagebreaks: bool = False
    warn_missing_pdf: bool = False


_UNPICKLED = "Otter would unpickle a file that the student wrote"

#: Otter's other keys: the default of each, which may also be written out, and why no other value is allowed.
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
    "pdf_via_html": (False, "PDFs are made without a browser and without LaTeX, in one way only"),
    "use_submission_pdf": (False, "the pages of a PDF that a student hands in are among the answers in our PDF"),
    "submit_blank_pdf_on_export_failure": (
        False,
        "what cannot be converted is shown as its source, so that a PDF is always made",
    ),
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


def check_agreement(raw: Mapping[str, Any], hidden_results: str, source: str) -> None:
    """Check that Otter's own key for hidden results, if it is set, agrees with ours.

    Raises:
        SettingsError: it does not; the message names both ways to fix it.
    """
    shown = raw.get("show_hidden")
    if shown is not None and shown is not (hidden_results != "hidden"):
        said = "shows" if shown else "does not show"
        other = "'hidden_results' to 'after_published'" if shown else "'hidden_results' to 'hidden'"
        raise SettingsError(
            f"{source}: 'show_hidden' {said} students the results of hidden test cases, and 'hidden_results', which is "
            f"'{hidden_results}', says otherwise. Remove 'show_hidden', or set {other}"
        )


def refuse(raw: Mapping[str, Any], source: str) -> None:
    """Check that no key of Otter's is set that would do harm or have no effect.

    Raises:
        SettingsError: one is set; the message gives the reason.
    """
    for key, value in raw.items():
        usual, reason = REFUSED.get(key, (value, ""))
        if value is not usual and (type(value), value) != (type(usual), usual):
            way_out = f"Remove '{key}' from the top level"
            raise SettingsError(f"{source}: '{key}' cannot be set at the top level: {reason}. {way_out}")


#: Where to find the value of each key that is needed to hand in a PDF.
_WHERE = {
    "token": "'python -c \"from otter.generate.token import APIClient; print(APIClient.get_token())\"' prints one",
    "course_id": "it is the number after 'courses/' in the address of the course on Gradescope",
    "assignment_id": "it is the number after 'assignments/' in the address of the assignment that takes the PDFs",
}

#: Keys that only matter if PDFs are made.
_ABOUT_PDFS = ("filtering", "pagebreaks", "warn_missing_pdf")


def makes_pdf(config: Mapping[str, Any]) -> bool:
    """Whether the content of otter_config.json asks for a PDF of each submission's written answers, as in Otter."""
    return bool(config.get("pdf")) or config.get("token") is not None


def check_pdf_keys(raw: Mapping[str, Any], source: str) -> None:
    """Check that keys which need each other are set together. No message holds the token.

    Raises:
        SettingsError: one is missing; the message names it and says where to find it.
    """
    given = [key for key in _WHERE if raw.get(key) is not None]
    for key in _WHERE if given else ():
        if key not in given:
            raise SettingsError(
                f"{source}: '{given[0]}' is set and '{key}' is not: PDFs are handed in to Gradescope only with all of "
                f"{', '.join(_WHERE)}. Set '{key}' ({_WHERE[key]}), or remove '{given[0]}'"
            )
    for key in _ABOUT_PDFS:
        if raw.get(key) and not makes_pdf(raw):
            raise SettingsError(
                f"{source}: '{key}' is about PDFs of written answers, but none are made: set 'pdf', or the keys "
                f"{', '.join(_WHERE)}, or remove '{key}'"
            )
