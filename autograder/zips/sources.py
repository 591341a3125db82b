"""Where the parts of the assignment are, and what goes into the two zips."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..errors import BuildError
from ..settings import FILE_NAME, Settings, load
from .bundle import bundle
from .handout import make_notebook, notebook_name, render
from .reference import solutions, stubs, with_constants

_TEMPLATES = Path(__file__).parent / "templates"
_QUESTIONS = ("q3", "q4", "q5")


@dataclass(frozen=True)
class Sources:
    """The project's folder, read with one set of settings."""

    root: Path
    """The folder with assignment, reference_solution, tests, autograder and requirements."""
    config: Path
    """The settings file."""

    @cached_property
    def settings(self) -> Settings:
        """Our settings."""
        return load(self.config)

    def check(self) -> None:
        """Raise a BuildError that names the first part that is missing."""
        needed = ["assignment/handout.py", "assignment/README.md", "assignment/requirements.txt"]
        needed += ["reference_solution/network.py", "reference_solution/unfolded.py", "requirements/grading.txt"]
        needed += [f"tests/otter/{question}.py" for question in _QUESTIONS]
        for name in needed:
            if not (self.root / name).is_file():
                raise BuildError(
                    f"there is no {name} in {self.root}: run in the project's folder, or name it with --root"
                )

    @cached_property
    def public_tests(self) -> dict[str, str]:
        """The test files with their public cases only."""
        return self._tests(public_only=True)

    @cached_property
    def all_tests(self) -> dict[str, str]:
        """The test files with all cases."""
        return self._tests(public_only=False)

    def _tests(self, public_only: bool) -> dict[str, str]:
        folder = self.root / "tests" / "otter"
        return {f"{q}.py": bundle(folder / f"{q}.py", self.root, self.settings, public_only) for q in _QUESTIONS}

    @property
    def reference(self) -> Path:
        """The package of the reference solution."""
        return self.root / "reference_solution"

    def notebook(self, solved: bool) -> bytes:
        """The student's notebook: with the stubs, or with the reference solution filled in."""
        cells = (solutions if solved else stubs)(self.reference, self.settings)
        return make_notebook(self.root / "assignment" / "handout.py", self.settings, cells)

    def student_files(self) -> dict[str, bytes]:
        """The content of student.zip."""
        readme = render(self.root / "assignment" / "README.md", self.settings, stubs(self.reference, self.settings))
        files = {
            notebook_name(self.settings): self.notebook(solved=False),
            "README.md": readme.encode(),
            "requirements.txt": (self.root / "assignment" / "requirements.txt").read_bytes(),
        }
        return files | {f"tests/{name}": text.encode() for name, text in self.public_tests.items()}

    def autograder_files(self) -> dict[str, bytes]:
        """The content of autograder.zip: what Gradescope and ``otter grade`` copy, with our package under files/."""
        files = {path.name: path.read_bytes() for path in sorted(_TEMPLATES.iterdir()) if path.is_file()}
        files["requirements.txt"] = (self.root / "requirements" / "grading.txt").read_bytes()
        files["requirements.uv.txt"] = (self.root / "requirements" / "bootstrap.txt").read_bytes()
        config = json.loads(self.config.read_text(encoding="utf-8"))
        files[FILE_NAME] = (json.dumps(config, indent=2) + "\n").encode()
        files |= {f"tests/{name}": text.encode() for name, text in self.all_tests.items()}
        files |= {
            f"files/reference_solution/{name}": text.encode()
            for name, text in with_constants(self.reference, self.settings).items()
        }
        package = self.root / "autograder"
        for path in sorted(package.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                files[f"files/autograder/{path.relative_to(package).as_posix()}"] = path.read_bytes()
        return files
