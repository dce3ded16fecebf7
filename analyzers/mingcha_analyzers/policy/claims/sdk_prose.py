"""SDKs that running text discloses, and what it says of each."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from mingcha_analyzers.policy.claims.circumstances import find_purpose, find_words
from mingcha_analyzers.policy.claims.mentions import Mention, find_mentions
from mingcha_analyzers.policy.claims.sdk_naming import find_headed, find_item, names_of, own_names
from mingcha_analyzers.policy.claims.sdknames import Named, SdkName, resolve
from mingcha_analyzers.policy.claims.sdknames.forms import core
from mingcha_analyzers.policy.claims.sentences import is_labelled
from mingcha_analyzers.policy.claims.statement import Statement
from mingcha_analyzers.policy.claims.words import pattern
from mingcha_analyzers.policy.layout import BlockKind
from mingcha_analyzers.policy.values import SdkDisclosure


def find_in_prose(statements: Sequence[Statement]) -> tuple[SdkDisclosure, ...]:
    """Return the SDKs that sentences disclose, one disclosure an SDK, in text order."""
    own = own_names(statements)
    return unite(found for found in disclose_all(statements) if not any(core(found.name) == name for name in own))


def disclose_all(statements: Iterable[Statement]) -> Iterator[SdkDisclosure]:
    """Yield what each sentence discloses; sentences that go on behind the name of an item are about that SDK."""
    item: SdkName | None = None
    block, headed = -1, False
    told: set[str] = set()
    for statement in statements:
        if statement.kind is BlockKind.TABLE_ROW:
            continue
        begun, heading = find_item(statement), statement.kind is BlockKind.HEADING
        if statement.block != block:
            told.clear()
        if begun or heading or (statement.block != block and not headed):
            item, headed = begun or (find_headed(statement) if heading else None), heading
        block = statement.block
        if item and item is not begun and not heading and goes_on(statement):
            yield disclose_sentence(statement, item, ())
        else:
            yield from disclose(statement, begun, told)


def disclose(statement: Statement, item: SdkName | None, told: set[str]) -> Iterator[SdkDisclosure]:
    """Yield the SDKs a sentence discloses: the one whose item it opens, or all it names.

    A name that leaves open which of a vendor's SDKs is meant (小米SDK) is the one of them that ``told`` holds.
    """
    names = (item,) if item else tuple(names_of(statement))
    for name in names:
        found = disclose_sentence(statement, name, names)
        if found.sdk is None and found.match and not item:
            found = replace(found, sdk=next((sdk for sdk in found.match.ids if sdk in told), None))
        if found.sdk:
            told.add(found.sdk)
        if tells(found) or item or not pattern("sdk_prose", "refers", statement.lang).search(statement.text):
            yield found


def goes_on(statement: Statement) -> bool:
    """Return whether the sentence speaks of the SDK named before it (该SDK由…提供; 收集信息：…)."""
    return is_labelled(statement.text) or bool(pattern("sdk_prose", "goes_on", statement.lang).match(statement.text))


def unite(disclosures: Iterable[SdkDisclosure]) -> tuple[SdkDisclosure, ...]:
    """Return one disclosure an SDK; what several sentences say is told at the first that says more than a name."""
    united: dict[str, SdkDisclosure] = {}
    for disclosure in disclosures:
        key = f"={disclosure.sdk}" if disclosure.sdk else core(disclosure.name)
        united[key] = join(united[key], disclosure) if key in united else disclosure
    return tuple(sorted(united.values(), key=lambda found: found.span))


def join(one: SdkDisclosure, other: SdkDisclosure) -> SdkDisclosure:
    """Return two disclosures of one SDK as one."""
    first, second = (one, other) if tells(one) or not tells(other) else (other, one)
    data = dict(zip(first.data_items, first.surface, strict=True))
    for item, words in zip(second.data_items, second.surface, strict=True):
        data.setdefault(item, words)
    return replace(
        first,
        vendor=first.vendor or second.vendor,
        purpose=first.purpose or second.purpose,
        mode=first.mode or second.mode,
        url=first.url or second.url,
        data_items=tuple(data),
        surface=tuple(data.values()),
    )


def tells(disclosure: SdkDisclosure) -> bool:
    """Return whether a sentence says more of an SDK than its name."""
    return bool(disclosure.data_items or disclosure.vendor or disclosure.url)


def disclose_sentence(statement: Statement, name: SdkName, names: Sequence[SdkName]) -> SdkDisclosure:
    """Return what the sentence says of the SDK ``name``, which is one of ``names``."""
    data = find_data(statement, names)
    link = pattern("sdk_lists", "link", statement.lang).search(statement.text)
    vendor, purpose = find_vendor(statement), find_purpose(statement)
    match = resolve(Named(name.words, vendor, purpose))
    return SdkDisclosure(
        name=name.words,
        sdk=name.sdk or (match.only() if match else None),
        match=match,
        vendor=vendor,
        purpose=purpose,
        data_items=tuple(data),
        surface=tuple(data.values()),
        mode=find_words(statement, "mode"),
        url=statement.words(*link.span()) if link else None,
        span=statement.span(),
    )


def find_data(statement: Statement, names: Sequence[SdkName]) -> Mapping[str, str]:
    """Return item → words of the data the sentence names outside the names of SDKs (微信支付 is none)."""
    outside = [
        mention
        for mention in find_mentions(statement, near_verb=True)
        if not any(mention.start < name.end and name.start < mention.end for name in names)
    ]
    first: dict[str, Mention] = {}
    for mention in outside:
        first.setdefault(mention.item, mention)
    return {item: statement.words(mention.start, mention.end) for item, mention in first.items()}


def find_vendor(statement: Statement) -> str | None:
    """Return the registered company the sentence names, without the words that lead to it."""
    found = pattern("sdk_lists", "company", statement.lang).search(statement.text)
    if found is None:
        return None
    start, end = found.span()
    before = pattern("sdk_prose", "company_before", statement.lang)
    while cut := before.match(statement.text[start:end]):
        start += cut.end()
    return re.sub(r"^[(（）)]+", "", statement.words(start, end)) or None
