"""How course systems name what people handed in: one table, each entry with its source.

A pattern is matched against the whole path of a file in a download, without outer folders that hold everything. Its
named groups are those of ``--pattern`` (see ``GROUPS``) and some of our own: ``kind`` is set for files that staff
wrote, ``note`` for a file in which the system describes an attempt, ``attachment`` is the number of an uploaded file,
and ``assignment`` is the name of an assignment.
"""

import re
from dataclasses import dataclass
from typing import Literal

#: The named groups that ``--pattern`` may have.
GROUPS = ("student", "id", "email", "submitted", "attempt", "late", "file")

#: The group ``kind`` of a file that staff wrote.
FEEDBACK = "feedback"


Others = Literal["none", "fewer", "any"]


@dataclass(frozen=True)
class Pattern:
    """One way in which a system names files."""

    system: str
    regex: re.Pattern[str]
    source: str
    """Where it is documented."""
    sign: re.Pattern[str] | None = None
    """If the pattern alone says too little: what the path of another file in such a download looks like."""
    others: Others = "fewer"
    """How many gradable files may fail to match: none, no more than match, or any number."""
    folders: bool = False
    """Whether somebody may have a folder with nothing in it."""


def _pattern(
    system: str, regex: str, source: str, others: Others = "fewer", sign: str = "", folders: bool = False
) -> Pattern:
    shown = re.compile(sign, re.DOTALL) if sign else None
    return Pattern(system, re.compile(regex, re.DOTALL), source, shown, others, folders)


_CANVAS = "lib/content_zipper.rb in github.com/instructure/canvas-lms: get_filename, add_upload_submission"
_MOODLE = "mod/assign/classes/downloader.php in github.com/moodle/moodle: get_student_prefix; before, locallib.php"
_BRIGHTSPACE = "D2L Brightspace, 'Download all submissions of an assignment': community.d2l.com"
_BLACKBOARD = "Blackboard Learn, 'Download Assignments': help.blackboard.com/Learn/Instructor/Original/Assignments"
_TEAMS = "Microsoft 365 Education, 'Assignments data in SharePoint document libraries': learn.microsoft.com"
_NBGRADER = "nbgrader, 'The philosophy and the approach': nbgrader.readthedocs.io, user_guide/philosophy"
_EXCHANGE = "nbgrader, 'Exchange API', and nbgrader/exchange/default/collect.py: nbgrader.readthedocs.io"
_HUB = "The Littlest JupyterHub, 'Security considerations': users have home folders: tljh.jupyter.org"
_CLASSROOM = "GitHub CLI, 'gh classroom clone student-repos': docs.github.com, teach-with-github-classroom"
_GRADESCOPE = "Gradescope, 'Export submissions': guides.gradescope.com; submission_metadata.yml lies beside the folders"

#: At the beginning of a pattern: the path has no folder in it. Students choose the names of their own files. So
#: rejecting a name must take a time that grows in proportion to its length, not to the square of its length.
_ALONE = r"(?![^/]*/)"

_ANON = r"(?:(?P<late>LATE)_)?(?P<student>anon_(?P<id>[A-Za-z0-9]+))"
_ANON_LATE = r"(?P<student>anon_(?P<id>[A-Za-z0-9]+))_(?P<late>LATE)"
_CANVAS_NAME = r"(?P<student>(?!anon_)\w+?)(?:_(?P<late>LATE))?_(?P<id>\d+)"
_CANVAS_FILE = r"_(?P<attachment>\d+)_(?P<file>[^/]+)"
_CANVAS_TEXT = r"_(?P<file>(?:text|link)\.html)"
_MOODLE_NAME = r"(?P<student>[^/]+?)(?:_(?P<id>\d+))?_assign(?:submission|(?P<kind>feedback))_[a-z]+"
_BRIGHTSPACE_NAME = r"(?P<id>\d+)-\d+ - (?P<student>[^/]+?)"
_BRIGHTSPACE_DATE = r"(?P<submitted>(?=(?:(?! - )[^/])*?\d{4})(?:(?! - )[^/])+)"
_BLACKBOARD_NAME = r"(?P<id>[^/]+?)_attempt_(?P<submitted>\d{4}(?:-\d\d){5})"
_VERSION = r"Vers\w* (?P<attempt>\d+)/(?P<file>.+)"
_LOGIN = r"(?P<student>(?P<id>[^/+]+))"
_TIMESTAMP = r"(?P<submitted>\d{4}-\d\d-\d\d[ _T]\d\d[-:_]\d\d[-:_]\d\d[^/+]*)"

#: The table. If several systems fit, the one that finds the most people is taken, or the first of these.
PATTERNS = (
    _pattern(
        "Gradescope", r"(?P<student>[^/]+)/(?P<file>.+)", _GRADESCOPE, "any", r"(?i:submission_metadata\.ya?ml)", True
    ),
    _pattern("Moodle", rf"{_MOODLE_NAME}_?/(?P<file>.+)", _MOODLE, "any", folders=True),
    _pattern("Moodle", rf"{_ALONE}{_MOODLE_NAME}_(?P<file>[^/]+)", _MOODLE),
    _pattern("Canvas", _ALONE + _ANON_LATE + _CANVAS_FILE, _CANVAS),
    _pattern("Canvas", _ALONE + _ANON + _CANVAS_FILE, _CANVAS),
    _pattern("Canvas", _ALONE + _ANON + _CANVAS_TEXT, _CANVAS),
    _pattern("Canvas", _ALONE + _CANVAS_NAME + _CANVAS_FILE, _CANVAS),
    _pattern("Canvas", _ALONE + _CANVAS_NAME + _CANVAS_TEXT, _CANVAS),
    _pattern("Blackboard", rf"{_ALONE}{_BLACKBOARD_NAME}(?:_(?P<file>[^/]+)|(?P<note>\.txt))", _BLACKBOARD),
    _pattern(
        "Brightspace", rf"{_BRIGHTSPACE_NAME} - {_BRIGHTSPACE_DATE}/(?P<file>.+)", _BRIGHTSPACE, "any", folders=True
    ),
    _pattern("Brightspace", rf"{_ALONE}{_BRIGHTSPACE_NAME} - {_BRIGHTSPACE_DATE} - (?P<file>[^/]+)", _BRIGHTSPACE),
    _pattern("Teams", rf"Submitted files/(?P<student>[^/]+)/(?:(?P<assignment>[^/]+)/)?{_VERSION}", _TEAMS, "any"),
    _pattern("Teams", rf"(?P<student>[^/]+)/(?!Vers\w* \d+/)(?P<assignment>[^/]+)/{_VERSION}", _TEAMS, "none"),
    _pattern("Teams", rf"(?P<student>[^/]+)/{_VERSION}", _TEAMS, "none"),
    _pattern("nbgrader", rf"submitted/{_LOGIN}/(?P<file>[^/]+/.+)", _NBGRADER, "any"),
    _pattern("nbgrader", rf"{_LOGIN}/(?P<file>[^/]+/.+)", _NBGRADER, "none", r"[^/]+/[^/]+/timestamp\.txt"),
    _pattern(
        "nbgrader's exchange",
        rf"(?:inbound/)?{_LOGIN}\+(?P<assignment>[^/+]+)\+{_TIMESTAMP}(?:\+[^/]*)?/(?P<file>.+)", _EXCHANGE, "any",
    ),
    _pattern("JupyterHub", r"home/(?P<student>[^/]+)/(?P<file>.+)", _HUB, "any", folders=True),
)  # fmt: skip

#: All other downloads: folders of repositories (``ASSIGNMENT-USER``), home folders, student folders, plain files.
#: The shape of a download says whether it is one of these.
FOLDERS = _pattern("a folder for each student", r"(?P<student>[^/]+)/(?P<file>.+)", f"{_CLASSROOM}; {_HUB}")
FILES = _pattern(
    "a file for each student", _ALONE + r"(?P<file>(?P<student>[^/.]+)[^/]*)", "files as they come by mail"
)


def custom(text: str) -> Pattern:
    """The pattern of ``--pattern``.

    Raises:
        ValueError: it is not a regular expression, or it has the wrong named groups.
    """
    try:
        regex = re.compile(text, re.DOTALL)
    except re.error as error:
        raise ValueError(f"it is not a regular expression: {error}") from error
    odd = sorted(set(regex.groupindex) - set(GROUPS))
    if odd or not {"student", "id", "email"} & set(regex.groupindex):
        told = f"it has {', '.join(odd)}" if odd else "it names nobody"
        raise ValueError(f"its named groups may be {', '.join(GROUPS)}, with at least one of the first three; {told}")
    return Pattern("--pattern", regex, "the command line", others="any")
