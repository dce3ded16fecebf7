"""What code reads or does, where it stands and how it is reached."""

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """How far an access was followed; a call alone is not collection (GB/T 35273 3.5)."""

    PRESENT = "present"
    REACHABLE = "reachable"
    SENT_POSSIBLE = "sent_possible"
    RUNTIME = "runtime"


class BeforeConsent(StrEnum):
    """Whether code can run before consent; ``guarded``: behind a stored flag."""

    YES = "yes"
    NO = "no"
    GUARDED = "guarded"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the package: ``dex`` is the file's name, ``offset`` in code units from the method's start."""

    dex: str | None
    class_: str | None
    method: str | None
    descriptor: str | None
    offset: int | None


@dataclass(frozen=True, slots=True)
class Reach:
    """From which entry point code is reached: ``chain`` is the shortest call path, entry first.

    ``guard``: the key or name of the stored flag that code on the way asks, where ``before_consent`` is guarded.
    """

    entry: str | None
    chain: tuple[str, ...]
    before_consent: BeforeConsent
    guard: str | None


@dataclass(frozen=True, slots=True)
class Observation:
    """Code that reads a data item or does an act; of ``data_item`` and ``act`` exactly one is null.

    ``owner``: ``app``, ``sdk:<id>``, ``unknown:<package>`` or ``platform``. ``effective``: whether the call still
    answers at the app's target level. ``sends``: the way from the reading method to the call that could send, where
    the stage is ``sent_possible``.
    """

    data_item: str | None
    act: str | None
    api: str
    caller: str
    owner: str
    stage: Stage
    facets: tuple[str, ...]
    place: Place
    reach: Reach
    effective: bool
    confidence: float
    sends: tuple[str, ...] = ()
