"""The names of items, SDKs and enumerated values in the reader's language."""

from collections.abc import Iterable

from mingcha.render.citation import sdk_words
from mingcha.render.untrusted import visible
from mingcha.words import Phrases
from mingcha_corpora.taxonomy import load_taxonomy
from mingcha_corpora.template import TemplateElement, load_template

MAX_VALUE = 240
MAX_ITEMS = 40


def item_name(item: str, words: Phrases) -> str:
    """Return the name of a data item."""
    record = load_taxonomy().items.get(item)
    return item if record is None else record.zh if words.lang == "zh" else record.en


def item_names(items: Iterable[str], surface: Iterable[str], words: Phrases) -> str:
    """Return the names of data items, each with the words that the policy has for it."""
    named = []
    for item, written in zip(items, surface, strict=False):
        name, shown = item_name(item, words), visible(written, MAX_VALUE)
        named.append(name if shown in ("", name) else words("value.item", name=name, written=shown))
    return joined(named, words)


def joined(names: list[str], words: Phrases) -> str:
    """Return names in one line, the first ones of many."""
    separator = "、" if words.lang == "zh" else ", "
    shown = separator.join(names[:MAX_ITEMS])
    return shown if len(names) <= MAX_ITEMS else f"{shown} {words('value.more_items', count=len(names))}"


def sdk_name(sdk: str, words: Phrases) -> str:
    """Return the name of an SDK of the base."""
    return visible(sdk_words(sdk, None, words), MAX_VALUE)


def section_name(kind: str | None, words: Phrases) -> str:
    """Return the name of a section of the template with its number."""
    if kind is None:
        return words("value.untyped")
    for section in load_template():
        if section.id == kind:
            title = section.title_zh if words.lang == "zh" else section.title_en
            return f"{'.'.join(kind.split('.')[:2])} {title}"
    return kind


def template_elements() -> dict[str, TemplateElement]:
    """Return all elements of the template by id."""
    return {element.id: element for section in load_template() for element in section.elements}
