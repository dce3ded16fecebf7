"""Packages that collect and in which nothing leads to a privacy policy: no text of one, no address, no entry.

Parameter ``fact``: the in-app fact of the entry. Whether an app collects is told by code that reads personal data, or
by screens to sign in.
"""

from collections.abc import Iterator

from mingcha_analyzers.app.code.owners import APP
from mingcha_corpora.taxonomy import load_taxonomy
from mingcha_rules.access_levels import Access, find_accesses
from mingcha_rules.card import Card
from mingcha_rules.checks.evidence import call_evidence
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Blind, Gap
from mingcha_rules.screens import account_texts, entries, screens_unread, text_evidence

_SHOWN = 3


def check(facts: Facts, card: Card) -> Iterator[Gap | Blind]:
    """Yield one gap with the signs of collecting."""
    app = facts.package
    if screens_unread(app):
        yield Blind("screens_unread")
        return
    linked = any(each.owner == APP for each in app.policy_urls)
    if app.policies or linked or entries(app, (card.params["fact"],)):
        return
    signs = tuple(map(text_evidence, account_texts(app)[:_SHOWN]))
    calls = tuple(call_evidence(app, access) for access in facts.once(find_accesses) if _personal(access))
    if signs or calls:
        yield Gap(
            subject="policy:inside",
            confidence=float(card.params["confidence"]),
            app=(*signs, *calls[:_SHOWN]),
        )


def _personal(access: Access) -> bool:
    """Return whether code reads personal information, on a way that was found."""
    return access.reached and load_taxonomy().items[access.item].personal_information == "yes"
