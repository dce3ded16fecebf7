"""Packages that collect and in which nothing leads to a privacy policy: no text of one, no address, no entry.

Parameter ``fact``: the in-app fact of the entry. Whether an app collects is told by code that reads personal data, or
by screens to sign in.
"""

from collections.abc import Iterator

from mingcha_analyzers.app.code.owners import APP
from mingcha_corpora.taxonomy import load_taxonomy
from mingcha_rules.card import Card
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Blind, Gap
from mingcha_rules.screens import account_texts, entries, screens_unread, text_evidence
from mingcha_rules.values import AppEvidence

_SHOWN = 3


def check(facts: Facts, card: Card) -> Iterator[Gap | Blind]:
    """Yield one gap that names what the app collects."""
    app = facts.package
    if screens_unread(app):
        yield Blind("screens_unread")
        return
    linked = any(each.owner == APP for each in app.policy_urls)
    if app.policies or linked or entries(app, (card.params["fact"],)):
        return
    items = _items(facts)
    signs = tuple(map(text_evidence, account_texts(app)[:_SHOWN]))
    if items or signs:
        yield Gap(
            subject="policy:inside",
            confidence=float(card.params["confidence"]),
            app=signs + tuple(_call(facts, item) for item in items[:_SHOWN]),
        )


def _items(facts: Facts) -> list[str]:
    """Return the personal data that code reads on a way that was found."""
    known = load_taxonomy().items
    seen = {each.data_item for each in facts.package.observations if each.data_item and each.reach.chain}
    return sorted(item for item in seen if known[item].personal_information == "yes")


def _call(facts: Facts, item: str) -> AppEvidence:
    seen = next(each for each in facts.package.observations if each.data_item == item)
    return AppEvidence(kind="call", value=f"{seen.caller} → {seen.api}", file=seen.place.dex, place=seen.place)
