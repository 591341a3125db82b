"""What a folder's ``assignment/settings.py`` says: the type of its values, and what is made of them."""

import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import BuildError, SettingsError
from ..settings import Settings, constants, values_of

PATH = "assignment/settings.py"


@dataclass(frozen=True)
class Course:
    """What an assignment adds to the settings that every one has."""

    values: Any
    """Its values, of its own type."""
    constants: dict[str, Any]
    """The names that test cases, checks and reference solution import."""
    secrets: dict[str, Any]
    """Values that students must not find in their zip, by name."""
    texts: dict[str, Any]
    """What the texts for students may use."""


def read_course(root: Path, settings: Settings, config: Path) -> Course:
    """Load the assignment's settings.py, and fill its values in.

    The file is the instructor's own. It is loaded under a name of ours: the assignments of two folders do not meet.

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
        raise BuildError(f"{path}: there is no class {error}: it says which values the settings may have") from error
    except (Exception, SystemExit) as error:
        raise BuildError(f"{path} cannot be loaded: {type(error).__name__}: {error}") from error
    return Course(values, constants(settings, values), secrets, texts)
