"""The settings, for test cases and a reference solution that run from an assignment's folder.

The zips do not need this module: the generator writes the values into their files.
"""

from pathlib import Path
from typing import Any

from ..settings import FILE_NAME, constants, load, values_of


def constant(name: str, kind: type[Any], file: str) -> Any:
    """Return the value of a name in capitals: ``POINTS``, or one of the assignment's own values.

    Args:
        name: the name.
        kind: the type of the assignment's values, a ``msgspec.Struct``.
        file: path of ``assignment/settings.py``. The settings file is in the folder above its own.

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
        raise AttributeError(f"there is no setting {name}; there are {', '.join(known)}")
    return known[name]
