"""Rights that the policy names without saying how to use them.

Parameter: ``kinds``, the rights looked at.
"""

from collections.abc import Iterator

from mingcha_analyzers.policy.values import Mechanism, Right
from mingcha_rules.card import Card
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Gap, PartKey
from mingcha_rules.words import load_words


def check(facts: Facts, card: Card) -> Iterator[Gap]:
    """Yield one gap that lists the rights every mention of which leaves the way open."""
    if "right.path" in facts.present and facts.told.contacts:
        # A general way (“contact us as below”) serves all rights, even if no right repeats it.
        return
    named: dict[str, list[Right]] = {}
    for right in facts.told.rights:
        if right.kind.value in card.params["kinds"]:
            named.setdefault(right.kind.value, []).append(right)
    bare = [kind for kind in card.params["kinds"] if kind in named and not _has_way(named[kind])]
    if bare:
        yield Gap(
            subject="policy:right_way",
            params={"rights": tuple(load_words("rights")[kind] for kind in bare)},
            owner="policy",
            confidence=0.7,
            parts=tuple(PartKey(kind) for kind in bare),
            policy=tuple(named[kind][0].span for kind in bare),
        )


def _has_way(rights: list[Right]) -> bool:
    return any(right.mechanism is not Mechanism.UNSPECIFIED for right in rights)
