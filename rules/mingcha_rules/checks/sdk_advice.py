"""What an SDK's own guide says to do, as a sentence behind a remedy; nothing where the base knows no such call."""

import re
from collections.abc import Iterable, Iterator

from mingcha_analyzers.app.values import App
from mingcha_corpora.sdks import SdkRecord, load_sdk_base
from mingcha_rules.values import Words
from mingcha_rules.words import load_words

_NUMBER = re.compile(r"\d+")


def start_words(app: App, owner: str) -> Words:
    """Return how an SDK is kept from starting before consent, and the version to upgrade to where it is too old."""
    record = _record(owner)
    if record is None:
        return Words("", "")
    advice = list(_upgrade(app, record))
    if record.deferred_init is not None:
        advice.append(Words(record.deferred_init.note_zh, record.deferred_init.note_en))
    return _sentence("sdk_start", advice)


def switch_words(owner: str, items: Iterable[str]) -> Words:
    """Return how an SDK is kept from reading data items."""
    record, items = _record(owner), frozenset(items)
    switches = record.optional_switches if record is not None else ()
    advice = [
        Words(f"{_call(switch.call)}：{switch.note_zh}", f"{_call(switch.call)}: {switch.note_en}")
        for switch in switches
        if items.intersection(switch.stops)
    ]
    return _sentence("sdk_switch", advice)


def _record(owner: str) -> SdkRecord | None:
    kind, _, name = owner.partition(":")
    return load_sdk_base().records.get(name) if kind == "sdk" else None


def _upgrade(app: App, record: SdkRecord) -> Iterator[Words]:
    version = next((sdk.version for sdk in app.sdks if sdk.id == record.id), None)
    since = record.compliant_since
    if version and since and _numbers(version) < _numbers(since):
        words = load_words("gaps")["sdk_upgrade"]
        yield Words(*(text.format(version=version, since=since) for text in (words.zh, words.en)))


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, _NUMBER.findall(version)))


def _call(call: str) -> str:
    """Return a method as people write it: ``PushAgent.register``; other words stay."""
    class_, arrow, method = call.partition("->")
    return f"{class_.rstrip(';').rpartition('/')[2]}.{method.partition('(')[0]}" if arrow else call


def _sentence(key: str, advice: Iterable[Words]) -> Words:
    advice = tuple(advice)
    if not advice:
        return Words("", "")
    words = load_words("gaps")[key]
    zh = "；".join(each.zh.rstrip("。；") for each in advice)
    en = "; ".join(each.en.rstrip(".;") for each in advice)
    return Words(words.zh.format(advice=zh), words.en.format(advice=en))
