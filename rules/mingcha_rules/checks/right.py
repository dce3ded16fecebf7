"""Rights of the data subject that the policy does not name.

Parameters: ``kind``, a right; ``element``, its template element; ``unless_section``; ``when``: elements or rights one
of which makes the right apply.
"""

from collections.abc import Iterator

from mingcha_rules.card import Card
from mingcha_rules.checks.section import is_missing
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Blind, Gap
from mingcha_rules.words import load_words


def check(facts: Facts, card: Card) -> Iterator[Gap | Blind]:
    """Yield one gap if neither the right nor its template element is found."""
    params = card.params
    if facts.unread is not None:
        yield Blind(facts.unread)
        return
    if is_missing(facts, "D.5.rights"):
        return
    if "when" in params and not any(name in facts.present for name in params["when"]):
        return
    named = any(right.kind.value == params["kind"] for right in facts.told.rights)
    if not named and params["element"] not in facts.present:
        yield Gap(
            subject=f"right:{params['kind']}",
            params={"right": load_words("rights")[params["kind"]]},
            owner="policy",
            confidence=float(params.get("confidence", 0.85)),
            policy=tuple(span for name in params.get("when", ()) if (span := facts.present.get(name)))[:1],
        )
