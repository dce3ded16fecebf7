"""SDKs that running text names: which sentences disclose one, and what they say of it.

A name counts where the word SDK stands beside it, in an enumeration of SDKs, in a list under such a heading, or where
it is itself the one that collects. The app's own name, accounts and references to other texts do not.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from mingcha_analyzers.policy.claims.circumstances import find_purpose, find_words
from mingcha_analyzers.policy.claims.mentions import Mention, find_mentions
from mingcha_analyzers.policy.claims.sdk_enumerations import find_enumerated
from mingcha_analyzers.policy.claims.sdknames import Named, SdkName, find_sdk_names, is_general, is_sdk_name, resolve
from mingcha_analyzers.policy.claims.sdknames.forms import core
from mingcha_analyzers.policy.claims.sentences import MARKER, is_labelled
from mingcha_analyzers.policy.claims.statement import Statement
from mingcha_analyzers.policy.claims.words import pattern
from mingcha_analyzers.policy.layout import BlockKind
from mingcha_analyzers.policy.numbering import read_number
from mingcha_analyzers.policy.values import SdkDisclosure

OPENING = 15
LONGEST_TITLE = 60
ANNEX = "D.x.sdk_annex"
NEAR = 16
LONGEST_HEADING = 24
LONGEST_NUMBER = 24
CLAUSE = re.compile(r"[,，。;；:：]")
PACKAGE = re.compile(r"[(（]?(?:com|cn)\.")
BEFORE = ("sdk", "sdk“", 'sdk"', "sdk「", "sdk:")


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


def find_headed(statement: Statement) -> SdkName | None:
    """Return the SDK of the base whose name is the whole heading."""
    begin = first_letter(statement)
    words = statement.words(begin, len(statement.text)).strip("“”\"「」：: ")
    if not 0 < len(words) <= LONGEST_HEADING or not is_sdk_name(words):
        return None
    match = resolve(Named(words))
    return SdkName(match.only() if match else None, begin, len(statement.text), words)


def find_item(statement: Statement) -> SdkName | None:
    """Return the name that opens an item of a list (4. iOS，甲乙推送SDK，…)."""
    begin = first_letter(statement)
    found = pattern("sdk_prose", "item", statement.lang).match(statement.text[begin:])
    if found is None:
        return next(find_provided(statement), None)
    start, end = found.span("name" if found["name"] else "quoted")
    name = found.string[start:end]
    bare = re.sub(r"sdk(?:[(（].*)?$", "", name)
    if pattern("sdk_prose", "general", statement.lang).search(bare) or (is_general(bare) and not is_listed(statement)):
        return None
    words = statement.words(begin + start, begin + end)
    match = resolve(Named(words))
    return SdkName(match.only() if match else None, begin + start, begin + end, words)


def own_names(statements: Iterable[Statement]) -> frozenset[str]:
    """Return what the app calls itself in the title and opening of the policy, in the form names are compared in."""
    names = set()
    for statement in islice(statements, OPENING):
        for key, text in (("title", statement.text[:LONGEST_TITLE]), ("own_name", statement.text)):
            names.update(found["name"] for found in pattern("sdk_prose", key, statement.lang).finditer(text))
    return frozenset(form for name in names if len(form := core(name)) > 1)


def unite(disclosures: Iterable[SdkDisclosure]) -> tuple[SdkDisclosure, ...]:
    """Return one disclosure an SDK: what several sentences say of it is told at the first that says more than its name."""
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


def names_of(statement: Statement) -> Iterator[SdkName]:
    """Yield the names of SDKs that the sentence discloses, in text order, each SDK once."""
    seen = set()
    for name in sorted(find_named(statement), key=lambda name: name.start):
        if (key := name.sdk or core(name.words)) not in seen:
            seen.add(key)
            yield name


def find_named(statement: Statement) -> tuple[SdkName, ...]:
    """Return names of the base, of enumerations, and such as the word SDK behind them tells, without overlap."""
    kept: list[SdkName] = []
    known = (name for name in find_sdk_names(statement) if is_disclosed(statement, name))
    for names in (known, find_enumerated(statement), find_unknown(statement)):
        kept += [name for name in names if not any(name.start < one.end and one.start < name.end for one in kept)]
    return tuple(kept)


def is_disclosed(statement: Statement, name: SdkName) -> bool:
    """Return whether the sentence speaks of an SDK of that name and not of an account, app or company."""
    text, lang = statement.text, statement.lang
    after = CLAUSE.split(text[name.end : name.end + NEAR], maxsplit=1)[0]
    if "sdk" in text[name.start : name.end] or after.startswith("sdk"):
        return True
    if pattern("sdk_prose", "account_name", lang).search(text[name.start : name.end]):
        return False
    if pattern("sdk_prose", "account", lang).match(after):
        return False
    if "sdk" in after or text.endswith(BEFORE, 0, name.start) or PACKAGE.match(after):
        return True
    if pattern("sdk_prose", "collects", lang).match(text[name.end : name.end + LONGEST_TITLE]):
        return True
    return is_listed(statement) and name.start <= first_letter(statement) + 1


def is_listed(statement: Statement) -> bool:
    """Return whether the sentence stands in a list of SDKs."""
    leads = any("sdk" in lead.text for lead in statement.leads())
    return leads or statement.section == ANNEX or "sdk" in statement.heading.lower()


def first_letter(statement: Statement) -> int:
    """Return where the words begin behind the number of a list item."""
    number = read_number(statement.source, 0, min(len(statement.source), LONGEST_NUMBER))
    marker = MARKER.match(statement.text)
    numbered = bisect_left(statement.places, number.rest) if number else 0
    return max(numbered, marker.end() if marker else 0)


def find_unknown(statement: Statement) -> Iterator[SdkName]:
    """Yield names that the base does not know and the word SDK follows (接入甲乙SDK)."""
    for found in pattern("sdk_prose", "unknown", statement.lang).finditer(statement.text):
        name = found["name"]
        if not pattern("sdk_prose", "general", statement.lang).search(name) and not is_general(name):
            start, end = found.span("name")
            end += len("sdk") if statement.text.startswith("sdk", end) else 0
            yield SdkName(None, start, end, statement.words(start, end))


def find_provided(statement: Statement) -> Iterator[SdkName]:
    """Yield the SDK that a sentence says is provided by a company."""
    found = pattern("sdk_lists", "provided", statement.lang).search(statement.text)
    if found is None:
        return
    (start, end), vendor = found.span("name"), statement.words(*found.span("vendor"))
    words = statement.words(start, end)
    match = resolve(Named(words, vendor, find_purpose(statement)))
    if match or is_listed(statement):
        yield SdkName(match.only() if match else None, start, end, words)


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
