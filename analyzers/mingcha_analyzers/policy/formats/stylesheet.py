"""The style sheets inside a page, as far as they bear on what is shown: simple selectors, no conditions.

Rules that hold on a printer or a small screen only, and those that need the pointer, are left out: what is shown is
what a reader sees who opens the page.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mingcha_analyzers.policy.formats.node import Node

_MAX_SHEET = 600_000
_MAX_RULES = 5_000
_MAX_SELECTORS = 20_000
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,4000})\}")
_COMPOUND = re.compile(r"([a-zA-Z][\w-]*|\*)?((?:[.#][\w\u4e00-\u9fff-]+)*)")
_PART = re.compile(r"[.#][\w\u4e00-\u9fff-]+")
_PROPERTY_NAMES = (
    "display visibility font-size font-weight color background background-color background-image opacity"
    " text-indent position left top right clip height max-height width overflow transform"
)
_PROPERTIES = frozenset(_PROPERTY_NAMES.split())
_ANCESTORS = 60

Style = Mapping[str, str]
"""Values by property, in small letters."""


@dataclass(frozen=True, slots=True)
class _Compound:
    tag: str | None
    classes: frozenset[str]
    id: str | None

    def fits(self, element: Node, classes: frozenset[str]) -> bool:
        if self.tag not in (None, "*", element.tag) or not self.classes <= classes:
            return False
        return self.id is None or self.id == element.get("id")


@dataclass(frozen=True, slots=True)
class _Selector:
    """The compound that names the element, those that must stand above it, and how strong the rule is."""

    last: _Compound
    above: tuple[_Compound, ...]
    weight: tuple[int, int, int, int]
    style: Style


class StyleSheet:
    """The rules of a page."""

    def __init__(self, sheets: Sequence[str]) -> None:
        """Read the texts of all ``style`` elements."""
        self._by_key: dict[str, list[_Selector]] = defaultdict(list)
        count = 0
        for words, body in _rules("\n".join(sheets)[:_MAX_SHEET]):
            style = read_style(body)
            if not style:
                continue
            for selector in words.split(","):
                parsed = _selector(selector.strip(), count, style)
                count += 1
                if parsed is not None and count <= _MAX_SELECTORS:
                    self._by_key[_key(parsed.last)].append(parsed)

    def style_of(self, element: Node, ancestors: Sequence[Node]) -> Style:
        """Return what rules and the element's own attribute say of it; ``ancestors`` from the outermost."""
        inline = element.get("style")
        own = read_style(inline) if inline else {}
        if not self._by_key:
            return own
        classes = frozenset((element.get("class") or "").split())
        found = [each for each in self._candidates(element, classes) if _holds(each, element, classes, ancestors)]
        if not found:
            return own
        merged: dict[str, str] = {}
        for each in sorted(found, key=lambda each: each.weight):
            merged |= each.style
        return merged | own

    def _candidates(self, element: Node, classes: frozenset[str]) -> Iterator[_Selector]:
        keys = [f".{each}" for each in classes]
        if name := element.get("id"):
            keys.append(f"#{name}")
        for key in (*keys, str(element.tag), "*"):
            yield from self._by_key.get(key, ())


def read_style(text: str) -> dict[str, str]:
    """Return the declarations that bear on what is shown."""
    style = {}
    for declaration in text.lower().split(";"):
        name, colon, value = declaration.partition(":")
        if colon and (name := name.strip()) in _PROPERTIES:
            style[name] = value.replace("!important", "").strip()
    return style


def _rules(text: str) -> Iterator[tuple[str, str]]:
    """Yield selectors and declarations of the rules that stand under no condition."""
    plain = _without_conditions(_COMMENT.sub(" ", text))
    for number, match in enumerate(_RULE.finditer(plain)):
        if number >= _MAX_RULES:
            return
        yield match[1], match[2]


def _without_conditions(text: str) -> str:
    """Return the sheet without the blocks of ``@media`` and the like."""
    kept, at = [], 0
    while (start := text.find("@", at)) >= 0:
        kept.append(text[at:start])
        at = _end_of_block(text, start)
    return "".join([*kept, text[at:]])


def _end_of_block(text: str, start: int) -> int:
    opened = text.find("{", start)
    ended = text.find(";", start)
    if opened < 0 or 0 <= ended < opened:
        return ended + 1 if ended >= 0 else len(text)
    depth = 0
    for match in re.compile("[{}]").finditer(text, opened):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.end()
    return len(text)


def _selector(text: str, number: int, style: Style) -> _Selector | None:
    parts = text.replace(">", " ").split()
    if not parts or len(parts) > 8 or any(char in text for char in ":[+~@\\"):
        return None
    compounds = [_compound(part) for part in parts]
    known = [each for each in compounds if each is not None]
    if len(known) < len(compounds):
        return None
    ids = sum(each.id is not None for each in known)
    weight = ids, sum(len(each.classes) for each in known), sum(each.tag not in (None, "*") for each in known), number
    return _Selector(known[-1], tuple(known[:-1]), weight, style)


def _compound(text: str) -> _Compound | None:
    match = _COMPOUND.fullmatch(text)
    if match is None or not text:
        return None
    parts = _PART.findall(match[2])
    ids = [part[1:] for part in parts if part[0] == "#"]
    classes = frozenset(part[1:] for part in parts if part[0] == ".")
    return _Compound(match[1].lower() if match[1] else None, classes, ids[0] if ids else None)


def _key(compound: _Compound) -> str:
    if compound.id:
        return f"#{compound.id}"
    if compound.classes:
        return f".{min(compound.classes)}"
    return compound.tag or "*"


def _holds(selector: _Selector, element: Node, classes: frozenset[str], ancestors: Sequence[Node]) -> bool:
    if not selector.last.fits(element, classes):
        return False
    wanted = list(selector.above)
    for above in reversed(ancestors[-_ANCESTORS:]):
        if not wanted:
            break
        if wanted[-1].fits(above, frozenset((above.get("class") or "").split())):
            wanted.pop()
    return not wanted
