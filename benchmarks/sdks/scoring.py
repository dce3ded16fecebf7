"""Counts of right, missed and false names, and of owners told right."""

from collections.abc import Iterable, Set
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """Names (or owners) over some packages: ``right``, ``missed`` and ``false`` ones, each with its package."""

    right: tuple[tuple[str, str], ...] = ()
    missed: tuple[tuple[str, str], ...] = ()
    false: tuple[tuple[str, str], ...] = ()

    @property
    def recall(self) -> float:
        return _share(len(self.right), len(self.missed))

    @property
    def precision(self) -> float:
        return _share(len(self.right), len(self.false))

    def __add__(self, other: "Score") -> "Score":
        return Score(self.right + other.right, self.missed + other.missed, self.false + other.false)


def _share(right: int, wrong: int) -> float:
    """Return a share, 1 where there was nothing to find."""
    return right / (right + wrong) if right + wrong else 1.0


def score_names(package: str, found: Set[str], inside: Set[str], allowed: Set[str] = frozenset()) -> Score:
    """Return how the names found agree with those inside; ``allowed`` ones are neither right nor wrong."""
    return Score(
        tuple((package, key) for key in sorted(found & inside)),
        tuple((package, key) for key in sorted(inside - found)),
        tuple((package, key) for key in sorted(found - inside - allowed)),
    )


def score_owners(package: str, owners: Iterable[tuple[str | None, str]], collectors: Set[str]) -> Score:
    """Return how the owners told of calls agree with the true ones: pairs of true and told owner.

    Code of no record may be told as any owner but an SDK that collects. A wrong owner is both missed and false.
    """
    right, missed, false = [], [], []
    for true, told in owners:
        if told == true or (true is None and told not in collectors):
            right.append((package, told))
        else:
            missed.append((package, f"{true}"))
            false.append((package, f"{told} for {true}"))
    return Score(tuple(right), tuple(missed), tuple(false))


def join_scores(scores: Iterable[Score]) -> Score:
    """Return one score over all packages."""
    return sum(scores, Score())
