"""SDKs that the policy names and whose entries leave something out.

Parameter: ``missing``: one of these left out makes a gap; ``only``: and nothing but these.
"""

from collections.abc import Iterator

from mingcha_rules.card import Card
from mingcha_rules.checks.evidence import sdk_evidence
from mingcha_rules.checks.sdk import sdk_words
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Blind, Gap, PartKey
from mingcha_rules.sdk_levels import judge_sdks
from mingcha_rules.values import Level
from mingcha_rules.words import load_words


def check(facts: Facts, card: Card) -> Iterator[Gap | Blind]:
    """Yield one gap for each SDK in the package whose entries fall short."""
    for item in facts.once(judge_sdks):
        if "row_unread" in item.missing:
            yield Blind("sdk_rows_not_read")
        missing = [facet for facet in item.missing if facet in card.params["missing"]]
        others = [facet for facet in item.missing if facet not in card.params.get("only", item.missing)]
        if item.level is Level.INCOMPLETE and missing and not others:
            yield Gap(
                subject=f"sdk:{item.found.id}",
                params={
                    "sdk": sdk_words(item.found, item.record),
                    "missing": tuple(load_words("gaps")[facet] for facet in item.missing),
                },
                owner=f"sdk:{item.found.id}",
                confidence=min(item.confidence, 0.8),
                parts=tuple(PartKey(facet) for facet in item.missing),
                policy=item.spans,
                app=sdk_evidence(item.found),
            )
