"""Signs of personalised display or advertising in an app whose screens show no way to leave it.

Parameters: ``categories``, kinds of SDK that show advertisements by interest; ``fact``, the in-app fact of the switch,
whose weak texts (猜你喜欢) are signs themselves.
"""

from collections.abc import Iterator

from mingcha_analyzers.app.ui.values import UiSource, UiText
from mingcha_analyzers.app.values import SdkFound
from mingcha_corpora.sdks import load_sdk_base
from mingcha_rules.card import Card
from mingcha_rules.checks.evidence import sdk_evidence
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Blind, Gap, PartKey
from mingcha_rules.screens import entries, quoted, screens_of, screens_unread, text_evidence
from mingcha_rules.values import Words
from mingcha_rules.verdicts import SURE

_SHOWN = 3


def check(facts: Facts, card: Card) -> Iterator[Gap | Blind]:
    """Yield one gap that lists the signs."""
    app = facts.package
    if screens_unread(app) or not screens_of(app).texts:
        yield Blind("screens_unread")
        return
    seen = entries(app, (card.params["fact"],))
    if any(text.strong for text in seen):
        return
    shown = [
        text for text in seen if text.source is not UiSource.RESOURCE_NAME and text.source is not UiSource.ACTIVITY
    ]
    ads = [found for found in app.sdks if _shows_ads(found, card)]
    if ads or shown:
        yield _gap(ads, shown)


def _shows_ads(found: SdkFound, card: Card) -> bool:
    record = load_sdk_base().records.get(found.id)
    return record is not None and record.category in card.params["categories"] and found.confidence >= SURE


def _gap(ads: list[SdkFound], shown: list[UiText]) -> Gap:
    names = (*(Words(found.name, found.name) for found in ads), *(quoted(text.text) for text in shown[:_SHOWN]))
    signs = (*(sign for found in ads for sign in sdk_evidence(found)[:1]), *map(text_evidence, shown[:_SHOWN]))
    return Gap(
        subject="screen:personalised_exit",
        params={"signs": names},
        confidence=0.5,
        parts=(PartKey("whole"), *(PartKey(f"sdk:{found.id}") for found in ads)),
        app=signs,
    )
