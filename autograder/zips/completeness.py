"""Whether autograder.zip has everything that it needs: in a checkout, files may be missing."""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from ..errors import BuildError

#: What Gradescope and ``otter grade`` need besides the test files and the package.
NEEDED = (
    "setup.sh", "run_autograder", "run_otter.py", "environment.yml", "requirements.txt", "requirements.uv.txt",
)  # fmt: skip

#: The part of the package that the zip does not have: containers build no zips.
LEFT_OUT = "zips"

#: What a module imports from its own package, even inside functions.
_RELATIVE = re.compile(r"^[ \t]*from (\.+)([\w.]*) import ([\w, ]*)", re.MULTILINE)
#: What a script imports of the package.
_ABSOLUTE = re.compile(r"^[ \t]*from (autograder(?:\.\w+)+) import ", re.MULTILINE)


def check_complete(files: Mapping[str, bytes], package: str) -> None:
    """Check that nothing is missing.

    Args:
        files: the content of the zip, by path.
        package: the folder in the zip that contains the package's folder.

    Raises:
        BuildError: files are missing; the message names them.
    """
    missing = [name for name in NEEDED if name not in files]
    for name, content in files.items():
        if name.endswith(".py") and (name.startswith(package) or name in NEEDED):
            wanted = _imported(PurePosixPath(name), content.decode("utf-8"), PurePosixPath(package))
            missing += [f"{path}.py" for path in wanted if not _has(files, path)]
    if missing:
        raise BuildError(
            f"autograder.zip would lack {', '.join(dict.fromkeys(missing))}: the program is not complete. Fetch it "
            "again; in a clone, 'git status' shows what is missing. The old zips are unchanged"
        )


def _imported(module: PurePosixPath, source: str, package: PurePosixPath) -> Iterator[PurePosixPath]:
    """The modules of the package that a module imports, as paths without an ending."""
    if module.is_relative_to(package):
        yield module.with_name("__init__")
    for dots, name, imported in _RELATIVE.findall(source):
        folder = module.parents[len(dots) - 1]
        if name:
            yield folder.joinpath(*name.split("."))
        else:  # modules, or names with a capital letter or an underscore that the package itself defines
            yield from (folder / one for one in imported.replace(" ", "").split(",") if one[:1].islower())
    for name in _ABSOLUTE.findall(source):
        yield package.joinpath(*name.split("."))


def _has(files: Mapping[str, bytes], path: PurePosixPath) -> bool:
    return f"{path}.py" in files or f"{path}/__init__.py" in files or LEFT_OUT in path.parts
