"""Writes small PDF files from words of our own, for tests and benchmarks: positioned text, rules, pictures, crypts.

Chinese is set in the CID fonts that every reader knows by name, so that no font is embedded.
"""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842


@dataclass
class Page:
    """One page; places are points from its upper left corner, as one reads it."""

    rotate: int = 0
    extra: str = ""
    _parts: list[str] = field(default_factory=list)

    def text(
        self, left: float, top: float, words: str, size: float = 10.5, *, bold: bool = False, colour: str = ""
    ) -> None:
        """Set ``words`` on the line whose foot is ``top`` points from above."""
        font = "F2" if bold else "F1"
        code = words.encode("utf-16-be").hex()
        shade = f"{colour} rg " if colour else "0 g "
        self._parts.append(f"BT {shade}/{font} {size} Tf 1 0 0 1 {left:.2f} {HEIGHT - top:.2f} Tm <{code}> Tj ET")

    def rule(self, left: float, top: float, right: float, bottom: float) -> None:
        """Draw a line."""
        self._parts.append(f"0.5 w {left:.2f} {HEIGHT - top:.2f} m {right:.2f} {HEIGHT - bottom:.2f} l S")

    def picture(self) -> None:
        """Cover the page with a picture."""
        self._parts.append(f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /Im1 Do Q")

    def draw(self, operators: str) -> None:
        """Add operators as they are."""
        self._parts.append(operators)

    def content(self) -> bytes:
        """Return the operators of the page."""
        return "\n".join(self._parts).encode("ascii")


def write_pdf(
    pages: Sequence[Page], *, known: bool = True, mapped: bool = False, trailer: str = "", objects: Iterable[bytes] = ()
) -> bytes:
    """Return a PDF file; ``known`` False: its fonts do not say which characters their codes are.

    ``mapped``: the fonts come with a table of all characters, so that any may be used; else those of GB 18030 may.
    """
    made: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    first = 9
    kids = " ".join(f"{first + 2 * at} 0 R" for at in range(len(pages)))
    made.append(f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode())
    for name in ("STSong-Light", "STSong-Light,Bold"):
        made += _font(name, len(made) + 1, known=known, mapped=mapped)
    pixel = zlib.compress(b"\x80")
    made.append(
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
        b" /Filter /FlateDecode /Length %d >> stream\n%b\nendstream" % (len(pixel), pixel)
    )
    made.append(_stream(_to_unicode()))
    for page in pages:
        resources = "<< /Font << /F1 3 0 R /F2 5 0 R >> /XObject << /Im1 7 0 R >> >>"
        made.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {page.rotate}"
            f" /Resources {resources} /Contents {len(made) + 2} 0 R {page.extra} >>".encode()
        )
        made.append(_stream(page.content()))
    return _assembled([*made, *objects], trailer)


def _stream(data: bytes) -> bytes:
    body = zlib.compress(data)
    return b"<< /Filter /FlateDecode /Length %d >> stream\n%b\nendstream" % (len(body), body)


def _font(name: str, number: int, *, known: bool, mapped: bool) -> list[bytes]:
    encoding, ordering = ("UniGB-UCS2-H", "GB1") if known and not mapped else ("Identity-H", "Identity")
    table = "/ToUnicode 8 0 R" if mapped else ""
    return [
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /{encoding} {table}"
        f" /DescendantFonts [{number + 1} 0 R] >>".encode(),
        f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /{name} /DW 1000 /W [{'32 126' if mapped else '1 95'} 500]"
        f" /CIDSystemInfo << /Registry (Adobe) /Ordering ({ordering}) /Supplement 0 >>"
        f" /FontDescriptor << /Type /FontDescriptor /FontName /{name} /Flags 6 /StemV 80 /ItalicAngle 0"
        f" /Ascent 880 /Descent -120 /CapHeight 880 /FontBBox [0 -120 1000 880] >> >>".encode(),
    ]


def _to_unicode() -> bytes:
    """Return a table that says of each code that it is the character of that number."""
    rows = [f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>" for high in range(256)]
    blocks = (rows[at : at + 100] for at in range(0, 256, 100))
    body = "\n".join(f"{len(block)} beginbfrange\n" + "\n".join(block) + "\nendbfrange" for block in blocks)
    head = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /All def /CMapType 2 def\n"
    head += "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
    return (head + body + "\nendcmap end end").encode()


def _assembled(objects: Sequence[bytes], trailer: str) -> bytes:
    out = bytearray(b"%PDF-1.5\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


@dataclass
class Typesetter:
    """Sets paragraphs and ruled tables page after page, as a word processor does."""

    size: float = 10.5
    left: float = 90
    right: float = 505
    pages: list[Page] = field(default_factory=list)
    header: str = ""
    _top: float = 1e9

    def paragraph(self, words: str, *, size: float | None = None, bold: bool = False, indent: float = 0) -> None:
        """Set a paragraph, broken into lines of the width of the page."""
        size = size or self.size
        lines = break_lines(words, (self.right - self.left) / size, indent)
        for at, line in enumerate(lines):
            self._room(size * 1.6)
            self.pages[-1].text(self.left + (indent * size if at == 0 else 0), self._top, line, size, bold=bold)
        self._top += size * 0.8

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """Set a ruled table; a cell ``<`` belongs to the one on its left, ``^`` to the one above."""
        count = max(len(row) for row in rows)
        width = (self.right - self.left) / count
        for at, row in enumerate(rows):
            spans = [_across(row, column) for column in range(len(row))]
            cells = [break_lines(cell, span * width / self.size - 1, 0) for cell, span in zip(row, spans, strict=True)]
            tall = max(len(cell) for cell in cells) * self.size * 1.4 + 6
            self._room(tall)
            above = self._top - tall
            below = rows[at + 1] if at + 1 < len(rows) else ()
            for column, lines in enumerate(cells):
                self._cell(row, column, lines, above, width, joined=_is(below, column, "^"))
            self.pages[-1].rule(self.left + count * width, above, self.left + count * width, self._top)
        self._top += self.size

    def _cell(
        self, row: Sequence[str], column: int, lines: Sequence[str], above: float, width: float, *, joined: bool
    ) -> None:
        page, left = self.pages[-1], self.left + column * width
        if row[column] != "^":
            page.rule(left, above, left + width, above)
        if not joined:
            page.rule(left, self._top, left + width, self._top)
        if row[column] == "<":
            return
        page.rule(left, above, left, self._top)
        if row[column] != "^":
            for number, line in enumerate(lines, 1):
                page.text(left + 4, above + number * self.size * 1.4, line, self.size)

    def _room(self, tall: float) -> None:
        if self._top + tall > HEIGHT - 80:
            self.pages.append(Page())
            number = len(self.pages)
            if self.header:
                self.pages[-1].text(self.left, 45, self.header, 9)
            self.pages[-1].text(290, HEIGHT - 40, f"第 {number} 页", 9)
            self._top = 80
        self._top += tall


def _across(row: Sequence[str], column: int) -> int:
    span = 1
    while _is(row, column + span, "<"):
        span += 1
    return span


def _is(row: Sequence[str], column: int, mark: str) -> bool:
    return column < len(row) and row[column] == mark


def break_lines(words: str, room: float, indent: float) -> list[str]:
    """Return ``words`` in lines of ``room`` times the size of the type, the first one shorter by ``indent``."""
    lines = [""]
    left = room - indent
    at = 0
    while at < len(words):
        end = at + 1
        while words[at].isascii() and not words[at].isspace() and end < len(words) and _goes_on(words[end]):
            end += 1
        token = words[at:end]
        wide = sum(0.5 if char.isascii() else 1.0 for char in token)
        if wide > left and (lines[-1] or wide > room) and not (token in "，。、；：）》”" or token.isspace()):
            if wide > room and token.isascii():  # An address longer than the line is broken anywhere.
                cut = max(1, int(left * 2))
                lines[-1] += token[:cut]
                at += cut
            lines.append("")
            left = room
            continue
        lines[-1] += token
        left -= wide
        at = end
    return [line.strip() for line in lines] or [""]


def _goes_on(char: str) -> bool:
    return char.isascii() and not char.isspace()
