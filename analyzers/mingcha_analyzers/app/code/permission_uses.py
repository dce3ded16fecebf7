"""Whose code uses a permission, how it is asked for, and which calls need one that the manifest does not request.

The permissions that a call needs are those of the API facts, by API level. What no fact covers stays unknown.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from mingcha_analyzers.app.code.facts import NEEDS
from mingcha_analyzers.app.code.owners import PLATFORM
from mingcha_analyzers.app.values import (
    Observation,
    PermissionGrade,
    PermissionPrompt,
    PermissionRequest,
    UnrequestedUse,
)
from mingcha_corpora.facts import ApiFact, PermissionNeed
from mingcha_corpora.permissions import load_permissions
from mingcha_corpora.records import read_yaml

_DATA = Path(__file__).parent / "data"
_ASKED = frozenset(("dangerous", "special-access"))
# Weak evidence shows no use; below the second an access only may be one.
_TOLD, _SURE = 0.4, 0.8
_NEWEST = 10_000

Use = tuple[ApiFact, Observation]


@dataclass(frozen=True, slots=True)
class Levels:
    """The API levels an app runs on: its lowest, and the one it was made for."""

    lowest: int
    target: int


@dataclass(frozen=True, slots=True)
class _Table:
    """See permission_uses.yaml."""

    covered: frozenset[str]
    more: Mapping[str, tuple[PermissionNeed, ...]]
    aside_notes: frozenset[str]
    needed_notes: frozenset[str]
    answers_without: frozenset[str]
    values: frozenset[str]


@cache
def _load_table() -> _Table:
    table = read_yaml("permission_uses.yaml", _DATA)
    return _Table(
        covered=frozenset(table["covered"]),
        more={
            fact: tuple(PermissionNeed(name, None, None, "") for name in names) for fact, names in table["more"].items()
        },
        aside_notes=frozenset(table["aside_notes"]),
        needed_notes=frozenset(table["needed_notes"]),
        answers_without=frozenset(table["answers_without"]),
        values=frozenset(table["values"]),
    )


def grade_requests(
    requests: Sequence[PermissionRequest],
    uses: Sequence[Use],
    prompts: Sequence[PermissionPrompt],
    levels: Levels,
) -> tuple[PermissionRequest, ...]:
    """Return the requests of the manifest with their users, grade and told purpose."""
    by_name: dict[str, list[PermissionPrompt]] = {}
    for prompt in prompts:
        for name in prompt.permissions:
            by_name.setdefault(name, []).append(prompt)
    needs = _needs_by_name(uses)
    return tuple(
        replace(
            request,
            used_by=_used_by(request, needs.get(request.name, ()), levels),
            grade=_grade(request.name, by_name.get(request.name, ())),
            purpose=next((each.purpose for each in by_name.get(request.name, ()) if each.purpose), None),
        )
        for request in requests
    )


def _needs_by_name(uses: Iterable[Use]) -> dict[str, set[tuple[str, PermissionNeed]]]:
    """Return by permission the owners whose code needs it, with the need."""
    table = _load_table()
    facts = {
        (fact.id, seen.owner): fact
        for fact, seen in uses
        if seen.owner != PLATFORM and seen.confidence >= _TOLD and fact.class_ not in table.values
    }
    found: dict[str, set[tuple[str, PermissionNeed]]] = {}
    for (_, owner), fact in facts.items():
        for need in _needs(fact):
            found.setdefault(need.permission, set()).add((owner, need))
    return found


def _used_by(
    request: PermissionRequest, needs: Iterable[tuple[str, PermissionNeed]], levels: Levels
) -> tuple[str, ...] | None:
    owners = {owner for owner, need in needs if _fits(need, request, levels)}
    return tuple(sorted(owners)) if owners or request.name in _load_table().covered else None


def _needs(fact: ApiFact) -> Iterator[PermissionNeed]:
    """Yield the needs of a call, without those under which it only tells a little more."""
    table = _load_table()
    yield from (need for need in fact.permissions if need.note not in table.aside_notes)
    yield from table.more.get(fact.id, ())


def _fits(need: PermissionNeed, request: PermissionRequest, levels: Levels) -> bool:
    """Return whether a call needs a permission on one of the levels for which the manifest requests it."""
    first = max(need.since or 1, levels.lowest)
    last = min(need.until or _NEWEST, request.max_sdk or _NEWEST)
    return first <= last


def _grade(name: str, prompts: Sequence[PermissionPrompt]) -> PermissionGrade | None:
    fact = load_permissions().get(name)
    if fact is None or fact.kind not in _ASKED:
        return None
    return max((each.grade for each in prompts), key=list(PermissionGrade).index, default=PermissionGrade.DECLARED)


def find_unrequested(
    requests: Sequence[PermissionRequest], uses: Sequence[Use], levels: Levels
) -> tuple[UnrequestedUse, ...]:
    """Return one use for each owner and set of permissions of which the manifest requests none at the target level."""
    requested = {each.name for each in requests if each.max_sdk is None or each.max_sdk >= levels.target}
    found: dict[tuple[str, ...], UnrequestedUse] = {}
    for fact, seen in sorted(uses, key=lambda use: (use[1].caller, use[1].api)):
        names = _needed(fact, levels.target)
        if names and requested.isdisjoint(names) and seen.owner != PLATFORM and seen.confidence >= _SURE:
            use = UnrequestedUse(names, seen.api, seen.caller, seen.owner, seen.place)
            found.setdefault((seen.owner, *names), use)
    return tuple(found[key] for key in sorted(found))


def _needed(fact: ApiFact, level: int) -> tuple[str, ...]:
    """Return the permissions of which a call needs one at a level; none where it also answers without."""
    needs = [need for need in fact.permissions if (need.since or 1) <= level <= (need.until or _NEWEST)]
    table, known = _load_table(), load_permissions()
    if fact.mechanism == NEEDS or fact.class_ in table.values:
        return ()
    names = tuple(dict.fromkeys(need.permission for need in needs))
    strict = all(need.note in table.needed_notes for need in needs)
    asked = all(name in known and known[name].kind == "dangerous" for name in names)
    return names if strict and asked and table.answers_without.isdisjoint(names) else ()
