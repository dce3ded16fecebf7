"""Which SDKs a sentence names so that it discloses them.

A name counts where the word SDK stands beside it, in an enumeration of SDKs, in a list under such a heading, or where
it is itself the one that collects. The app's own name, accounts and references to other texts do not.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice

from mingcha_analyzers.policy.claims.circumstances import find_purpose
from mingcha_analyzers.policy.claims.sdk_enumerations import find_enumerated
from mingcha_analyzers.policy.claims.sdknames import Named, SdkName, find_sdk_names, is_general, is_sdk_name, resolve
from mingcha_analyzers.policy.claims.sdknames.forms import core
from mingcha_analyzers.policy.claims.sentences import MARKER
from mingcha_analyzers.policy.claims.statement import Statement
from mingcha_analyzers.policy.claims.words import pattern
from mingcha_analyzers.policy.numbering import read_number

OPENING = 15
LONGEST_TITLE = 60
ANNEX = "D.x.sdk_annex"
NEAR = 16
LONGEST_HEADING = 24
LONGEST_NUMBER = 24
CLAUSE = re.compile(r"[,，。;；:：]")
PACKAGE = re.compile(r"[(（]?(?:com|cn)\.")
BEFORE = ("sdk", "sdk“", 'sdk"', "sdk「", "sdk:")


def find_headed(statement: Statement) -> SdkName | None:
    """Return the SDK of the base whose name is the whole heading."""
    begin = first_letter(statement)
    words = statement.words(begin, len(statement.text)).strip('“”"「」：: ')
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
    names: set[str] = set()
    for statement in islice(statements, OPENING):
        for key, text in (("title", statement.text[:LONGEST_TITLE]), ("own_name", statement.text)):
            names.update(found["name"] for found in pattern("sdk_prose", key, statement.lang).finditer(text))
    return frozenset(form for name in names if len(form := core(name)) > 1)


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
