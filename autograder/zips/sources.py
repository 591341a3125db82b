"""The parts of an assignment: where they are, and which zip they go into."""

import copy
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import nbformat

from ..errors import BuildError
from ..grading.files import to_json
from ..grading.handout import HANDOUT_FILE, Handout, digest_of_cell
from ..otter_keys import WRITTEN_LOCK, makes_pdf
from ..settings import FILE_NAME, PLUGIN, Settings, load
from ..version import digest_of_package
from .bundle import bundle
from .cases import check_names, functions_of, questions_of
from .completeness import LEFT_OUT, check_complete
from .course import PATH, Course, read_course
from .handout import known_handout, make_notebook, notebook_name, render, variables
from .modules import Library
from .reference import Solution, read_reference

_TEMPLATES = Path(__file__).parent / "templates"

#: The engine itself. autograder.zip contains it, so that a zip grades with the code that built it.
_ENGINE = Path(__file__).parents[1]

#: The files that a folder must have, and the file that may replace the engine's own list of libraries.
_NEEDED = ("assignment/handout.py", "assignment/README.md", "assignment/requirements.txt", PATH)
_LIBRARIES = "requirements/grading.txt"


@dataclass(frozen=True)
class Sources:
    """The folder of an assignment, read with one set of settings."""

    root: Path
    """The folder with assignment, reference_solution and tests/otter."""
    config: Path
    """The settings file."""

    @cached_property
    def settings(self) -> Settings:
        """Our settings."""
        return load(self.config)

    @cached_property
    def otter_config(self) -> dict[str, Any]:
        """The content of the settings file: Otter's keys, and ours under the name of our plugin."""
        config: dict[str, Any] = json.loads(self.config.read_text(encoding="utf-8"))
        return config

    @cached_property
    def course(self) -> Course:
        """What the assignment adds to the settings."""
        return read_course(self.root, self.settings, self.config)

    @property
    def tests(self) -> Path:
        """The folder with the test files."""
        return self.root / "tests" / "otter"

    @cached_property
    def questions(self) -> list[str]:
        """The questions that have test cases."""
        return questions_of(self.tests)

    @property
    def written(self) -> list[str]:
        """The questions that a person grades: they have points, and no test cases."""
        return [question for question in self.settings.points if question not in self.questions]

    @cached_property
    def reference(self) -> dict[str, Solution]:
        """The functions that students write, by name."""
        functions = functions_of(self.tests, self.questions)
        return read_reference(self.root / "reference_solution", functions, self.course.constants)

    def check(self) -> None:
        """Check that all parts are there.

        Raises:
            BuildError: parts are missing, a question has no points, or PDFs are asked for and nothing is written.
            SettingsError: a setting is wrong.
        """
        self._check_files()
        own = self.root / _ENGINE.name
        if (own / "__init__.py").is_file() and digest_of_package(own) != digest_of_package():
            raise BuildError(
                f"{own} is not the program that is running, which is in {_ENGINE}: in the folder of the project, run "
                "'make clean build', or 'python -m pip install --editable .' and build again"
            )
        check_names(self.tests, self.questions)
        for question in self.questions:
            if question not in self.settings.points:
                raise BuildError(
                    f"{self.config}: 'points' has nothing for {question}, which tests/otter/{question}.py grades"
                )
        if makes_pdf(self.otter_config) and not self.written:
            raise BuildError(
                f"{self.config}: 'pdf' and 'token' ask for PDFs of written answers, but every question has test cases: "
                "remove them, or give points to a question without a file in tests/otter"
            )
        _ = self.course, self.reference

    def _check_files(self) -> None:
        """Check that the folder has all files that it must have; the message names all that are missing."""
        wanted = [*_NEEDED, *([FILE_NAME] if self.config == self.root / FILE_NAME else [])]
        missing = [name for name in wanted if not (self.root / name).is_file()]
        found = len(missing) < len(wanted) or bool(self.questions)
        missing += [] if self.questions else ["tests/otter/QUESTION.py"]
        if missing:
            todo = "add what is missing" if found else "run this in the folder of the assignment, or use --root"
            raise BuildError(f"there is no {', no '.join(missing)} in {self.root}: {todo}")

    @cached_property
    def public_tests(self) -> dict[str, str]:
        """The test files with their public cases only."""
        return self._bundled(public_only=True)

    @cached_property
    def all_tests(self) -> dict[str, str]:
        """The test files with all cases."""
        return self._bundled(public_only=False)

    @cached_property
    def _library(self) -> Library:
        return Library(self.root)

    def _bundled(self, public_only: bool) -> dict[str, str]:
        paths = [self.tests / f"{question}.py" for question in self.questions]
        return {path.name: bundle(path, self._library, self.course.constants, public_only) for path in paths}

    def notebook(self, solved: bool) -> bytes:
        """The student's notebook: with the stubs, or with the reference solution filled in."""
        cells = {name: one.standalone if solved else one.stub for name, one in self.reference.items()}
        names = variables(self.settings, self.course.texts, cells)
        return make_notebook(self.root / "assignment" / "handout.py", self.settings, names)

    def student_files(self) -> dict[str, bytes]:
        """The content of student.zip."""
        stubs = {name: one.stub for name, one in self.reference.items()}
        readme = render(self.root / "assignment" / "README.md", variables(self.settings, self.course.texts, stubs))
        files = {
            notebook_name(self.settings): self.notebook(solved=False),
            "README.md": readme.encode(),
            "requirements.txt": _content(self.root / "assignment" / "requirements.txt"),
        }
        return files | {f"tests/{name}": text.encode() for name, text in self.public_tests.items()}

    def autograder_files(self) -> dict[str, bytes]:
        """The content of autograder.zip: the files that Gradescope and ``otter grade`` need, and files/autograder."""
        files = {path.name: _content(path) for path in sorted(_TEMPLATES.iterdir()) if path.is_file()}
        if not makes_pdf(self.otter_config):
            files.pop(WRITTEN_LOCK, None)
        elif WRITTEN_LOCK not in files:
            raise BuildError(f"{_TEMPLATES / WRITTEN_LOCK} is missing: fetch the program again")
        if (self.root / _LIBRARIES).is_file():
            files["requirements.txt"] = _content(self.root / _LIBRARIES)
        files[FILE_NAME] = (json.dumps(self._config_with_handout(), indent=2) + "\n").encode()
        files |= {f"tests/{name}": text.encode() for name, text in self.all_tests.items()}
        if self.written:
            files[HANDOUT_FILE] = to_json(self._known_handout()).encode() + b"\n"
        for path in sorted(_ENGINE.rglob("*")):
            inner = path.relative_to(_ENGINE)
            if path.is_file() and not {"__pycache__", LEFT_OUT} & set(inner.parts):
                files[f"files/{_ENGINE.name}/{inner.as_posix()}"] = _content(path)
        check_complete(files, "files")
        return files

    def _known_handout(self) -> Handout:
        """What must be known about the handout to find written answers.

        Raises:
            BuildError: PDFs are asked for, but the handout does not say where the answers to a question are.
        """
        known = known_handout(self.notebook(solved=False), self.written)
        lack = known.lack(self.written)
        if lack and makes_pdf(self.otter_config):
            raise BuildError(f"no PDF can be made: {lack}")
        return known

    def _config_with_handout(self) -> dict[str, Any]:
        """The settings for autograder.zip: with digests of the handout's cells, whose output is not shown."""
        cells = nbformat.reads(self.notebook(solved=False), 4).cells
        digests = sorted({digest_of_cell(cell.source) for cell in cells if cell.cell_type == "code"})
        config = copy.deepcopy(self.otter_config)
        next(plugin[PLUGIN] for plugin in config["plugins"] if PLUGIN in plugin)["handout_cells"] = digests
        return config


def _content(path: Path) -> bytes:
    """The content of a text file, with the same line endings on every system. A checkout on Windows may have others."""
    return path.read_bytes().replace(b"\r\n", b"\n")
