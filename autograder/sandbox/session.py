"""One submission: run its cells, then call its functions for one test case after another."""

from collections.abc import Sequence
from contextlib import ExitStack

from msgspec.structs import replace

from ..checking.calls import PREPARE_SECONDS
from ..errors import HelperLost, OurFault, SandboxError, our_fault
from ..settings import Settings
from ..wire import schema
from ..wire.failures import Cause, Failure
from ..wire.frames import Closed, Late, WireError
from .clocks import Clock
from .copies import Copy
from .endings import TROUBLE, Ended, NotCalled, TimedOut, end_of_call, end_of_cell
from .parent import Sandbox
from .submission import Submission
from .text import amount, clean
from .usage import TooMuch, Used, bounds_of
from .worker import Worker, started_worker

#: Extra seconds that the cells get after their limit, so that they can be interrupted and finish.
GRACE = 5.0

#: How many times the cells may be run. After a cell that ended the process, they are run again without that cell.
_ATTEMPTS = 4

#: The most bytes of replies to keep at a time.
_MOST = 32 * 2**20

#: After a call that waited for a thread that does not exist, later calls get this many seconds. They would wait, too.
_STUCK_SECONDS = 2.0


class Session:
    """The processes of one submission. Use it as a context manager, which ends them all."""

    def __init__(self, sandbox: Sandbox, submission: Submission, names: Sequence[str], settings: Settings) -> None:
        """Prepare to run a submission.

        Args:
            sandbox: the sandbox to run it in.
            submission: the submission.
            names: the names of the functions that will be called.
            settings: the settings, for the time limits.
        """
        self.submission, self.names, self.settings = submission, names, settings
        self.cells: dict[int, schema.Cell] = {}
        self.functions: dict[str, str] = {}
        """For each of the names that exists: ``callable``, or the name of its value's type."""
        self.missing: dict[str, Cause] = {}
        """For each of the names that is missing: the reason, if it is known."""
        self.near: dict[str, str] = {}
        """For each of the names that is missing: a function that is probably meant, if there is one."""
        self.notes: list[str] = []
        """Notes for the student about differences from the student's own machine."""
        self.threads = 0
        """How many threads the cells left running. Test cases do not have these threads."""
        self.problem = ""
        """Why the cells ended early, in words for the student."""
        self.late = False
        """Whether the time for the whole submission is up."""
        self.public = True
        """Whether the submission has not received any hidden input yet."""
        self.shared = False
        """Whether the copy has answered for other cases before."""
        self.fault: OurFault | None = None
        """What went wrong on our side, so that nothing of this submission counts."""
        self.remarks: list[str] = []
        """Remarks for staff."""
        self.confined: list[str] = []
        """What confined the submission."""
        self.limits: list[str] = []
        self.processor_seconds = 0.0
        """The limits that it exceeded, and how much processor time it took."""
        self._sandbox, self._stack = sandbox, ExitStack()
        self._worker: Worker | None = None
        self.copy: Copy | None = None
        """The copy that answers now; None if there is none."""
        self._skip: list[int] = []
        self._attempts, self._stuck = 0, False
        self._clock = Clock(settings.total_seconds)

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    # ---- cells

    def run_cells(self) -> bool:
        """Run the cells; return whether the functions can be called now.

        If a cell ends the process or cannot be interrupted, the cells are run again without it.

        Raises:
            SandboxError: the submission cannot be run safely on this machine.
        """
        while self._attempts < _ATTEMPTS and not self.late:
            self._attempts += 1
            try:
                if self._run_once():
                    return True
            except SandboxError as error:
                if self._attempts == 1 or isinstance(error, HelperLost):
                    raise
                self._see_to_machine()
                self.problem = "its processes could not be started again"
        return False

    def _see_to_machine(self) -> None:
        """If a submission ran before and now cannot be started again, check that the machine is not the reason.

        Raises:
            SandboxError: nothing can be started on this machine. Otherwise the submission itself is the reason.
        """
        with started_worker(self._sandbox):
            pass

    def _run_once(self) -> bool:
        self._end()
        self.functions = {}
        settings = self.settings
        started = started_worker(self._sandbox, self.submission.libraries, bounds_of(settings, self.submission))
        self._worker = worker = self._stack.enter_context(started)
        clock = Clock(settings.cells_seconds + GRACE, within=self._clock)
        if self._attempts == 1 and worker.confined:
            self.confined = list(worker.confined.layers)
            missing = [f"not confined by {what}" for what in worker.confined.missing]
            self.remarks += ["confined by " + ", ".join(self.confined), *missing]
        last = 0
        try:
            for event in worker.run(self.submission, self.names, self._skip, settings.cells_seconds, clock):
                if isinstance(event, schema.Ready):
                    self.functions = {name: kind for name, kind in event.functions.items() if name in self.names}
                    self.threads = event.threads
                    if self.public:
                        self.missing, self.near = event.missing, event.near
                        self.notes = [clean(note) for note in event.notes]
                    self.problem = ""
                    return True
                if not last < event.number <= len(self.submission.cells):
                    raise WireError("a cell out of turn")
                last = event.number
                if event.slow:
                    self._skip.append(last)
                    text = f"stopped after {clock.words(settings.cells_seconds)}"
                    *failures, slow = event.failures or [Failure(kind="TooSlow")]
                    event = replace(event, failures=[*failures, replace(slow, text=text)])
                self._keep(event)
        except TROUBLE as trouble:
            self._see_to_helpers()
            self._blame(last + 1, trouble, clock)
        return False

    def _see_to_helpers(self) -> None:
        """If something ended, check that it was not one of our own processes that ended first.

        Raises:
            HelperLost: it was. Unconfined, a submission could have caused this, so there it counts as its own end.
        """
        if self._worker is not None and self._sandbox.confine and self._worker.abandoned:
            raise HelperLost(
                "the process that watches over the submission was killed, by somebody or because memory ran out: give "
                "the machine more memory, or grade fewer at a time with -j. If this happens only with this submission, "
                "read it before you grade it again"
            )

    def _blame(self, number: int, trouble: Exception, clock: Clock) -> None:
        """Note which cell ended the process, so that the next attempt leaves it out."""
        while number in self._skip:
            number += 1
        self._skip.append(number)
        self.late = self._clock.over
        self.problem = end_of_cell(trouble, clock.words(self.settings.cells_seconds))
        self._note_limit(trouble)
        failure = Failure(kind="", text=self.problem)
        if number <= len(self.submission.cells):
            self._keep(schema.Cell(number=number, failures=[failure]))

    def _keep(self, cell: schema.Cell) -> None:
        """Keep a cell's record for the student, unless a copy with a hidden input may have influenced it.

        The cells are run again when a copy ends the worker. Even the time of that could carry information.
        """
        if self.public:
            self.cells[cell.number] = cell

    # ---- cases

    def begin_case(self, hidden: bool, fresh: bool) -> None:
        """Start another case. The calls from now on belong to it.

        Args:
            hidden: whether the case is hidden. A copy that has seen a hidden input never answers a public case.
            fresh: whether the case gets a new copy. Otherwise it uses the one that answered the cases before it.
        """
        if fresh or (hidden and self.public):
            self.end_copy()
        self.public = self.public and not hidden
        self.shared = self.copy is not None

    def end_copy(self) -> None:
        """End the copy and all processes that it started, so that the next copy is not affected by them."""
        if self.copy is not None:
            if self._worker is not None:
                self._worker.prune()
            self.copy.close()
            self.copy = None
            self.shared = False

    def exchange(self, orders: list[schema.Order]) -> tuple[list[bytes], Ended | None]:
        """Send calls, and wait for their replies.

        Returns:
            The replies, not decoded yet, and the reason if the copy ended before it answered all calls. There can be
            fewer replies than calls without such a reason, because the replies are too large to keep.
        """
        if self.fault is not None:
            raise self.fault
        try:
            return self._exchange(orders)
        except Exception as error:  # noted here, even if the test case catches it
            self.fault = our_fault(error)
            raise

    def _exchange(self, orders: list[schema.Order]) -> tuple[list[bytes], Ended | None]:
        if self.late:
            return [], NotCalled("the time for the whole submission is up")
        replies: list[bytes] = []
        size = 0
        clock = self._clock
        try:
            copy = self._copy_of_case()  # this may take a while if the cells must be run again
            clock = self._clock_of(None)
            copy.send(orders, clock.until())
            for order in orders:
                clock = self._clock_of(order)
                replies.append(copy.receive(clock, more=len(orders) - len(replies) - 1))
                size += len(replies[-1])
                if size > _MOST:
                    self.end_copy()
                    break
        except TROUBLE as trouble:
            self._see_to_helpers()
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
        if self._stuck:
            seconds = min(_STUCK_SECONDS, seconds)
        return Clock(seconds, within=self._clock)

    def _note_limit(self, trouble: Exception) -> None:
        if isinstance(trouble, TooMuch):
            self.remarks.append(f"exceeded a limit: it {trouble}")
        if isinstance(trouble, (TooMuch, Late)):
            self.limits.append("it ran out of time" if isinstance(trouble, Late) else f"it {trouble}")

    def _copy_of_case(self) -> Copy:
        if self.copy is None:
            if self._worker is None:
                raise Closed
            try:
                self.copy = self._worker.fork()
            except Closed:  # a copy that answered an earlier case ended the worker as well
                if not self.run_cells():
                    raise
                self.copy = self._worker.fork()
        return self.copy

    def _ending(self, trouble: Exception, clock: Clock) -> Ended:
        if isinstance(trouble, Late) and self.late:
            seconds = f"{self.settings.total_seconds:g} seconds"
            return TimedOut(f"the {seconds} for the whole submission are up (processor time and waiting)")
        self._stuck = self._stuck or (isinstance(trouble, Late) and self.threads > 0)
        return end_of_call(trouble, clock, self.threads)

    def _end(self) -> None:
        self.end_copy()
        worker, self._worker = self._worker, None
        self._stack.close()
        if worker is not None and worker.kept is not None:
            kept, used = worker.kept, worker.meter.used if worker.meter else Used()
            self.processor_seconds += kept.seconds
            self.remarks.append(
                f"used {kept.seconds:.2f} s of processor time, {max(kept.memory, used.memory) >> 20} MB of memory, "
                f"{used.disk / 2**20:.1f} MB of files, {used.processes} processes and threads at once"
            )
            if kept.left:
                self.remarks.append(f"left {amount(kept.left, 'process', 'processes')} running, until they were ended")
