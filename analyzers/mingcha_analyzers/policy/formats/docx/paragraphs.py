"""What a paragraph of a DOCX file says: runs with their looks, and the text boxes and notes that hang on it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from mingcha_analyzers.policy.formats.docx.package import Element, child, children, local, number, value
from mingcha_analyzers.policy.formats.docx.styles import Look, Style, Styles, read_look

# Deleted, moved away, or instructions to the word processor.
_UNSEEN_NAMES = "del moveFrom delText instrText rPr pPr sdtPr fldData annotationRef rt delInstrText"
_UNSEEN = frozenset(_UNSEEN_NAMES.split())
_WORDS = {"tab": "\t", "noBreakHyphen": "-", "softHyphen": "", "ptab": "\t"}
_LARGER = 1.25
_CONTENTS = re.compile(r"[\t .．…·]*\t[\t ]*\d{1,4}\s*$")
_NORMAL = 21
"""Half points of the usual Chinese text (小四 to 五号)."""


@dataclass(frozen=True, slots=True)
class Words:
    r"""Characters of one look; a line end is ``\\n``."""

    text: str
    strong: bool


@dataclass(slots=True)
class Paragraph:
    """The words of a paragraph, and what is read behind it."""

    words: list[Words] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All its characters."""
        return "".join(each.text for each in self.words)


class ParagraphReader:
    """Reads paragraphs with the styles of a file."""

    def __init__(self, styles: Styles) -> None:
        """Begin with the styles."""
        self._styles = styles
        self._large = (styles.base.size or _NORMAL) * _LARGER

    def read(self, element: Element, style: Style) -> Paragraph:
        """Return what a paragraph of that style shows."""
        look = style.look.over(self._styles.base)
        shaded = read_look(child(element, "pPr")).shaded
        paragraph = Paragraph()
        for each in _visible(element):
            if local(each) == "r":
                self._read_run(each, look, paragraph, shaded=bool(shaded))
        if style.name.startswith("toc "):
            _drop_page_number(paragraph)
        return paragraph

    def _read_run(self, run: Element, look: Look, paragraph: Paragraph, *, shaded: bool) -> None:
        properties = child(run, "rPr")
        named = self._styles.style(value(child(properties, "rStyle")))
        look = read_look(properties).over(named.look.over(look))
        if look.hidden or (look.white and not look.shaded and not shaded and not _in_table(run)):
            return
        strong = bool(look.bold or look.coloured or look.underlined or (look.size or 0) >= self._large)
        for each in run:
            self._read_piece(each, strong, paragraph)

    def _read_piece(self, element: Element, strong: bool, paragraph: Paragraph) -> None:
        name = local(element)
        text = ""
        if name == "t":
            text = element.text or ""
        elif name in _WORDS:
            text = _WORDS[name]
        elif name in ("br", "cr"):
            text = "\n"
        elif name == "sym":
            text = _symbol(value(element, "char"))
        elif name in ("footnoteReference", "endnoteReference"):
            paragraph.notes.append(f"{name.removesuffix('Reference')}:{value(element, 'id')}")
        elif name in ("drawing", "pict", "object", "AlternateContent"):
            paragraph.boxes += _boxes(element)
        if text:
            paragraph.words.append(Words(text, strong))


def _visible(element: Element) -> Iterator[Element]:
    """Yield the runs of a paragraph in order: through links, fields and insertions, without deletions."""
    stack = list(reversed(element))
    while stack:
        each = stack.pop()
        name = local(each)
        if name == "r":
            yield each
        elif name == "ruby":
            stack += reversed(list(children(each, "rubyBase")))
        elif name and name not in _UNSEEN:
            stack += reversed(each)


def _boxes(element: Element) -> Iterator[Element]:
    """Yield the contents of text boxes; of two versions of one box the first."""
    stack = [element]
    while stack:
        each = stack.pop()
        name = local(each)
        if name == "txbxContent":
            yield each
        elif name == "AlternateContent":
            choice = child(each, "Choice")
            chosen = choice if choice is not None and _has_box(choice) else child(each, "Fallback")
            stack += [] if chosen is None else [chosen]
        else:
            stack += reversed(each)


def _has_box(element: Element) -> bool:
    return any(local(each) == "txbxContent" for each in element.iter())


def _in_table(run: Element) -> bool:
    return any(local(each) == "tc" for each in run.iterancestors())


def _symbol(code: str | None) -> str:
    try:
        point = int(code or "", 16)
    except ValueError:
        return ""
    if 0xE000 <= point < 0xF900:
        return "•"
    return chr(point) if 0x20 <= point < 0xD800 else ""


def _drop_page_number(paragraph: Paragraph) -> None:
    """Leave out the page number at the end of a line in a table of contents."""
    found = _CONTENTS.search(paragraph.text)
    if found is None:
        return
    kept, left = [], found.start()
    for each in paragraph.words:
        kept.append(Words(each.text[: max(0, left)], each.strong))
        left -= len(each.text)
    paragraph.words = kept


def numbered(element: Element, style: Style) -> tuple[str, int | None] | None:
    """Return the list that a paragraph belongs to and its level there (null: the style's), null for none."""
    properties = child(element, "pPr", "numPr")
    key = value(child(properties, "numId"))
    if key is None:
        key = style.num_id
    if key is None or key == "0":
        return None
    depth = number(value(child(properties, "ilvl")))
    return key, style.depth if depth is None else depth
