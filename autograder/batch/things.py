"""What names of files and folders stand for: a person, a thing, or something that staff or a system put there."""

import json
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from ..grading.notebooks import try_notebook
from ..grading.submission import LONG

#: Names that are not a person's: parts of a project, kinds of work, copies.
_THINGS = re.compile(
    r"""
    (?: src | sources? | codes? | libs? | python | py | notebooks? | nb | data | datasets? | fig(?:ure)?s? | images?
      | img | pictures? | plots? | outputs? | results? | reports? | docs? | documents? | assets | models? | misc
      | checkpoints?
      | utils? | utilities | helpers? | common | tools? | functions? | modules? | scripts? | config | examples? | demo
      | temp | tmp | trash | old | backup | bak | archive | copy | copies | versions? | v | final | drafts? | new
      | untitled | unbenannt | scratch | tests? | testing | playground | main | index | submitted
      | abgaben? | hausaufgaben? | home-?works? | home | hw | assignments? | exercises? | ex | labs? | weeks? | sheets?
      | blatt | [uü]e?bung(?:en)? | aufgaben? | tasks? | projects? | parts? | questions? | q | solutions?
      | l(?:ö|oe)sung | answers? | downloads? | files? | work
    )
    (?: [ _.-]* (?:v|version)? [ _.-]* \d{1,2} | [ _-] (?:final|new|old|copy|backup) )* (?: [ ]\(\d+\) )?
    | submissions? | students? | class
    """,
    re.VERBOSE | re.IGNORECASE,
)  # fmt: skip

#: Names of folders that hold copies.
COPIES = re.compile(
    r"(?:old|backup|bak|archive|cop(?:y|ies)|drafts?|versions?|trash|te?mp)(?:[ _.-]*\d*)", re.IGNORECASE
)

#: Folders that staff put beside those of students.
STAFF = re.compile(
    r"shared|public|solutions?|reference(?:_solution)?|release|source|autograded|feedback|instructors?|templates?|starter"
    r"|handout|tests?",
    re.IGNORECASE,
)

#: What somebody may hand in instead of a notebook.
DOCUMENT = re.compile(
    r".*\.(?:pdf|docx?|odt|rtf|pages|html?|png|jpe?g|heic|gif|tiff?|webp|7z|rar|gz|tgz|tar|xz|bz2|url|webloc|lnk|tex)",
    re.IGNORECASE | re.DOTALL,
)

#: Files that systems and staff put beside those of students.
_LISTS = re.compile(
    r"index|(?:.*[ _-])?(?:grades?|marks|roster|submissions?|participants|class)|readme.*|info|comments?|manifest"
    r"|expected",
    re.IGNORECASE,
)

_ENDINGS = re.compile(
    r"(?:\.(?:ipynb|pyw?|ipy|zip|json|txt|pdf|docx?|odt|rtf|pages|html?|png|jpe?g|heic|gif|tiff?|webp|7z|rar|gz|tgz|tar"
    r"|xz|bz2|url|webloc|lnk|tex|md|csv))+$",
    re.IGNORECASE,
)
_COPIED = re.compile(r"[ _-]*(?:copy|kopie|copie|copia|backup|old|orig|final)[ _-]*\d*|[ _-]*\(\d+\)", re.IGNORECASE)

_IMPORT = re.compile(rb"\b(?:import|from)\s+((?:[\w\x80-\xff]+\.)*[\w\x80-\xff]+)")


def stem(name: str) -> str:
    """The name of a file without folders and endings, even if it is ``hw.ipynb.json`` or ``hw.PY``."""
    file = PurePosixPath(name).name
    return _ENDINGS.sub("", file) or file


def alike(name: str) -> str:
    """What copies of a file have in common."""
    plain = stem(name)
    return (_COPIED.sub("", plain) or plain).casefold()


def is_thing(plain: str, assignment: str) -> bool:
    """Whether a folder, or the stem of a file, is named after a thing or the assignment, not a person."""
    if assignment and plain.casefold().startswith(assignment.casefold()):
        plain = re.sub(r"^[\s_.-]+", "", _COPIED.sub("", plain[len(assignment) :]))
        return not plain or (plain.isdecimal() and len(plain) < 3) or _THINGS.fullmatch(plain) is not None
    return _THINGS.fullmatch(plain) is not None


def is_list(name: str) -> bool:
    """Whether a file is one that a system or staff put beside those of students, by its name."""
    return _LISTS.fullmatch(stem(name)) is not None


def imported(content: bytes) -> Iterator[str]:
    """The names of all modules that a notebook or script imports, and of the packages that they are in."""
    for match in _IMPORT.finditer(content):
        yield from match[1].decode("utf-8", "replace").split(".")


def names_assignment(content: bytes, assignment: str) -> bool:
    """Whether a file is a notebook whose metadata names an assignment."""
    if len(content) <= LONG:
        notebook = try_notebook(content)
        return notebook is not None and notebook.assignment == assignment
    spelled = "|".join(re.escape(json.dumps(assignment, ensure_ascii=ascii)) for ascii in (False, True))
    return re.search(rb'"assignment_name"\s*:\s*(?:' + spelled.encode() + rb")", content) is not None
