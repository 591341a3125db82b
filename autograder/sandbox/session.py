"""One submission: its cells are run, and its functions are called for one test case after the other."""

from collections.abc import Sequence
from contextlib import ExitStack

from msgspec.structs import replace

from ..checking.calls import PREPARE_SECONDS, FarError
from ..settings import Settings
from ..wire import schema
from ..wire.frames import Closed, Late, WireError
from .clocks import Clock
from .parent import Libraries, Sandbox
from .submission import Submission
from .usage import Used, bounds_of
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
        self._clock = Clock(settings.total_seconds)

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
        started = started_worker(self._sandbox, _libraries(self.submission), bounds_of(settings, self.submission))
        self._worker = worker = self._stack.enter_context(started)
        clock = Clock(settings.cells_seconds + GRACE, within=self._clock)
        if self._attempts == 1 and worker.confined:
            self.remarks.append("confined by " + ", ".join(worker.confined.layers))
            self.remarks += [f"not confined by {what}" for what in worker.confined.missing]
        last = 0
        try:
            for event in worker.run(self.submission, self.names, self._skip, settings.cells_seconds, clock):
                if isinstance(event, schema.Ready):
                    self.functions = {name: kind for name, kind in event.functions.items() if name in self.names}
                    self.problem = ""
                    return True
                if not last < event.number <= len(self.submission.cells):
                    raise WireError("a cell out of turn")
                last = event.number
                if event.slow:
                    self._skip.append(last)
                    text = f"stopped after {clock.words(settings.cells_seconds)}"
                    event = replace(event, failure=event.failure and replace(event.failure, text=text))
                self._keep(event)
        except _TROUBLE as trouble:
            self._blame(last + 1, trouble, clock)
        return False

    def _blame(self, number: int, trouble: Exception, clock: Clock) -> None:
        """Note which cell ended the process, so that the next attempt leaves it out."""
        while number in self._skip:
            number += 1
        self._skip.append(number)
        self.late = self._clock.over
        self.problem = _why(trouble, clock.words(self.settings.cells_seconds))
        self._note_limit(trouble)
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
        clock = self._clock
        try:
            copy = self._copy_of_case()  # that may take its own time, if the cells have to be run once more
            clock = self._clock_of(None)
            copy.send(orders, clock.until())
            for order in orders:
                clock = self._clock_of(order)
                replies.append(copy.receive(clock))
                size += len(replies[-1])
                if size > _MOST:
                    self.end_copy()
                    break
        except _TROUBLE as trouble:
            self.end_copy()
            self.late = self._clock.over
            self._note_limit(trouble)
            return replies, self._ending(trouble, clock)
        return replies, None

    def _clock_of(self, order: schema.Order | None) -> Clock:
        """The clock of a call, or of all that is asked for at once."""
        seconds = self.settings.call_seconds
        if order is not None and order.prepare:
            seconds = min(PREPARE_SECONDS, seconds)
        return Clock(seconds, within=self._clock)

    def _note_limit(self, trouble: Exception) -> None:
        if isinstance(trouble, TooMuch):
            self.remarks.append(f"met a limit: it {trouble}")

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

    def _ending(self, trouble: Exception, clock: Clock) -> Ended:
        if isinstance(trouble, Late):
            if self.late:
                seconds = f"{self.settings.total_seconds:g} seconds"
                return TimedOut(f"the {seconds} for the whole submission are over (processor time, and waiting)")
            words = clock.words()
            return TimedOut(
                f"stopped after {words}" + ("; there may be an endless loop" if "processor" in words else "")
            )
        if isinstance(trouble, TooMuch):
            return Ended(f"stopped because it {trouble}")
        return Ended("its process ended, by a crash, an exit, or too much memory in use")

    def _end(self) -> None:
        self.end_copy()
        worker, self._worker = self._worker, None
        self._stack.close()
        if worker is not None and worker.kept is not None:
            kept, used = worker.kept, worker.meter.used if worker.meter else Used()
            self.remarks.append(
                f"used {kept.seconds:.2f} s of processor time, {max(kept.memory, used.memory) >> 20} MB of memory, "
                f"{used.disk / 2**20:.1f} MB of files, {used.processes} processes and threads at once"
            )
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


def _why(trouble: Exception, time: str) -> str:
    if isinstance(trouble, Late):
        return f"it did not end within {time} and could not be interrupted: is there an endless loop?"
    if isinstance(trouble, TooMuch):
        return f"it was stopped because it {trouble}"
    return "it ended the process: is there a crash, an exit, or too much memory in use?"


__all__ = ["Ended", "NotCalled", "Session", "TimedOut", "decode_reply"]
