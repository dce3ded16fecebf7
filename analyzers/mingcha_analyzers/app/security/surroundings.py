"""What stands around a place of code: other calls of its method, its texts and names.

Parameters of a look: ``beside`` (one of these calls must be there), ``unless_beside``, ``unless_beside_classes``
(calls, or calls of classes by prefix, that must not), ``near`` and ``unless_near`` (patterns over texts and names
of the method), ``unless_fields`` (a pattern over fields it reads), ``unless_callers`` (dotted prefixes of the class),
``owners``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mingcha_analyzers.app.code.queries import Queries
from mingcha_analyzers.app.dex.names import Member
from mingcha_analyzers.app.security.looks import member_of

MAX_TEXT = 4096
"""Longer texts are searched up to here only, in bytes."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A method of one DEX; ``class_`` is dotted."""

    item: int
    class_: str
    method: str
    descriptor: str
    owner: str


class Surroundings:
    """The conditions of one look on what stands around; made once and asked for many places."""

    def __init__(self, params: Mapping[str, Any]) -> None:
        self._params = params
        self._last: tuple[Spot, bool] | None = None
        self._beside = _members(params, "beside")
        self._unless = _members(params, "unless_beside")
        self._unless_classes = tuple(prefix.encode() for prefix in params.get("unless_beside_classes", ()))

    def fit(self, queries: Queries, spot: Spot) -> bool:
        """Return whether the surroundings of a method are those of the look; the last answer is kept."""
        if self._last is None or self._last[0] is not spot:
            self._last = (spot, self._fit(queries, spot))
        return self._last[1]

    def _fit(self, queries: Queries, spot: Spot) -> bool:
        params = self._params
        if spot.class_.startswith(tuple(params.get("unless_callers", ()))):
            return False
        if spot.owner.partition(":")[0] not in params.get("owners", (spot.owner.partition(":")[0],)):
            return False
        return self._calls_fit(queries, spot.item) and self._words_fit(queries, spot)

    def _calls_fit(self, queries: Queries, item: int) -> bool:
        if not (self._beside or self._unless or self._unless_classes):
            return True
        calls = queries.calls_in(item)
        if self._beside and self._beside.isdisjoint(calls):
            return False
        if any(class_.startswith(self._unless_classes) for class_, _ in calls):
            return False
        return self._unless.isdisjoint(calls)

    def _words_fit(self, queries: Queries, spot: Spot) -> bool:
        if self._unless_fields and any(map(self._unless_fields.search, queries.fields_in(spot.item))):
            return False
        if not (self._near or self._unless_near):
            return True
        words = [*queries.texts_in(spot.item), *(name for _, name in queries.calls_in(spot.item))]
        words += [spot.class_.encode(), spot.method.encode()]
        words = [word[:MAX_TEXT] for word in words]
        if self._unless_near and any(map(self._unless_near.search, words)):
            return False
        return self._near is None or any(map(self._near.search, words))

    @cached_property
    def _near(self) -> re.Pattern[bytes] | None:
        return compile_bytes(self._params.get("near"))

    @cached_property
    def _unless_near(self) -> re.Pattern[bytes] | None:
        return compile_bytes(self._params.get("unless_near"))

    @cached_property
    def _unless_fields(self) -> re.Pattern[bytes] | None:
        return compile_bytes(self._params.get("unless_fields"))


def _members(params: Mapping[str, Any], name: str) -> frozenset[Member]:
    return frozenset(member_of(anchor)[0] for anchor in params.get(name, ()))


def compile_bytes(pattern: str | None) -> re.Pattern[bytes] | None:
    """Return a pattern for texts of a DEX, null for none."""
    return None if pattern is None else re.compile(pattern.encode())
