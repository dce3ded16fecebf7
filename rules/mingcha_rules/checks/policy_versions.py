"""Policy texts that should be one and are not: that supplied and that in the package, or several in the package.

Parameter ``held``: ``supplied``, the main text supplied is held against those inside the package of the same language;
``inside``, those inside are held against each other.
"""

from collections.abc import Iterator

from mingcha_analyzers.app.embedded.values import EmbeddedPolicy
from mingcha_analyzers.policy.values import Document, DocumentRole
from mingcha_rules.card import Card
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Gap
from mingcha_rules.values import AppEvidence, Words

_SHOWN = 3


def check(facts: Facts, card: Card) -> Iterator[Gap]:
    """Yield one gap for each language in which texts differ."""
    for language in ("zh", "en"):
        inside = [each for each in facts.package.policies if _is_main(each) and each.language == language]
        supplied = [each for each in _supplied(facts) if each.language == language]
        if card.params["held"] == "supplied":
            differ = bool(inside and supplied) and not _texts(inside) & _texts(supplied)
        else:
            differ = len(_texts(inside)) > 1
        if differ:
            yield _gap(inside, language, card)


def _gap(inside: list[EmbeddedPolicy], language: str, card: Card) -> Gap:
    return Gap(
        subject=f"policy:{card.params['held']}_text:{language}",
        params={"places": tuple(Words(each.place, each.place) for each in inside[:_SHOWN])},
        confidence=float(card.params["confidence"]),
        app=tuple(AppEvidence("asset", each.place, each.place, None) for each in inside[:_SHOWN]),
    )


def _is_main(text: EmbeddedPolicy | Document) -> bool:
    return text.role is DocumentRole.MAIN


def _supplied(facts: Facts) -> list[Document]:
    return [each for each in facts.policy.documents if _is_main(each)] if facts.policy else []


def _texts(texts: list[EmbeddedPolicy] | list[Document]) -> set[str | None]:
    return {each.text_sha256 for each in texts}
