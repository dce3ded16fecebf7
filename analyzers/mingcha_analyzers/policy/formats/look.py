"""How an element looks: hidden, conspicuous, or a page's own furniture."""

import re

from mingcha_analyzers.policy.formats.node import Node
from mingcha_analyzers.policy.formats.stylesheet import Style

_ZERO = re.compile(r"0*(?:\.0*)?(?:px|pt|em|rem|%)?")
_FAR = re.compile(r"-(?:\d{4,}|[3-9]\d\d)(?:\.\d+)?(?:px|pt|%|em)?|-(?:\d{2,})(?:em|rem)")
_BOLD = re.compile(r"(?:bold|bolder|[6-9]00)\b")
_PLAIN = re.compile(r"(?:normal|lighter|[1-5]00)\b")
_SIZE = re.compile(r"([\d.]{1,6})\s*(px|pt)")
_RGB = re.compile(r"rgba?\s*\(\s*(\d{1,3})\D+(\d{1,3})\D+(\d{1,3})(?:\D+([\d.]+))?")
_HEX = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})\b")
_NAMES = {
    "red": (255, 0, 0),
    "crimson": (220, 20, 60),
    "darkred": (139, 0, 0),
    "orange": (255, 165, 0),
    "white": (255, 255, 255),
    "black": (0, 0, 0),
}
_LARGE = {"px": 20.0, "pt": 15.0}
_STRONG_TAGS = frozenset(["b", "strong", "u", "h1", "h2", "h3", "h4", "h5", "h6", "th", "mark"])
_LINKS_SHARE = 0.6
_FOOTER_LENGTH = 800
_SHORT = 60
_COOKIE_LENGTH = 600
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|sidebar|footer|copyright|share|pagination|pager|topbar)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_COOKIES = re.compile(r"cookie[\w-]{0,12}(?:bar|banner|consent|notice|popup|tips?|dialog|alert)", re.IGNORECASE)
_ON_PAGE = re.compile("#[^/!]")
_ROLES = frozenset(["navigation", "banner", "contentinfo", "search"])
_FURNITURE_TAGS = frozenset(["nav", "footer"])
_BOX_TAGS = frozenset(["div", "ul", "ol", "header", "aside", "section", "p", "table"])

Colour = tuple[int, ...]
WHITE: Colour = (255, 255, 255)


def is_hidden(element: Node, style: Style) -> bool:
    """Tell whether the element's marks keep it from being shown."""
    if element.get("hidden") is not None or style.get("display") == "none":
        return True
    if style.get("visibility") in ("hidden", "collapse"):
        return True
    return bool(style) and (_is_shrunk(style) or _is_away(style))


def _is_shrunk(style: Style) -> bool:
    """Tell whether the words take no room or let everything shine through."""
    if any(name in style and _ZERO.fullmatch(style[name]) for name in ("font-size", "opacity")):
        return True
    if style.get("transform", "").startswith("scale(0)") or style.get("color") == "transparent":
        return True
    flat = any(name in style and _ZERO.fullmatch(style[name]) for name in ("height", "max-height", "width"))
    return flat and style.get("overflow") == "hidden"


def _is_away(style: Style) -> bool:
    """Tell whether the words stand beside the page."""
    if _FAR.match(style.get("text-indent", "")):
        return True
    if style.get("position") not in ("absolute", "fixed"):
        return False
    clipped = style.get("clip", "").replace(" ", "").startswith(("rect(0,0,0,0", "rect(0000", "rect(1px"))
    return clipped or any(_FAR.match(style.get(side, "")) for side in ("left", "top", "right"))


def background_of(style: Style, before: Colour | None) -> Colour | None:
    """Return the colour behind the element's words: its own or ``before``; null where a picture stands behind them."""
    if "url(" in style.get("background", "") or "gradient" in style.get("background", ""):
        return None
    if style.get("background-image", "none") != "none":
        return None
    declared = style.get("background-color") or style.get("background")
    if declared in (None, "none", "transparent", "inherit", "initial", "0"):
        return before
    return _rgb(declared)


def is_lost_in(style: Style, background: Colour | None) -> bool:
    """Tell whether the words have the colour of what is behind them."""
    declared = style.get("color")
    return background is not None and declared is not None and _rgb(declared) == background


def is_furniture(element: Node) -> bool:
    """Tell whether an element is the page's navigation, footer or notice on cookies: little but links, or short."""
    tag = element.tag
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    if tag in _BOX_TAGS and _COOKIES.search(named):
        return _length(element) <= _COOKIE_LENGTH
    marked = element.get("role") in _ROLES or (tag in _BOX_TAGS and _FURNITURE.search(named) is not None)
    if tag not in _FURNITURE_TAGS and not marked:
        return False
    total = _length(element)
    if tag != "nav" and total > _FOOTER_LENGTH:
        return False
    linked = sum(len(part.strip()) for link in element.iter("a") for part in link.itertext())
    # An anchor to a place on the page is its table of contents, which belongs to the text.
    outward = not any(_ON_PAGE.match(link.get("href") or "") for link in element.iter("a"))
    return total == 0 or (outward and linked >= total * _LINKS_SHARE)


def _length(element: Node) -> int:
    return sum(len(part.strip()) for part in element.itertext())


def is_strong(element: Node, style: Style) -> bool | None:
    """Tell whether the element begins (true) or ends (false) conspicuous type; null leaves it as it was."""
    if style:
        weight = style.get("font-weight", "")
        if _BOLD.match(weight) or _is_coloured(style.get("color", "")) or _is_large(element, style):
            return True
        if _PLAIN.match(weight):
            return False
    if element.tag in _STRONG_TAGS:
        return True
    colour = element.get("color") if element.tag == "font" else None
    return True if colour and _is_coloured(colour.lower()) else None


def _is_large(element: Node, style: Style) -> bool:
    """Tell whether the type is larger than text; the size of whole passages is that of the text."""
    match = _SIZE.match(style.get("font-size", ""))
    if match is None or float(match[1].strip(".") or 0) < _LARGE[match[2]]:
        return False
    return _length(element) <= _SHORT


def _is_coloured(value: str) -> bool:
    """Tell whether the type has a hue of its own: blacks, whites and greys are no emphasis."""
    rgb = _rgb(value.strip())
    return rgb is not None and max(rgb) - min(rgb) > 100 and rgb[0] >= max(rgb[1], rgb[2])


def _rgb(value: str) -> Colour | None:
    if match := _RGB.match(value):
        if match[4] is not None and float(match[4].strip(".") or 0) < 1:
            return None
        return tuple(min(255, int(part)) for part in match.groups()[:3])
    if match := _HEX.match(value):
        digits = match.group(1)
        width = len(digits) // 3
        parts = (digits[at : at + width] for at in range(0, len(digits), width))
        return tuple(int(part * (3 - width), 16) for part in parts)
    return _NAMES.get(value.split(" ")[0])
