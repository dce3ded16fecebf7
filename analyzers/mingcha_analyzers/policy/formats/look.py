"""How an element looks: hidden, conspicuous, or a page's own navigation."""

import re

from mingcha_analyzers.policy.formats.node import Node

_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)", re.IGNORECASE)
_PLAIN = re.compile(r"font-weight\s*:\s*(?:normal|lighter|[1-4]00)", re.IGNORECASE)
_COLOUR = re.compile(r"(?:^|;)\s*color\s*:\s*([^;!]+)", re.IGNORECASE)
_SIZE = re.compile(r"font-size\s*:\s*([\d.]{1,6})\s*(px|pt)", re.IGNORECASE)
_RGB = re.compile(r"rgba?\s*\(\s*(\d{1,3})\D+(\d{1,3})\D+(\d{1,3})")
_HEX = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})\b", re.IGNORECASE)
_NAMES = {"red": (255, 0, 0), "crimson": (220, 20, 60), "darkred": (139, 0, 0), "orange": (255, 165, 0)}
_LARGE = {"px": 20.0, "pt": 15.0}
_STRONG_TAGS = frozenset(["b", "strong", "u", "h1", "h2", "h3", "h4", "h5", "h6", "th", "mark"])
_LINKS_SHARE = 0.6
_FOOTER_LENGTH = 800


def is_hidden(element: Node) -> bool:
    """Tell whether the element's own marks keep it from being shown."""
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and _HIDDEN.search(style) is not None


def is_navigation(element: Node) -> bool:
    """Tell whether a ``nav`` or short ``footer`` is little but links to other pages."""
    if element.tag not in ("nav", "footer"):
        return False
    total = sum(len(part.strip()) for part in element.itertext())
    if element.tag == "footer" and total > _FOOTER_LENGTH:
        return False
    linked = sum(len(part.strip()) for link in element.iter("a") for part in link.itertext())
    return total == 0 or linked >= total * _LINKS_SHARE


def is_strong(element: Node) -> bool | None:
    """Tell whether the element begins (true) or ends (false) conspicuous type; null leaves it as it was."""
    style = element.get("style")
    if style:
        if _BOLD.search(style) or _is_large(style) or _is_coloured(style):
            return True
        if _PLAIN.search(style):
            return False
    if element.tag in _STRONG_TAGS:
        return True
    colour = element.get("color") if element.tag == "font" else None
    return True if colour and _is_coloured(f"color:{colour}") else None


def _is_large(style: str) -> bool:
    match = _SIZE.search(style)
    return match is not None and float(match.group(1).strip(".") or 0) >= _LARGE[match.group(2).lower()]


def _is_coloured(style: str) -> bool:
    """Tell whether the type has a hue of its own: blacks, whites and greys are no emphasis."""
    match = _COLOUR.search(style)
    if match is None:
        return False
    rgb = _rgb(match.group(1).strip().lower())
    return rgb is not None and max(rgb) - min(rgb) > 100 and rgb[0] >= max(rgb[1], rgb[2])


def _rgb(value: str) -> tuple[int, ...] | None:
    if match := _RGB.match(value):
        return tuple(min(255, int(part)) for part in match.groups())
    if match := _HEX.match(value):
        digits = match.group(1)
        width = len(digits) // 3
        parts = (digits[at : at + width] for at in range(0, len(digits), width))
        return tuple(int(part * (3 - width), 16) for part in parts)
    return _NAMES.get(value)
