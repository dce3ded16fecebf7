"""The exit status of a run. If several apply: 70, 2, 3, 4, 1, 0."""

from collections.abc import Iterable

from mingcha.comparison import Comparison
from mingcha.result import Result
from mingcha_analyzers.values import Limit
from mingcha_rules.values import Severity

CLEAN, FOUND, WRONG_USAGE, UNREADABLE, INCOMPLETE, OUR_BUG = 0, 1, 2, 3, 4, 70
_GRAVEST_FIRST = (OUR_BUG, WRONG_USAGE, UNREADABLE, INCOMPLETE, FOUND, CLEAN)
NEVER = "never"
NOT_YET = "not_analysed_yet"
# No static analysis follows these calls; nearly every package makes some.
NOT_FOLLOWED = "reach"
# What a page hides is no part of what its reader is told.
NOT_SHOWN = "hidden_text"
NOT_GIVEN = frozenset({"app", "policy"})


def status_of(result: Result, fail_on: str, *, strict: bool) -> int:
    """Return the exit status that one result calls for."""
    if strict and is_incomplete(result):
        return INCOMPLETE
    worst = result.assessment.worst()
    if fail_on == NEVER or worst is None:
        return CLEAN
    return FOUND if worst.rank >= Severity(fail_on).rank else CLEAN


def diff_status(comparison: Comparison, fail_on: str, *, strict: bool) -> int:
    """Return the exit status that a comparison calls for; ``fail_on``: ``any`` change, a ``grave`` one, ``never``."""
    limits = (*comparison.old.limits, *comparison.new.limits)
    if strict and any(limit.reason != NOT_YET and limit.stage != NOT_SHOWN for limit in limits):
        return INCOMPLETE
    if fail_on == NEVER:
        return CLEAN
    return FOUND if any(change.grave or fail_on == "any" for change in comparison.changes) else CLEAN


def is_incomplete(result: Result) -> bool:
    """Return whether something of these inputs was not analysed that this version does analyse."""
    limits = all_limits(result)
    if any(limit.reason != NOT_YET and limit.stage not in (NOT_FOLLOWED, NOT_SHOWN) for limit in limits):
        return True
    expected = {limit.stage for limit in limits} | NOT_GIVEN
    return any(key not in expected for key in result.assessment.summary.not_analysed)


def all_limits(result: Result) -> tuple[Limit, ...]:
    """Return what was not read of the package and of the policy."""
    of_app = result.app.limits if result.app is not None else ()
    return of_app + (result.policy.limits if result.policy is not None else ())


def gravest(statuses: Iterable[int]) -> int:
    """Return the status that stands for several."""
    return min(statuses, key=_GRAVEST_FIRST.index, default=CLEAN)
