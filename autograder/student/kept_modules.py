"""Libraries that stay what they are when a submission imports or reloads them anew.

Some notebooks take a library out of ``sys.modules`` and import it again. They would get other classes than those that
this side looks for, and wait for the import. So the module that was loaded first is given once more.
"""

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

_PACKAGES = {"numpy", "scipy", "pandas", "matplotlib", "mpl_toolkits", "networkx", "PIL", "IPython"}


class KeptModules(MetaPathFinder, Loader):
    """Finds the modules that were loaded when it was made."""

    def __init__(self) -> None:
        self._kept = {name: module for name, module in sys.modules.items() if name.partition(".")[0] in _PACKAGES}

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Return how to load a module that is kept, or None for any other."""
        kept = self._kept.get(name)
        if kept is None:
            return None
        return ModuleSpec(name, self, origin=getattr(kept, "__file__", None), is_package=hasattr(kept, "__path__"))

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return the module as it was loaded first."""
        return self._kept[spec.name]

    def exec_module(self, module: ModuleType) -> None:
        """It was run when it was loaded first."""


def keep_modules() -> None:
    """Keep what is loaded now."""
    sys.meta_path.insert(0, KeptModules())
