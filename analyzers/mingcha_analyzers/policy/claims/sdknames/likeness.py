"""Names with a slip of the pen: the one name of the SDK base that is like the name written, never a short one."""

from functools import cache

from mingcha_analyzers.policy.claims.sdknames.directory import load_directory
from mingcha_analyzers.policy.claims.sdknames.forms import core
from mingcha_analyzers.policy.claims.sdknames.kinds import is_general, kinds_of
from mingcha_corpora.sdks import SdkBase, load_sdk_base

LEAST = 0.86
"""Share of letters that must agree: one wrong letter of seven or more."""

SHORTEST = 6
LONGEST = 40
AHEAD = 0.05
"""How much less the next best name of another SDK must agree."""


@cache
def _names(base: SdkBase) -> tuple[str, ...]:
    directory = load_directory()
    return tuple(sorted(name for name in {*directory.whole, *directory.cut} if len(name) >= SHORTEST - 1))


def most_like(name: str) -> tuple[tuple[str, ...], float] | None:
    """Return the records of the name that is most like ``name`` and how like it is; null where none is, or two are.

    Both must speak of the same kinds of SDK (高德定位 is not 高德地图), hold the same digits and begin alike.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    form = core(name)
    if not SHORTEST <= len(form) <= LONGEST or is_general(form):
        return None
    close = process.extract(
        form, _names(load_sdk_base()), scorer=OSA.normalized_similarity, score_cutoff=LEAST - AHEAD, limit=8
    )
    fitting = [(found, score) for found, score, _ in close if _can_be(form, found)]
    if not fitting or fitting[0][1] < LEAST:
        return None
    best = load_directory().find(fitting[0][0])
    rivals = [score for found, score in fitting if load_directory().find(found) != best]
    return None if rivals and fitting[0][1] - rivals[0] < AHEAD else (best, fitting[0][1])


def _can_be(form: str, found: str) -> bool:
    digits = [letter for letter in form if letter.isdigit()] == [letter for letter in found if letter.isdigit()]
    return digits and form[0] == found[0] and kinds_of(form) == kinds_of(found)
