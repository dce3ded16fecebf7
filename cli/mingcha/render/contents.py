"""What a package holds, in the terminal report: permissions, SDKs, code that nobody knows, hosts, code outside DEX."""

from collections import Counter
from collections.abc import Sequence

from mingcha.render.citation import sdk_words
from mingcha.render.page import Page
from mingcha.render.untrusted import visible
from mingcha.result import Result
from mingcha.words import Phrases
from mingcha_analyzers.app.values import App, HybridPart, NestedCode, SdkFound, UnknownCode

LABEL_WIDTH = 16
MAX_VALUE = 300
MAX_LISTED = 60
_PLUGINS = "hot-update"
_LEAST_SHARE = 0.001
_MOST_UNKNOWN, _MOST_NESTED, _MOST_ITEMS = 5, 5, 6


def add_contents(page: Page, result: Result, words: Phrases) -> None:
    """Add what the package holds."""
    app = result.app
    if app is None:
        return
    separator = "、" if words.lang == "zh" else ", "
    permissions = [item.name.removeprefix("android.permission.") for item in app.permissions]
    add_field(page, words, "permissions", [listing(permissions, separator, words)])
    add_field(page, words, "sdks", _sdks(app, separator, words))
    plugins = _plugins(app, words)
    if plugins:
        add_field(page, words, "plugins", [listing(plugins, separator, words)])
    if app.unknown_code:
        add_field(page, words, "unknown_code", _unknown(app.unknown_code, separator, words))
    if app.nested:
        add_field(page, words, "nested", _nested(app.nested, words))
    if app.endpoints:
        add_field(page, words, "endpoints", _endpoints(app, separator, words))
    if app.hybrid:
        add_field(page, words, "hybrid", [_hybrid(app.hybrid, separator, words)])
    page.rule()


def add_field(page: Page, words: Phrases, label: str, texts: list[str]) -> None:
    """Add texts beside a label."""
    page.field(words(f"label.{label}"), texts, LABEL_WIDTH)


def listing(items: list[str], separator: str, words: Phrases) -> str:
    """Return items in one line, the first ones of many."""
    if not items:
        return words("value.none")
    shown = separator.join(visible(item, MAX_VALUE) for item in items[:MAX_LISTED])
    return shown if len(items) <= MAX_LISTED else f"{shown} {words('value.more_items', count=len(items))}"


def _endpoints(app: App, separator: str, words: Phrases) -> list[str]:
    """Return the hosts that the app's own code and files name; those of others are only counted."""
    own = {
        f"{each.scheme}://{each.host}" if each.scheme else each.host for each in app.endpoints if each.owner == "app"
    }
    others = {each.host for each in app.endpoints if each.owner != "app"}
    texts = [words("value.own_hosts", hosts=listing(sorted(own), separator, words))]
    return [*texts, words("value.other_hosts", count=len(others))] if others else texts


def _hybrid(parts: tuple[HybridPart, ...], separator: str, words: Phrases) -> str:
    """Return the kinds of code outside DEX with how many parts each has."""
    counts = Counter(part.kind for part in parts)
    return separator.join(f"{words.or_key('hybrid', kind)} {count}" for kind, count in sorted(counts.items()))


def _sdks(app: App, separator: str, words: Phrases) -> list[str]:
    """Return the SDKs by name, parts behind what brought them; components that handle no data are only counted."""
    from mingcha_corpora.sdks import load_sdk_base

    records = load_sdk_base().records
    silent = {sdk.id for sdk in app.sdks if sdk.id in records and not records[sdk.id].collects_pi}
    told = [sdk for sdk in app.sdks if sdk.id not in silent]
    hosts = {sdk.id for sdk in told if not sdk.brought_in_by}
    shown = []
    for sdk in told:
        if hosts.intersection(sdk.brought_in_by):
            continue
        parts = [_named(part, app, words) for part in told if sdk.id in part.brought_in_by]
        name = _named(sdk, app, words)
        shown.append(words("value.sdk_with", name=name, parts=separator.join(parts)) if parts else name)
    texts = [listing(shown, separator, words)]
    return [*texts, words("value.silent_sdks", count=len(silent))] if silent else texts


def _plugins(app: App, words: Phrases) -> list[str]:
    """Return the frameworks that exchange code at run time or load it from plug-ins."""
    from mingcha_corpora.sdks import load_sdk_base

    records = load_sdk_base().records
    found = (sdk for sdk in app.sdks if sdk.id in records and records[sdk.id].category == _PLUGINS)
    return [_named(sdk, app, words) for sdk in found]


def _named(sdk: SdkFound, app: App, words: Phrases) -> str:
    grade = "" if sdk.confidence >= 0.8 else f" ({sdk.confidence:.2g})"
    return f"{sdk_words(sdk.id, app, words)} {sdk.version or ''}".rstrip() + grade


def _unknown(parts: Sequence[UnknownCode], separator: str, words: Phrases) -> list[str]:
    """Return the packages of unknown third parties, with their size and what they read."""
    texts = []
    for part in parts[:_MOST_UNKNOWN]:
        share = f"{part.share:.1%}" if part.share >= _LEAST_SHARE else f"<{_LEAST_SHARE:.1%}"
        package = visible(part.package, MAX_VALUE) or "–"
        text = words("value.unknown_code", package=package, classes=part.classes, share=share)
        items = [_item(item, words) for item in part.data_items[:_MOST_ITEMS]]
        more = f" {words('value.more_items', count=len(part.data_items))}" if len(part.data_items) > _MOST_ITEMS else ""
        if items:
            text += words("value.unknown_reads", items=separator.join(items) + more)
        texts.append(text)
    rest = len(parts) - _MOST_UNKNOWN
    return [*texts, words("value.unknown_more", count=rest)] if rest > 0 else texts


def _item(item: str, words: Phrases) -> str:
    from mingcha_corpora.taxonomy import load_taxonomy

    record = load_taxonomy().items.get(item)
    return item if record is None else record.zh if words.lang == "zh" else record.en


def _nested(parts: Sequence[NestedCode], words: Phrases) -> list[str]:
    texts = [
        words("value.nested", place=visible(part.place, MAX_VALUE), dex=part.dex, classes=part.classes)
        for part in parts[:_MOST_NESTED]
    ]
    return [*texts, words("value.more_items", count=len(parts))] if len(parts) > _MOST_NESTED else texts
