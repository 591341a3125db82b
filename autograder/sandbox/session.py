"""One submission: its cells are run, and its functions are called for one test case after the other."""

import time
from collections.abc import Sequence
from contextlib import ExitStack

from ..checking.calls import PREPARE_SECONDS, FarError
from ..settings import Settings
from ..wire import schema
from ..wire.frames import Closed, Late, WireError
from .parent import Libraries, Sandbox
from .submission import Submission
from .text import clean
from .worker import Copy, TooMuch, Worker, decode_reply, started_worker

#: Seconds that the cells get beyond their limit, to be interrupted and to end.
GRACE = 5.0

#: How often the cells may be run: once more after each cell that ended the process, without that cell.
_ATTEMPTS = 4

#: Bytes of replies that are kept at a time.
_MOST = 32 * 2**20

#: What goes wrong with a process of a submission.
_TROUBLE = (Closed, Late, WireError, TooMuch)


class Ended(FarError):
    """A call that did not return: there is no error of the student's to tell, only how it ended."""

    outcome = "error"


class TimedOut(Ended):
    """A call that took too long."""

    outcome = "timed out"


class NotCalled(Ended):
    """A call that was not made any more: the time for the whole submission was over."""

    outcome = "not run"


class Session:
    """The processes of one submission. To be used as a context manager, which ends them all."""

    def __init__(self, sandbox: Sandbox, submission: Submission, names: Sequence[str], settings: Settings) -> None:
        """Prepare to run a submission.

        Args:
            sandbox: where.
            submission: what is run.
            names: of the functions that will be called.
            settings: for the time limits.
        """
        self.submission, self.names, self.settings = submission, names, settings
        self.cells: dict[int, schema.Cell] = {}
        self.functions: dict[str, str] = {}
        """What the names hold: ``callable``, or the name of a type; names that are not there are left out."""
        self.missing: dict[str, str] = {}
        """Why names are not there, where that is known."""
        self.notes: list[str] = []
        """What was done differently from the student's own machine, for the student."""
        self.threads = 0
        """How many threads the cells left running; test cases have none of them."""
        self.problem = ""
        """What ended the cells early, in words for the student."""
        self.late = False
        """Whether the time for the whole is over."""
        self.public = True
        """Whether no hidden input has been given away yet."""
        self.shared = False
        """Whether the copy has answered for other cases before."""
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
            for event in worker.run(self.submission, self.names, self._skip, settings.cells_seconds, deadline):
                if isinstance(event, schema.Ready):
                    self.functions = {name: kind for name, kind in event.functions.items() if name in self.names}
                    self.threads = event.threads
                    if self.public:
                        self.missing = event.missing
                        self.notes = [clean(note) for note in event.notes]
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
            self._keep(schema.Cell(number=number, failures=[failure]))

    def _keep(self, cell: schema.Cell) -> None:
        """Note what became of a cell, for the student; not where a copy with a hidden input may have had a part in it.

        The cells are run once more when a copy ends the worker, and the moment alone could tell something.
        """
        if self.public:
            self.cells[cell.number] = cell

    # ---- cases

    def begin_case(self, hidden: bool, fresh: bool) -> None:
        """The calls from now on are those of another case.

        Args:
            hidden: whether it is a hidden one: what has seen a hidden input never answers for a public case.
            fresh: whether it gets a new copy; else the one that answered for the cases before it.
        """
        if fresh or (hidden and self.public):
            self.end_copy()
        self.public = self.public and not hidden
        self.shared = self._copy is not None

    def end_copy(self) -> None:
        """End the copy, and all that came of it: the next one finds the machine as the cells left it."""
        if self._copy is not None:
            if self._worker is not None:
                self._worker.prune()
            self._copy.close()
            self._copy = None
            self.shared = False

    def exchange(self, orders: list[schema.Order]) -> tuple[list[bytes], Ended | None]:
        """Ask for calls, and wait for their replies.

        Returns:
            The replies as they came, to be decoded, and what ended the copy before it had answered them all. They may
            be fewer without such an end, where they are too large to be kept.
        """
        if self.late:
            return [], NotCalled("the time for the whole submission is over")
        replies: list[bytes] = []
        size = 0
        try:
            copy = self._copy_of_case()  # that may take its own time, if the cells have to be run once more
            copy.send(orders, min(time.monotonic() + self.settings.call_seconds, self._until))
            for order in orders:
                seconds = self.settings.call_seconds
                if order.prepare:
                    seconds = min(PREPARE_SECONDS, seconds)
                replies.append(copy.receive(min(time.monotonic() + seconds, self._until)))
                size += len(replies[-1])
                if size > _MOST:
                    self.end_copy()
                    break
        except _TROUBLE as trouble:
            self.end_copy()
            self.late = time.monotonic() >= self._until
            return replies, self._ending(trouble)
        return replies, None

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
        self.end_copy()
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


__all__ = ["Ended", "NotCalled", "Session", "TimedOut", "decode_reply"]
