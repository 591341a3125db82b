"""What programs leave beside a student's work: folders and files that are no part of a submission."""

import re
from collections.abc import Collection, Iterable, Sequence

_FOLDERS = frozenset(
    """
    __macosx __pycache__ __pypackages__ node_modules site-packages dist-packages $recycle.bin @eadir lost+found
    .ipynb_checkpoints .virtual_documents .history .vscode .idea .spyproject .spyder-py3 .vs .git .hg .svn .bzr
    .venv .tox .nox .eggs .conda .mamba .pixi .mypy_cache .pytest_cache .ruff_cache .cache .local .config .jupyter
    .ipython .npm .trash .trashes .fseventsd .spotlight-v100 .temporaryitems .dropbox.cache .hypothesis .matplotlib
    """.split()
) | {"system volume information"}  # fmt: skip

_FILES = re.compile(
    r"""
    \._.* | \.ds_store | \.localized | icon\r | thumbs\.db | ehthumbs\.db | desktop\.ini   # file managers
    | ~\$.* | ~.*\.tmp | \.~lock\..*\# | \.~.* | .*\.(swp|swo|swn) | .*~ | \.?\#.*\#? | .*\.py[co]  # editors, Python
    | __zip_filename__
    """,
    re.VERBOSE | re.DOTALL,
)

#: Below these lie notebooks of libraries, or files that are none.
_NO_COPY = re.compile(r"(?:site|dist)-packages/|node_modules/|__MACOSX/|(?:^|/)(?:\._|~\$)")

#: What Python's venv puts into the folder that it is made in.
_VENV = frozenset({"bin", "include", "lib", "lib64", "share", "etc", "scripts", "pyvenv.cfg"})


#: Folders of leavings in which copies of a student's notebook lie: a message may name them.
_COPIES = frozenset({".ipynb_checkpoints", ".virtual_documents", ".history", ".vscode", ".trash", ".trashes"})

#: What the handout brought, by its path: test cases, instructions, lists of packages.
_HANDOUT = re.compile(
    r"(?:.*/)?(?:tests?/(?:.*/)?[^/]*\.(?:pyw?|zip|md|txt)|(?:test_[^/]*|conftest|setup|__init__)\.py"
    r"|(?:readme|licen[cs]e|contributing|changelog|citation)(?:\.[^/]*)?|requirements[^/]*\.(?:txt|in)"
    r"|environment\.ya?ml|pyproject\.toml|makefile|setup\.cfg|uv\.lock|pipfile(?:\.lock)?|timestamp\.txt)",
    re.IGNORECASE | re.DOTALL,
)


def is_handout(name: str) -> bool:
    """Whether a file comes with a handout or a repository: it is no student's work, whatever else is missing."""
    return _HANDOUT.fullmatch(name) is not None


def walked(top: bool, folders: Sequence[str], files: Collection[str]) -> list[str]:
    """Which folders to look into: not those that hold nothing but leavings, however many.

    Args:
        top: whether they lie at the top, where a folder of an environment need not be one.
        folders: names of folders that lie in one folder.
        files: names of the files beside them.
    """
    if "conda-meta" in folders and not top:
        return []
    around = _VENV if "pyvenv.cfg" in files else frozenset()
    return [name for name in folders if name.lower() not in (_FOLDERS - _COPIES) | around]


def is_never_read(name: str) -> bool:
    """Whether a file lies in a folder that is not even looked into."""
    return any(folder in _FOLDERS - _COPIES for folder in name.lower().split("/")[:-1])


def environments(names: Iterable[str]) -> dict[str, str]:
    """The folders that hold an environment of Python's, by the file or folder that shows it.

    Args:
        names: the paths of all files, with ``/`` between folders.
    """
    found = {}
    for name in names:
        if name == "pyvenv.cfg" or name.endswith("/pyvenv.cfg"):
            found[name.removesuffix("pyvenv.cfg")] = "venv"
        elif match := re.match(r"(?:.*?/)?(?=conda-meta/)", name):
            found[match[0]] = "conda"
    return found


def is_leaving(name: str, around: dict[str, str] | None = None) -> bool:
    """Whether a program left a file there that a student did not write.

    Args:
        name: its path, with ``/`` between folders.
        around: the environments that lie beside it.
    """
    *folders, file = name.lower().split("/")
    if any(folder in _FOLDERS or folder.startswith(".trash") for folder in folders) or _FILES.fullmatch(file):
        return True
    return any(_belongs(name, folder, kind) for folder, kind in (around or {}).items())


def _belongs(name: str, folder: str, kind: str) -> bool:
    if not name.startswith(folder):
        return False
    first = name[len(folder) :].split("/")[0].lower()
    return first in _VENV or (kind == "conda" and (bool(folder) or first == "conda-meta"))


def is_hidden(name: str) -> bool:
    """Whether a file, or a folder above it, has a name that begins with a dot."""
    return any(part.startswith(".") and part not in {".", ".."} for part in name.split("/"))


def left_notebooks(names: Collection[str]) -> list[str]:
    """Copies of notebooks among what was left behind, for a message; the one nearest to the top comes first."""
    found = [name for name in names if name.lower().endswith(".ipynb") and not _NO_COPY.search(name)]
    return sorted(found, key=lambda name: (name.count("/"), name))
