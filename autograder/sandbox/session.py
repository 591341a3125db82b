"""Grading one submission: its cells are run, and its functions answer for one test case after the other."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from ..checking.calls import FarError
from ..grading.submission import Submission
from ..settings import Settings
from ..wire import schema
from ..wire.frames import Closed, Late, WireError
from .parent import Libraries, Sandbox
from .worker import Copy, TooMuch, Worker, decode_answer, started_worker

#: Seconds that the cells get beyond their limit, to be interrupted and to end.
GRACE = 5.0

#: How often the cells may be run: once more after each cell that ended the process, without that cell.
_ATTEMPTS = 4

#: What goes wrong with a process of a submission.
_TROUBLE = (Closed, Late, WireError, TooMuch)


class Ended(FarError):
    """A call that did not return: there is no error of the student's to tell, only how it ended."""

    outcome = "error"


class TimedOut(Ended):
    """A call that took too long."""

    outcome = "timed out"


class Session:
    """The processes of one submission. To be used as a context manager, which ends them all."""

    def __init__(self, sandbox: Sandbox, submission: Submission, settings: Settings) -> None:
        self.submission, self.settings = submission, settings
        self.cells: dict[int, schema.Cell] = {}
        self.functions: dict[str, str] = {}
        self.problem = ""
        """What ended the cells early, in words for the student."""
        self.late = False
        """Whether the time for the whole is over."""
        self.public = True
        """Whether no hidden input has been given away yet."""
        self.remarks: list[str] = []
        """For staff."""
        self._sandbox = sandbox
        self._stack = ExitStack()
        self._worker: Worker | None = None
        self._copy: Copy | None = None
        self._skip: list[int] = []
        self._attempts = 0
        self._until = time.monotonic() + settings.total_seconds

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    # ---- cells

    def run_cells(self) -> bool:
        """Run the cells; whether the functions can be called now.

        A cell that ends the process, or can't be interrupted, is left out when the cells are run once more.

        Raises:
            SandboxError: the submission cannot be run safely on this machine.
        """
        while self._attempts < _ATTEMPTS and not self.late:
            self._attempts += 1
            if self._run_once():
                return True
        return False

    def _run_once(self) -> bool:
        self._end()
        self.functions = {}
        settings = self.settings
        deadline = min(time.monotonic() + settings.cells_seconds + GRACE, self._until)
        self._worker = worker = self._stack.enter_context(started_worker(self._sandbox, _libraries(self.submission)))
        if self._attempts == 1 and worker.confined:
            self.remarks.append("confined by " + ", ".join(worker.confined.layers))
            self.remarks += [f"not confined by {what}" for what in worker.confined.missing]
        last = 0
        try:
            for event in worker.run(self.submission, self._skip, settings.cells_seconds, deadline):
                if isinstance(event, schema.Ready):
                    self.functions = {n: kind for n, kind in event.functions.items() if len(n) < 20}
                    self.problem = ""
                    return True
                if not last < event.number <= len(self.submission.cells):
                    raise WireError("a cell out of turn")
                last = event.number
                self._keep(event)
                if event.slow:
                    self._skip.append(last)
        except _TROUBLE as trouble:
            self._blame(last + 1, trouble)
        return False

    def _blame(self, number: int, trouble: Exception) -> None:
        """Note which cell ended the process, so that the next attempt leaves it out."""
        while number in self._skip:
            number += 1
        self._skip.append(number)
        self.late = time.monotonic() >= self._until
        self.problem = _why(trouble, self.settings.cells_seconds)
        failure = schema.Failure(kind="", text=self.problem)
        if number <= len(self.submission.cells):
            self._keep(schema.Cell(number=number, failure=failure))

    def _keep(self, cell: schema.Cell) -> None:
        """Note what became of a cell, for the student; not where a copy with a hidden input may have had a part in it.

        The cells are run once more when a copy ends the worker, and the moment alone could tell something.
        """
        if self.public:
            self.cells[cell.number] = cell

    # ---- cases

    def begin_case(self, hidden: bool) -> None:
        """From now on calls go to a new copy."""
        self.end_case()
        self.public = self.public and not hidden

    def end_case(self) -> None:
        """End the copy of the case, and all that came of it: the next one finds the machine as the cells left it."""
        if self._copy is not None:
            if self._worker is not None:
                self._worker.prune()
            self._copy.close()
            self._copy = None

    @property
    def lost(self) -> bool:
        """Whether there is no copy, so that the next call will go to a new one."""
        return self._copy is None

    def send(self, calls: list[schema.Call]) -> None:
        """Ask for calls; their answers come in the same order.

        Raises:
            Ended: the process of the case is gone, with the reason.
        """
        with self._minding():
            copy = self._copy_of_case()  # that may take its own time, if the cells have to be run once more
            copy.send(calls, min(time.monotonic() + self.settings.call_seconds, self._until))

    def answer(self, seconds: float | None = None) -> schema.Answer:
        """Wait for the answer of the next call.

        Args:
            seconds: how long; as long as a call may take if not given.

        Raises:
            Ended: it did not return, with the reason.
        """
        body = self.receive(seconds)
        with self._minding():
            return decode_answer(body)

    def receive(self, seconds: float | None = None) -> bytes:
        """Wait for the answer of the next call, and leave it as it came; see ``answer``."""
        seconds = self.settings.call_seconds if seconds is None else min(seconds, self.settings.call_seconds)
        with self._minding():
            if self._copy is None:
                raise Closed
            return self._copy.receive(min(time.monotonic() + seconds, self._until))

    @contextmanager
    def _minding(self) -> Iterator[None]:
        """Whatever goes wrong with a copy within the block is its end."""
        try:
            yield
        except _TROUBLE as trouble:
            self.end_case()
            self.late = time.monotonic() >= self._until
            raise self._ending(trouble) from None
        except BaseException:  # our own clock interrupts a call
            self.end_case()
            raise

    def _copy_of_case(self) -> Copy:
        if self._copy is None:
            if self._worker is None:
                raise Closed
            try:
                self._copy = self._worker.fork()
            except Closed:  # what answered for an earlier case has ended the worker as well
                if not self.run_cells():
                    raise
                self._copy = self._worker.fork()
        return self._copy

    def _ending(self, trouble: Exception) -> Ended:
        if isinstance(trouble, Late):
            if self.late:
                return TimedOut(f"the {self.settings.total_seconds:g} seconds for the whole submission are over")
            return TimedOut(f"stopped after {self.settings.call_seconds:g} seconds; there may be an endless loop")
        if isinstance(trouble, TooMuch):
            return Ended("stopped because it wrote too much to the disk")
        return Ended("its process ended, by a crash, an exit, or too much memory in use")

    def _end(self) -> None:
        self.end_case()
        worker, self._worker = self._worker, None
        self._stack.close()
        if worker is not None and worker.kept is not None:
            kept = worker.kept
            self.remarks.append(f"used {kept.seconds:.2f} s of processor time and {kept.memory >> 20} MB of memory")
            if kept.left:
                self.remarks.append(f"left {kept.left} processes behind, which were ended")


#: What only some submissions import, which takes long, and the words in their code that tell.
_LIBRARIES = {
    "scipy.special": ("scipy",),
    "scipy.stats": ("scipy", "stats"),
    "scipy.optimize": ("kamada_kawai",),
    "pandas": ("pandas",),
}


def _libraries(submission: Submission) -> Libraries:
    """What a submission seems to need beside what every submission needs; if it does not, nothing is lost."""
    texts = [text.encode("utf-8", "replace") for text in submission.cells]
    texts += [content for name, content in submission.files.items() if name.endswith(".py")]
    text = b"\n".join(texts)
    return tuple(name for name, words in _LIBRARIES.items() if all(word.encode() in text for word in words))


def _why(trouble: Exception, seconds: float) -> str:
    if isinstance(trouble, Late):
        return f"it did not end within {seconds:g} seconds and could not be interrupted: is there an endless loop?"
    if isinstance(trouble, TooMuch):
        return "it was stopped because it wrote too much to the disk"
    return "it ended the process: is there a crash, an exit, or too much memory in use?"
