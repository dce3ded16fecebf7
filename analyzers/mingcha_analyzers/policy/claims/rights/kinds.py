"""Which rights a sentence or a heading names, apart from the ways to them.

Chinese names a right by a verb and its object (“查询、更正您的个人信息”); verbs stand in rows, and the object may stand
before them. English is read by patterns.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from mingcha_analyzers.policy.claims.statement import Statement
from mingcha_analyzers.policy.claims.words import load_words, pattern
from mingcha_analyzers.policy.values import RightKind

GAP, BACK = 30, 16  # Letters between a verb and its object behind or before it.
FAR = GAP  # The distance of an object in an earlier clause (“对于这些信息，您可以…进行查询”).
FILL = ";"  # Ends every clause, so that nothing is matched across muted words.
CLAUSE_END = re.compile("[,。;:!?]")
RIGHTFUL = ("的权", "的请求", "的申请", "的需求")
BEFORE = re.compile(r"(?:的|进行|予以|做出|作出|提出|自行|自助|申请|之|[、(])*(?:线上|在线)?$")
ENDING = re.compile("(?:来|进行|自行|直接|并|可以?|能够?|予以)$")
HEADING = 26  # Letters of a heading that are looked at; in a flattened text its body follows on the same line.


@dataclass(frozen=True, slots=True)
class Named:
    """A right named in ``Statement.text[start:end]``; ``weak``: by words that may be about something else."""

    kind: RightKind
    start: int
    end: int
    weak: bool = False


@dataclass(frozen=True, slots=True)
class _Verbs:
    group: re.Pattern[str]
    barrier: re.Pattern[str]
    verb: re.Pattern[str]
    kinds: Mapping[str, tuple[RightKind, ...]]
    objects: Mapping[RightKind, re.Pattern[str]]


@cache
def _verbs() -> _Verbs:
    """Return the Chinese verbs and the objects of each kind."""
    words = load_words("rights")
    kinds: dict[str, list[RightKind]] = {}
    objects: dict[RightKind, re.Pattern[str]] = {}
    entitlement = words["entitlement"]["zh"]
    for kind in RightKind:
        for verb in words.get(f"verbs_{kind}", {}).get("zh", ()):
            kinds.setdefault(verb, []).append(kind)
            objects[kind] = re.compile("|".join((*words[f"objects_{kind}"]["zh"], *entitlement)))
    for verb in words["neutral"]["zh"]:
        kinds.setdefault(verb, [])
    stems = {re.sub(r"\(.*", "", verb): tuple(found) for verb, found in kinds.items()}
    verb = "|".join(sorted(kinds, key=len, reverse=True))
    group = f"(?:{verb})(?:(?:[、和及与或并/,()]|以及|或者|并且)*(?:{verb}))*"
    return _Verbs(
        re.compile(group),
        re.compile("|".join((CLAUSE_END.pattern, *words["barrier"]["zh"]))),
        re.compile(verb),
        MappingProxyType(stems),
        MappingProxyType(objects),
    )


def mute(statement: Statement) -> str:
    """Return the text, as long as before, without the words in which the user exercises no right."""
    return blank("muted", statement.lang, blank("ours", statement.lang, statement.text))


def is_ours(statement: Statement, place: int) -> bool:
    """Return whether ``text[place]`` stands where the sentence tells what the company does."""
    return blank("ours", statement.lang, statement.text)[place] == FILL != statement.text[place]


def blank(key: str, lang: str, text: str) -> str:
    """Return ``text`` with what the words ``key`` match filled up."""
    return pattern("rights", key, lang).sub(lambda hit: FILL * len(hit.group()), text)


def named_kinds(statement: Statement) -> tuple[Named, ...]:
    """Return the rights that the sentence names, in text order."""
    return tuple(sorted(_all_named(statement, mute(statement)), key=lambda one: one.start))


def _all_named(statement: Statement, text: str) -> Iterator[Named]:
    lang = statement.lang
    if lang == "zh":
        for group in _verbs().group.finditer(text):
            yield from _of_group(text, group)
    for kind in RightKind:
        for hit in pattern("rights", kind.value, lang).finditer(text):
            yield Named(kind, *hit.span())
    for kind, key in ((RightKind.DELETE, "entries"), (RightKind.WITHDRAW_CONSENT, "permissions")):
        for hit in pattern("rights", key, lang).finditer(text):
            yield Named(kind, *hit.span(), weak=True)


def _of_group(text: str, group: re.Match[str]) -> Iterator[Named]:
    """Yield the rights of a row of verbs that has an object."""
    if text.startswith("的", group.end()) and not text.startswith(RIGHTFUL, group.end()):
        return  # “查询的信息” speaks of something looked up before.
    behind = _verbs().barrier.split(text[group.end() : group.end() + GAP], maxsplit=1)[0]
    before = CLAUSE_END.split(text[max(0, group.start() - BACK) : group.start()])[-1]
    for verb in _verbs().verb.finditer(group.group()):
        kinds = _verbs().kinds[verb.group()]
        near = [
            (place, kind)
            for kind in kinds
            if (place := _distance(kind, behind, before, text[: group.start()])) is not None
        ]
        if near:
            yield Named(min(near)[1], group.start() + verb.start(), group.start() + verb.end())


def _distance(kind: RightKind, behind: str, before: str, earlier: str) -> int | None:
    """Return how far the nearest object of ``kind`` is from the verbs, None without one."""
    objects = _verbs().objects[kind]
    hit = objects.search(behind)
    if hit:
        return hit.start()
    if not behind and ENDING.search(before) and objects.search(earlier):
        return FAR
    stem = BEFORE.sub("", before)
    if kind is RightKind.WITHDRAW_CONSENT and stem == before:
        return None  # “同意修改” is no change of consent.
    last = [found.end() for found in objects.finditer(stem)]
    return len(stem) - last[-1] if last and len(stem) - last[-1] <= 1 else None


def heading_kinds(heading: str, lang: str) -> frozenset[RightKind]:
    """Return the rights that a heading is about; ``heading`` is folded."""
    words = heading[: HEADING if lang == "zh" else 3 * HEADING]
    return frozenset(kind for kind in RightKind if pattern("rights", f"heading_{kind}", lang).search(words))


def strong(named: Sequence[Named]) -> frozenset[RightKind]:
    """Return the kinds that are named without doubt."""
    return frozenset(one.kind for one in named if not one.weak)
