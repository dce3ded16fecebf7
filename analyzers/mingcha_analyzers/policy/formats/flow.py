"""How a page's tree flows into lines: blocks break the line, rows of data tables keep their cells."""

from collections.abc import Iterator
from dataclasses import replace

from mingcha_analyzers.policy.formats.grid import is_data_table, span_of
from mingcha_analyzers.policy.formats.lines import Lines
from mingcha_analyzers.policy.formats.look import (
    WHITE,
    Colour,
    background_of,
    is_furniture,
    is_hidden,
    is_lost_in,
    is_strong,
)
from mingcha_analyzers.policy.formats.node import Node
from mingcha_analyzers.policy.formats.sheet import Sheet
from mingcha_analyzers.policy.formats.stylesheet import Style, StyleSheet
from mingcha_analyzers.policy.layout import Link

_INLINE_TAGS = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike "
    "strong sub sup time tt u var wbr img picture o:p"
)
_MAX_LINKS = 5_000
_LONGEST_WORDS, _LONGEST_TARGET = 120, 500
_INLINE = frozenset(_INLINE_TAGS.split())
_SKIPPED_TAGS = (
    "script style head template noscript svg iframe object select textarea video audio canvas map datalist math "
    "button input"
)
_SKIPPED = frozenset(_SKIPPED_TAGS.split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def lay_out(root: Node, sheet: StyleSheet, *, hide: bool) -> tuple[Lines, int]:
    """Return the lines of the page and how many characters are not shown; ``hide`` leaves those out."""
    flow = _Flow()
    walk = _Walk(sheet, hide=hide)
    for element, style in walk.over(root):
        if style is not None:
            flow.enter(element, style)
        else:
            flow.leave(element)
    return replace(flow.sheet.finish(), links=tuple(flow.links)), walk.hidden


class _Walk:
    """Goes through the page in order, with a stack of its own."""

    def __init__(self, sheet: StyleSheet, *, hide: bool) -> None:
        self._sheet = sheet
        self._hide = hide
        self._above: list[Node] = []
        self.hidden = 0

    def over(self, root: Node) -> Iterator[tuple[Node, Style | None]]:
        """Yield each element with its style when entered, and without when left."""
        stack: list[tuple[Node, bool, Colour | None]] = [(root, True, WHITE)]
        while stack:
            element, entered, behind = stack.pop()
            style = self._shown(element, behind) if entered else None
            if style is None:
                if not entered:
                    self._above.pop()
                yield element, None
                continue
            yield element, style
            self._above.append(element)
            behind = background_of(style, behind)
            stack.append((element, False, behind))
            stack += [(child, True, behind) for child in reversed(element)]

    def _shown(self, element: Node, behind: Colour | None) -> Style | None:
        """Return the style of an element, null for one that is not shown."""
        if not isinstance(element.tag, str) or element.tag in _SKIPPED:
            return None
        style = self._sheet.style_of(element, self._above)
        if not self._hide:
            return style
        if is_hidden(element, style) or is_lost_in(style, background_of(style, behind)):
            self.hidden += sum(len(part.strip()) for part in element.itertext())
            return None
        return None if is_furniture(element) else style


class _Flow:
    """The open elements of the walk and the sheet they are written on."""

    def __init__(self) -> None:
        self.sheet = Sheet()
        self.links: list[Link] = []
        self._open: list[tuple[Node, bool]] = []
        self._table: Node | None = None

    def enter(self, element: Node, style: Style) -> None:
        """Write what stands at the start of an element."""
        tag = str(element.tag)
        sheet = self.sheet
        sheet.move_to(element.sourceline)
        if tag not in _INLINE:
            self._break(element, tag)
        if tag == "a" and (target := element.get("href")) and len(self.links) < _MAX_LINKS:
            words = " ".join("".join(element.itertext()).split())
            self.links.append(Link(words[:_LONGEST_WORDS], target.strip()[:_LONGEST_TARGET]))
        if tag in _HEADINGS:
            sheet.set_level(_HEADINGS[tag])
        elif tag == "li":
            sheet.set_item()
        before = self._open[-1][1] if self._open else False
        strong = is_strong(element, style)
        strong = before if strong is None else strong
        self._open.append((element, strong))
        sheet.set_strong(strong)
        sheet.write(element.text or "", keep=tag == "pre")

    def _break(self, element: Node, tag: str) -> None:
        if tag == "table" and self._table is None and is_data_table(element):
            self._table = element
            self.sheet.begin_table()
        elif tag == "tr" and self._table is not None:
            self.sheet.begin_row()
        elif tag in ("td", "th") and self._table is not None:
            self.sheet.begin_cell()
        else:
            self.sheet.break_line()

    def leave(self, element: Node) -> None:
        """Write what stands after an element; one that is not shown was never entered."""
        if self._open and self._open[-1][0] is element:
            self._open.pop()
            self._end(element, str(element.tag))
        self.sheet.set_strong(self._open[-1][1] if self._open else False)
        self.sheet.write(element.tail or "")

    def _end(self, element: Node, tag: str) -> None:
        if element is self._table:
            self.sheet.end_table()
            self._table = None
        elif tag in ("td", "th") and self._table is not None:
            self.sheet.end_cell(span_of(element, "colspan"), span_of(element, "rowspan"), heading=tag == "th")
        elif tag == "tr" and self._table is not None:
            self.sheet.end_row()
        elif tag not in _INLINE and tag != "br":
            self.sheet.end_block()
