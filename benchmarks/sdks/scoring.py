"""Counts of right, missed and false names, and of owners told right."""

from collections.abc import Iterable, Set
from dataclasses import dataclass

_SDK, _APP, _PLATFORM = "sdk:", "app", "platform"


@dataclass(frozen=True, slots=True)
class Score:
    """Names (or owners) over some packages: ``right``, ``missed`` and ``false`` ones, each with its package."""

    right: tuple[tuple[str, str], ...] = ()
    missed: tuple[tuple[str, str], ...] = ()
    false: tuple[tuple[str, str], ...] = ()

    @property
    def recall(self) -> float:
        """Return the share of what is inside that was found."""
        return _share(len(self.right), len(self.missed))

    @property
    def precision(self) -> float:
        """Return the share of what was found that is inside."""
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
    """Return how the owners told of calls agree with the true ones: pairs of true record and told owner.

    Code of no record may be told as any owner but an SDK that collects, and a plain library as the platform's. A wrong
    owner is both missed and false.
    """
    right, missed, false = [], [], []
    for true, told in owners:
        if _is_right(true, told, collectors):
            right.append((package, told))
        else:
            missed.append((package, f"{true}"))
            false.append((package, f"{told} for {true}"))
    return Score(tuple(right), tuple(missed), tuple(false))


def _is_right(true: str | None, told: str, collectors: Set[str]) -> bool:
    named = told.removeprefix(_SDK) if told.startswith(_SDK) else None
    if true is None:
        return named not in collectors
    if told == _PLATFORM:
        return true not in collectors and true != _APP
    return true in (named, told)


def join_scores(scores: Iterable[Score]) -> Score:
    """Return one score over all packages."""
    return sum(scores, Score())
