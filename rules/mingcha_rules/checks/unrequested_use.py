"""Own code that calls what needs a permission that the manifest does not request. No parameters.

The call of a library is mostly behind a check of the permission and is left out.
"""

from collections.abc import Iterator

from mingcha_rules.card import Card
from mingcha_rules.checks.evidence import chain_words
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Blind, Gap, PartKey
from mingcha_rules.permission_levels import permission_words
from mingcha_rules.values import AppEvidence

_SHOWN = 5


def check(facts: Facts, _card: Card) -> Iterator[Gap | Blind]:
    """Yield one gap that lists the permissions."""
    unrequested = facts.package.unrequested
    if unrequested is None:
        yield Blind("accesses_not_analysed")
        return
    own = [use for use in unrequested if use.owner == "app"]
    names = tuple(sorted({use.permissions[0] for use in own}))
    if own:
        yield Gap(
            subject="permission:unrequested",
            params={
                "permissions": tuple(map(permission_words, names)),
                "way": chain_words((own[0].caller, own[0].api)),
            },
            confidence=0.6,
            parts=tuple(PartKey(name) for name in names),
            app=tuple(
                AppEvidence("call", chain_words((use.caller, use.api)).en, use.place.dex, use.place)
                for use in own[:_SHOWN]
            ),
        )
