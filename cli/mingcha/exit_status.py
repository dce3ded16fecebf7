"""The exit status of a run. If several apply: 70, 2, 3, 4, 1, 0."""

from collections.abc import Iterable

from mingcha.result import Result
from mingcha_rules.values import Severity

CLEAN, FOUND, WRONG_USAGE, UNREADABLE, INCOMPLETE, OUR_BUG = 0, 1, 2, 3, 4, 70
_GRAVEST_FIRST = (OUR_BUG, WRONG_USAGE, UNREADABLE, INCOMPLETE, FOUND, CLEAN)
NEVER = "never"


def status_of(result: Result, fail_on: str, *, strict: bool) -> int:
    """Return the exit status that one result calls for."""
    if strict and is_incomplete(result):
        return INCOMPLETE
    worst = result.assessment.worst()
    if fail_on == NEVER or worst is None:
        return CLEAN
    return FOUND if worst.rank >= Severity(fail_on).rank else CLEAN


def is_incomplete(result: Result) -> bool:
    """Return whether something was not analysed."""
    return bool(result.assessment.summary.not_analysed) or (result.app is not None and bool(result.app.limits))


def gravest(statuses: Iterable[int]) -> int:
    """Return the status that stands for several."""
    return min(statuses, key=_GRAVEST_FIRST.index, default=CLEAN)
