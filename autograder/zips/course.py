"""Load a folder's ``assignment/settings.py``: the type of the assignment's values, and what is derived from them."""

import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import BuildError, SettingsError
from ..settings import Settings, constants, values_of

PATH = "assignment/settings.py"


@dataclass(frozen=True)
class Course:
    """What one assignment adds to the settings that all assignments have."""

    values: Any
    """Its values, of its own type."""
    constants: dict[str, Any]
    """The names that test cases, checks and reference solution import."""
    secrets: dict[str, Any]
    """Values that students must not find in their zip, by name."""
    texts: dict[str, Any]
    """Variables for the texts for students."""


def read_course(root: Path, settings: Settings, config: Path) -> Course:
    """Load the assignment's settings.py, and fill in its values.

    The file is the instructor's own, so it is trusted. Its module gets a neutral name, so that the assignments of two
    folders do not clash.

    Raises:
        BuildError: the file cannot be loaded, or lacks the class ``Values``.
        SettingsError: a value is unknown, missing or wrong.
    """
    path = root / PATH
    try:
        spec = importlib.util.spec_from_file_location("settings_of_the_assignment", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        kind = vars(module)["Values"]
        values = values_of(settings, kind, str(config))
        texts = dict(vars(module)["handout"](values)) if "handout" in vars(module) else {}
        secrets = {name: getattr(values, name) for name in vars(module).get("SECRET", ())}
    except SettingsError:
        raise
    except KeyError as error:
        raise BuildError(f"{path}: the class {error} is missing: it declares the assignment's own settings") from error
    except (Exception, SystemExit) as error:
        raise BuildError(f"{path} cannot be loaded: {type(error).__name__}: {error}") from error
    return Course(values, constants(settings, values), secrets, texts)
