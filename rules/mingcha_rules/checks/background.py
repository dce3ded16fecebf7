"""Permissions to read in the background while the policy does not speak of the background.

Parameter: ``permissions``, the Android names looked at.
"""

from collections.abc import Iterator

from mingcha_corpora.permissions import load_permissions
from mingcha_rules.card import Card
from mingcha_rules.checks.evidence import permission_evidence
from mingcha_rules.cues import load_cues
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Gap
from mingcha_rules.permission_levels import permission_words


def check(facts: Facts, card: Card) -> Iterator[Gap]:
    """Yield one gap for each such permission."""
    told = {mention.name for mention in facts.told.permissions}
    if any(map(facts.says, load_cues("permissions")["background"])):
        return
    declared = {request.name for request in facts.package.permissions}
    for name in card.params["permissions"]:
        if name in declared and name not in told:
            yield Gap(
                subject=f"permission:{name}",
                params={"permission": permission_words(name)},
                confidence=0.8,
                data_items=load_permissions()[name].data_items,
                app=(permission_evidence(name),),
            )
