"""Texts of screens by which signing in, registering or use counts as consent."""

from collections.abc import Iterator

from mingcha_analyzers.app.ui.values import UiRole, UiText
from mingcha_rules.card import Card
from mingcha_rules.checks.evidence import owner_words
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Gap
from mingcha_rules.screens import quoted, screens_of, text_evidence

_SHOWN = 3


def check(facts: Facts, card: Card) -> Iterator[Gap]:
    """Yield one gap for each owner of such texts."""
    grouped: dict[str, list[UiText]] = {}
    for text in screens_of(facts.package).texts:
        if text.role is UiRole.IMPLIED:
            grouped.setdefault(text.owner, []).append(text)
    for owner, texts in sorted(grouped.items()):
        yield Gap(
            subject="screen:implied_consent",
            params={"who": owner_words(facts.package, owner), "text": quoted(texts[0].text)},
            owner=owner,
            confidence=float(card.params["confidence"]),
            app=tuple(map(text_evidence, texts[:_SHOWN])),
        )
