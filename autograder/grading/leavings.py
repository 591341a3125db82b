"""What programs leave beside a student's work: folders and files that are not part of a submission."""

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
    | ~\$.* | ~.*\.tmp | \.~lock\..*\# | \.~.* | .*\.(swp|swo|swn) | .*~ | \#.*\# | \.\#.* | .*\.py[co]  # editors
    | __zip_filename__
    """,
    re.VERBOSE | re.DOTALL,
)

#: Below these are notebooks that belong to libraries, or files that only look like notebooks.
_NO_COPY = re.compile(r"(?:site|dist)-packages/|node_modules/|__MACOSX/|(?:^|/)(?:\._|~\$)")

#: What Python's venv creates in the folder of an environment.
_VENV = frozenset({"bin", "include", "lib", "lib64", "share", "etc", "scripts", "pyvenv.cfg"})


#: Folders in which programs leave copies of a student's notebook. A message may name such a copy.
_COPIES = frozenset({".ipynb_checkpoints", ".virtual_documents", ".history", ".vscode", ".trash", ".trashes"})

_NEVER_READ = _FOLDERS - _COPIES

#: The paths of files that come with a handout: test cases, instructions, lists of packages.
_HANDOUT = re.compile(
    r"(?=.*\.(?:pyw?|zip|md|txt)\Z)(?:.*/)?tests?/.*|(?:.*/)?(?:(?:test_[^/]*|conftest|setup|__init__)\.py"
    r"|(?:readme|licen[cs]e|contributing|changelog|citation)(?:\.[^/]*)?|requirements[^/]*\.(?:txt|in)"
    r"|environment\.ya?ml|pyproject\.toml|makefile|setup\.cfg|uv\.lock|pipfile(?:\.lock)?|timestamp\.txt)",
    re.IGNORECASE | re.DOTALL,
)


def is_handout(name: str) -> bool:
    """Whether a file comes with a handout or a repository. It is never taken for a student's work."""
    return _HANDOUT.fullmatch(name) is not None


def walked(top: bool, folders: Sequence[str], files: Collection[str]) -> list[str]:
    """The folders to look into. Those that hold nothing but leavings are left out, as there may be many.

    Args:
        top: whether they are at the top. There, ``conda-meta`` does not make all of them an environment.
        folders: names of folders that lie in one folder.
        files: names of the files beside them.
    """
    if "conda-meta" in folders and not top:
        return []
    around = _VENV if "pyvenv.cfg" in files else frozenset()
    return [name for name in folders if name.lower() not in _NEVER_READ | around]


def is_never_read(name: str) -> bool:
    """Whether a file is in a folder that we do not even look into."""
    return not _NEVER_READ.isdisjoint(name.lower().split("/")[:-1])


def environments(names: Iterable[str]) -> dict[str, str]:
    """The folders that hold a Python environment, each with its kind: ``venv`` or ``conda``.

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
    """Whether a file was left by a program, not written by the student.

    Args:
        name: its path, with ``/`` between folders.
        around: the environments among the files; see ``environments``.
    """
    *folders, file = name.lower().split("/")
    if any(folder in _FOLDERS or folder.startswith(".trash") for folder in folders) or _FILES.fullmatch(file):
        return True
    if not around:
        return False
    above = (name[:end] for end in [0, *(match.end() for match in re.finditer("/", name))])  # there may be thousands
    return any(_belongs(name, folder, around[folder]) for folder in above if folder in around)


def _belongs(name: str, folder: str, kind: str) -> bool:
    first = name[len(folder) :].split("/")[0].lower()
    return first in _VENV or (kind == "conda" and (bool(folder) or first == "conda-meta"))


def is_hidden(name: str) -> bool:
    """Whether a file, or a folder above it, has a name that begins with a dot."""
    return any(part.startswith(".") and part not in {".", ".."} for part in name.split("/"))


def left_notebooks(names: Collection[str]) -> list[str]:
    """Copies of notebooks among what programs left, for a message. The one nearest to the top comes first."""
    found = [name for name in names if name.lower().endswith(".ipynb") and not _NO_COPY.search(name)]
    return sorted(found, key=lambda name: (name.count("/"), name))
