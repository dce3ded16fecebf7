"""Signs of providing data abroad beside a policy that denies it.

No parameters. The country of a vendor is no proof of where data goes: a person has to look.
"""

from collections.abc import Iterator

from mingcha_analyzers.policy.values import Polarity
from mingcha_rules.card import Card
from mingcha_rules.checks.evidence import sdk_evidence
from mingcha_rules.checks.sdk import sdk_words
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Gap, PartKey
from mingcha_rules.sdk_levels import judge_sdks

_SURE = 0.8
_HOME = frozenset({"", "CN"})


def check(facts: Facts, _card: Card) -> Iterator[Gap]:
    """Yield one gap that lists the overseas SDKs."""
    said = facts.told.cross_border
    if said is None or said.polarity is not Polarity.DENIED:
        return
    abroad = [
        item for item in facts.once(judge_sdks) if item.record.vendor_country not in _HOME and item.confidence >= _SURE
    ]
    if abroad:
        yield Gap(
            subject="policy:export_denied",
            params={"sdks": tuple(sdk_words(item.found, item.record) for item in abroad)},
            confidence=0.6,
            parts=tuple(PartKey(f"sdk:{item.found.id}") for item in abroad),
            policy=(said.span,),
            app=tuple(sign for item in abroad for sign in sdk_evidence(item.found)[:1]),
        )
