"""Signs of SDKs, gathered by record: what was seen, how often, and what each is worth."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from mingcha_analyzers.app.values import EvidenceKind, SdkEvidence

Key = tuple[EvidenceKind, str]


class Worth(IntEnum):
    """What a sign is worth: it only adds to others; two of them name for review; one does; one names for sure."""

    ADDS = 0
    WEAK = 1
    SOLID = 2
    STRONG = 3


@dataclass(slots=True)
class Signs:
    """The signs of one record; ``classes``: how many classes are its own, ``later``: how many of them load later."""

    seen: Counter[Key] = field(default_factory=Counter)
    worth: dict[Key, Worth] = field(default_factory=dict)
    classes: int = 0
    later: int = 0

    def of(self, worth: Worth) -> list[Key]:
        """Return the signs that are worth so much."""
        return [key for key, value in self.worth.items() if value is worth]

    def kinds(self) -> set[EvidenceKind]:
        """Return the kinds of signs that were seen."""
        return {kind for kind, _ in self.seen}

    def evidence(self) -> Iterator[SdkEvidence]:
        """Yield the signs, sorted."""
        for (kind, value), count in sorted(self.seen.items()):
            yield SdkEvidence(kind, value, count)


@dataclass(slots=True)
class Found:
    """The signs of all records by id."""

    by_record: dict[str, Signs] = field(default_factory=dict)

    def kinds_of(self, record: str) -> set[EvidenceKind]:
        """Return the kinds of signs that a record has so far."""
        signs = self.by_record.get(record)
        return set() if signs is None else signs.kinds()

    def add(self, record: str, kind: EvidenceKind, value: str, worth: Worth, count: int = 1) -> Signs:
        """Add a sign and return all of its record; of the same sign seen again the higher worth counts."""
        signs = self.by_record.setdefault(record, Signs())
        signs.seen[kind, value] += count
        signs.worth[kind, value] = max(worth, signs.worth.get((kind, value), Worth.ADDS))
        return signs
