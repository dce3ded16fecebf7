"""How clauses, articles and owners are named to a reader."""

import re
from collections.abc import Iterable

from mingcha.words import Phrases, report_words
from mingcha_analyzers.app.values import App

_LETTER = re.compile(r"\.([a-z])(?=\.|$)")
_SUB_ITEM = re.compile(r"(?<=\))\.(\d+)")
CITED_TOGETHER = " / "


def cite(clause: str, words: Phrases) -> str:
    """Return the citation of one clause id: ``gbt35273-2019d:5.6.a.3`` → GB/T 35273 (2019 draft) 5.6 a) 3)."""
    standard, _, place = clause.partition(":")
    key = f"cite.{standard}"
    return words(key, place=place_words(place)).strip() if key in report_words() else clause


def cite_all(clauses: Iterable[str], words: Phrases) -> str:
    """Return the citations of several clauses, each standard named once."""
    by_standard: dict[str, list[str]] = {}
    for clause in clauses:
        standard, _, place = clause.partition(":")
        by_standard.setdefault(standard, []).append(place)
    separator = "、" if words.lang == "zh" else ", "
    cited = []
    for standard, places in by_standard.items():
        key = f"cite.{standard}"
        articles = all(place.isdecimal() for place in places)
        joined = separator.join(place_words(place) for place in (sorted(places, key=int) if articles else places))
        cited.append(words(key, place=joined) if key in report_words() else f"{standard}:{joined}")
    return ("；" if words.lang == "zh" else "; ").join(cited)


def place_words(place: str) -> str:
    """Return ``5.6.a.3`` as standards write it: 5.6 a) 3)."""
    return _SUB_ITEM.sub(r" \1)", _LETTER.sub(r" \1)", place))


def owner_words(owner: str, app: App | None, words: Phrases) -> str:
    """Return the name of who acts or answers."""
    kind, _, name = owner.partition(":")
    if not name:
        return words.judged("owners", owner)
    if kind == "sdk":
        return sdk_words(name, app, words)
    return f"{words.judged('owners', kind)} {name}"


def sdk_words(sdk: str, app: App | None, words: Phrases) -> str:
    """Return the name of an SDK, the Chinese one for Chinese readers."""
    from mingcha_corpora.sdks import load_sdk_base

    record = load_sdk_base().records.get(sdk)
    if words.lang == "zh" and record is not None and record.name_zh:
        return record.name_zh
    found = {item.id: item.name for item in app.sdks} if app is not None else {}
    return found.get(sdk, sdk)
