"""Runs the rows of a batch: a few threads, each minding one child process at a time, the biggest packages first."""

import contextlib
import json
import os
import shutil
import signal
import threading
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mingcha.batch.journal import Journal, Outcome, Status
from mingcha.batch.plan import Row
from mingcha.batch.rows import RESULTS, is_done, key_of, run_row, size_of, summary_line
from mingcha.output import save
from mingcha.pipeline import Request, shown_path
from mingcha.versions import tool_info
from mingcha_corpora.errors import UsageError

JOURNAL = "journal.jsonl"
ROWS = "results.jsonl"
SUMMARY = "summary.json"
SCRATCH = ".work"
TURN = 0.2

Progress = Callable[[int, int, Row, Outcome], None]


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """What a batch is to do; ``request`` holds the options, its inputs are replaced by those of each row."""

    rows: tuple[Row, ...]
    request: Request
    out: Path
    workers: int
    retry: frozenset[Status]


@dataclass(frozen=True, slots=True)
class BatchReport:
    """How every row ended, in the order of the plan, and how many were kept from an earlier run."""

    outcomes: tuple[Outcome, ...]
    kept: int


@dataclass(frozen=True, slots=True)
class _Task:
    key: str
    row: Row


def run_batch(plan: BatchPlan, progress: Progress) -> BatchReport:
    """Check every row that is not done yet and write the summary.

    Raises:
        UsageError: the folder cannot be written to, or another batch is at work in it.
    """
    try:
        (plan.out / RESULTS).mkdir(parents=True, exist_ok=True)
        with Journal(plan.out / JOURNAL) as journal:
            return _run(plan, journal, progress)
    except OSError as error:
        fault = error.strerror or str(error)
        raise UsageError("output_unwritable", path=shown_path(str(plan.out)), fault=fault) from None


def _run(plan: BatchPlan, journal: Journal, progress: Progress) -> BatchReport:
    _clear(plan.out)
    tool = tool_info()
    tasks = [_Task(key_of(row, plan.request, tool), row) for row in plan.rows]
    waiting = {task.key: task for task in tasks if not is_done(journal.outcomes.get(task.key), plan.out, plan.retry)}
    kept = sum(1 for task in tasks if task.key not in waiting)
    ordered = sorted(waiting.values(), key=lambda task: (-size_of(task.row), task.row.app))
    try:
        _Crew(plan, journal, ordered, progress).work()
    finally:
        shutil.rmtree(plan.out / SCRATCH, ignore_errors=True)
    outcomes = tuple(journal.outcomes[task.key] for task in tasks)
    _write_summary(plan, outcomes)
    return BatchReport(outcomes, kept)


def _clear(out: Path) -> None:
    """Remove what an earlier run that was killed has left half done."""
    shutil.rmtree(out / SCRATCH, ignore_errors=True)
    (out / SCRATCH).mkdir()
    for part in (out / RESULTS).glob(".*.part"):
        part.unlink(missing_ok=True)


class _Crew:
    """The threads of one batch."""

    def __init__(self, plan: BatchPlan, journal: Journal, tasks: Sequence[_Task], progress: Progress) -> None:
        self._plan, self._journal, self._progress = plan, journal, progress
        self._waiting = deque(tasks)
        self._total, self._done = len(tasks), 0
        self._counting = threading.Lock()
        self._stopped = threading.Event()
        self._children: set[int] = set()
        self._fault: BaseException | None = None

    def work(self) -> None:
        """Run all tasks; a fault of one thread or an interrupt stops all, children included."""
        names = range(min(self._plan.workers, self._total))
        threads = [threading.Thread(target=self._mind, daemon=True, name=f"batch-{name}") for name in names]
        for thread in threads:
            thread.start()
        try:
            while any(thread.is_alive() for thread in threads):
                for thread in threads:
                    thread.join(TURN)
        except BaseException:
            self._stop()
            raise
        if self._fault is not None:
            raise self._fault

    def _mind(self) -> None:
        try:
            while not self._stopped.is_set():
                try:
                    task = self._waiting.popleft()
                except IndexError:
                    return
                self._do(task)
        except BaseException as fault:  # Reported by the main thread; the other threads need not go on.
            self._fault = fault
            self._stop()

    def _do(self, task: _Task) -> None:
        self._journal.start(task.key)
        request = replace(self._plan.request, app=task.row.app, policies=task.row.policies)
        children: list[int] = []

        def on_start(child: int) -> None:
            children.append(child)
            self._children.add(child)

        outcome = run_row(task.key, request, self._plan.out, self._plan.out / SCRATCH, on_start)
        self._children.difference_update(children)
        if self._stopped.is_set():
            return  # Its child was ended by us: the row is for the next run.
        self._journal.end(outcome)
        with self._counting:
            self._done += 1
            self._progress(self._done, self._total, task.row, outcome)

    def _stop(self) -> None:
        self._stopped.set()
        for child in list(self._children):
            with contextlib.suppress(OSError):
                os.kill(child, getattr(signal, "SIGKILL", signal.SIGTERM))


def _write_summary(plan: BatchPlan, outcomes: Sequence[Outcome]) -> None:
    lines = [
        json.dumps(summary_line(row, outcome), ensure_ascii=False)
        for row, outcome in zip(plan.rows, outcomes, strict=True)
    ]
    save(str(plan.out / ROWS), "".join(f"{line}\n" for line in lines))
    counts = Counter(outcome.status for outcome in outcomes)
    summary = {
        "as_of": plan.request.as_of,
        "rows": len(outcomes),
        "statuses": {status.value: counts[status] for status in Status},
        "findings": _total_findings(outcomes),
    }
    save(str(plan.out / SUMMARY), json.dumps(summary, ensure_ascii=False, indent=1) + "\n")


def _total_findings(outcomes: Sequence[Outcome]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for outcome in outcomes:
        if outcome.figures is not None:
            total.update(outcome.figures["findings"])
    return dict(sorted(total.items()))
