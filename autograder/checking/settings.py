"""The settings, for the test cases and the reference solution of an assignment as they lie in its folder.

In the zips there is no need for this: the generator writes the values in.
"""

from pathlib import Path
from typing import Any

from ..settings import FILE_NAME, constants, load, values_of


def constant(name: str, kind: type[Any], file: str) -> Any:
    """Return what a name in capitals stands for: ``POINTS``, or one of the assignment's own values.

    Args:
        name: the name.
        kind: the type of the assignment's values, a ``msgspec.Struct``.
        file: path of ``assignment/settings.py``; the settings lie in the folder above.

    Raises:
        AttributeError: there is no such name.
        SettingsError: the settings are missing or wrong.
    """
    if not name.isupper():
        raise AttributeError(name)
    path = Path(file).resolve().parents[1] / FILE_NAME
    settings = load(path)
    known = constants(settings, values_of(settings, kind, str(path)))
    if name not in known:
        raise AttributeError(f"{name} is none of {', '.join(known)}")
    return known[name]
