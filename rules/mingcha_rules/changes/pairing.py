"""Finds the reworded among what one version dropped and the other added, so that it counts as one change."""

from collections.abc import Sequence

from rapidfuzz.fuzz import ratio

_ALIKE = 72.0
"""Words in common, in hundredths: 用于注册账号 and 用于账号的注册 are alike, 用于注册 and 用于推送 are not."""
_MOST = 200


def pair_alike(old: Sequence[str], new: Sequence[str]) -> dict[str, str]:
    """Return which text of ``old`` became which of ``new``, the likest pairs first, each text once."""
    if len(old) > _MOST or len(new) > _MOST:
        return {}
    scored = [(ratio(before, after), before, after) for before in old for after in new]
    pairs: dict[str, str] = {}
    taken: set[str] = set()
    for score, before, after in sorted(scored, key=lambda row: (-row[0], row[1], row[2])):
        if score < _ALIKE:
            break
        if before not in pairs and after not in taken:
            pairs[before] = after
            taken.add(after)
    return pairs
