"""How a page's tree flows into lines: blocks break the line, rows of data tables keep their cells."""

from collections.abc import Iterator

from mingcha_analyzers.policy.formats.grid import is_data_table, span_of
from mingcha_analyzers.policy.formats.lines import Lines
from mingcha_analyzers.policy.formats.look import is_hidden, is_navigation, is_strong
from mingcha_analyzers.policy.formats.node import Node
from mingcha_analyzers.policy.formats.sheet import Sheet

_INLINE_TAGS = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike "
    "strong sub sup time tt u var wbr img picture o:p"
)
_INLINE = frozenset(_INLINE_TAGS.split())
_SKIPPED_TAGS = (
    "script style head template noscript svg iframe object select textarea video audio canvas map datalist math "
    "button input"
)
_SKIPPED = frozenset(_SKIPPED_TAGS.split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def lay_out(root: Node, *, hide: bool) -> Lines:
    """Return the lines of the page; ``hide`` leaves out what is marked as not shown."""
    flow = _Flow()
    for element, entered in _walk(root, hide):
        if entered:
            flow.enter(element)
        else:
            flow.leave(element)
    return flow.sheet.finish()


def _walk(root: Node, hide: bool) -> Iterator[tuple[Node, bool]]:
    """Yield each element when entered and when left, in order, with a stack of our own."""
    stack = [(root, True)]
    while stack:
        element, entered = stack.pop()
        if entered and _shows(element, hide):
            yield element, True
            stack.append((element, False))
            stack += [(child, True) for child in reversed(element)]
        else:
            yield element, False


def _shows(element: Node, hide: bool) -> bool:
    if not isinstance(element.tag, str) or element.tag in _SKIPPED:
        return False
    return not (hide and (is_hidden(element) or is_navigation(element)))


class _Flow:
    """The open elements of the walk and the sheet they are written on."""

    def __init__(self) -> None:
        self.sheet = Sheet()
        self._open: list[tuple[Node, bool]] = []
        self._table: Node | None = None

    def enter(self, element: Node) -> None:
        """Write what stands at the start of an element."""
        tag = str(element.tag)
        sheet = self.sheet
        sheet.move_to(element.sourceline)
        if tag not in _INLINE:
            self._break(element, tag)
        if tag in _HEADINGS:
            sheet.set_level(_HEADINGS[tag])
        elif tag == "li":
            sheet.set_item()
        before = self._open[-1][1] if self._open else False
        strong = is_strong(element)
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
