"""How paragraphs and runs look: what styles say, each on top of the one it is based on."""

from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import TypeVar

from mingcha_analyzers.policy.formats.docx.package import Element, child, children, flag, local, number, value

_T = TypeVar("_T")
_DEEPEST = 30
_HEADING_NAMES = ("heading ", "标题 ", "heading", "标题")
_TITLES = frozenset({"title", "标题"})
_WHITE = "ffffff"


@dataclass(frozen=True, slots=True)
class Look:
    """The look of a run; null: not said. ``size`` in half points."""

    bold: bool | None = None
    coloured: bool | None = None
    underlined: bool | None = None
    white: bool | None = None
    shaded: bool | None = None
    hidden: bool | None = None
    size: int | None = None

    def over(self, below: "Look") -> "Look":
        """Return this look with what it does not say taken from ``below``."""
        return _laid_over(self, below)


@lru_cache(maxsize=1024)  # A document has thousands of runs and a few looks.
def _laid_over(look: Look, below: Look) -> Look:
    said = {each.name: getattr(look, each.name) for each in fields(look) if getattr(look, each.name) is not None}
    return replace(below, **said)


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says of a paragraph; null: not said. ``level`` is that of a heading, from 1."""

    name: str = ""
    look: Look = Look()
    level: int | None = None
    num_id: str | None = None
    depth: int | None = None


class Styles:
    """The styles of a file by id."""

    def __init__(self, root: Element | None) -> None:
        """Read them from the part of the styles, if there is one."""
        self._elements = {value(each, "styleId"): each for each in children(root, "style")}
        self._resolved: dict[str, Style] = {}
        defaults = read_look(child(root, "docDefaults", "rPrDefault", "rPr"))
        named = next((key for key, each in self._elements.items() if value(each, "default") in ("1", "true")), None)
        self.base = self.style(named).look.over(defaults) if named else defaults

    def style(self, key: str | None) -> Style:
        """Return a style with all that it is based on."""
        if key is None or key not in self._elements:
            return Style()
        if key not in self._resolved:
            self._resolved[key] = self._resolve(key)
        return self._resolved[key]

    def _resolve(self, key: str) -> Style:
        chain: list[Style] = []
        at: str | None = key
        while at in self._elements and len(chain) < _DEEPEST:
            element = self._elements[at]
            chain.append(_read_style(element))
            at = value(child(element, "basedOn"))
        look = Look()
        for style in reversed(chain):
            look = style.look.over(look)
        return Style(
            chain[0].name,
            look,
            _first([style.level for style in chain]),
            _first([style.num_id for style in chain]),
            _first([style.depth for style in chain]),
        )


def _first(values: list[_T | None]) -> _T | None:
    return next((each for each in values if each is not None), None)


def _read_style(element: Element) -> Style:
    name = (value(child(element, "name")) or "").lower()
    properties = child(element, "pPr")
    level = outline_level(properties)
    if level is None:
        level = _named_level(name)
    num_id = value(child(properties, "numPr", "numId"))
    return Style(
        name, read_look(child(element, "rPr")), level, num_id, number(value(child(properties, "numPr", "ilvl")))
    )


def outline_level(properties: Element | None) -> int | None:
    """Return the level that paragraph properties give, from 1; body text has none."""
    level = number(value(child(properties, "outlineLvl")))
    return level + 1 if level is not None and 0 <= level < 9 else None


def _named_level(name: str) -> int | None:
    if name in _TITLES:
        return 1
    for prefix in _HEADING_NAMES:
        rest = name.removeprefix(prefix)
        if rest != name and rest.isdecimal():
            return min(9, max(1, int(rest[:2])))
    return None


def read_look(properties: Element | None) -> Look:
    """Return what run properties say."""
    found: dict[str, bool | int | None] = {}
    for each in properties if properties is not None else ():
        name = local(each)
        if name == "b":
            found["bold"] = flag(each)
        elif name == "color":
            found |= _colour(value(each))
        elif name == "u":
            found["underlined"] = flag(each)
        elif name in ("vanish", "webHidden", "strike", "dstrike"):
            found["hidden"] = bool(found.get("hidden")) or flag(each)
        elif name in ("shd", "highlight"):
            found["shaded"] = value(each, "fill" if name == "shd" else "val") not in (None, "auto", _WHITE, "none")
        elif name == "sz":
            found["size"] = number(value(each))
    return Look(**found)  # type: ignore[arg-type]


def _colour(code: str | None) -> dict[str, bool | int | None]:
    """Tell a warm hue, and white; blacks, greys and the blue of links are no emphasis."""
    digits = (code or "").lower()
    if len(digits) != 6 or not all(char in "0123456789abcdef" for char in digits):
        return {"coloured": False, "white": False}
    red, green, blue = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
    warm = red - min(green, blue) > 100 and red >= max(green, blue)
    return {"coloured": warm, "white": digits == _WHITE}
