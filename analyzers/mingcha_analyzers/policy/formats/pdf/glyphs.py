"""The characters of a page gathered into runs of one look, with the places that the file gives them."""

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mingcha_analyzers.policy.folding import radicals
from mingcha_analyzers.policy.formats.pdf.frame import Box, Frame
from mingcha_analyzers.policy.formats.pdf.values import Run

_FONT_NAME = 200
_BOLD_NAMES = ("bold", "black", "heavy", "simhei", "semibold", "demi")
_BOLD_WEIGHT = 600
# Fill and stroke: how programs that have no bold font of a typeface draw one.
_FILL_AND_STROKE = 2
_SLANT = math.radians(8)
"""Characters turned further against the page are watermarks."""
_BLANKS = frozenset(" \t\u00a0\u3000\u2002\u2003\u2009\u200a")
_BULLETS = "\u2022"


@dataclass(frozen=True, slots=True)
class _Look:
    size: float
    strong: bool
    turned: bool
    unknown: bool = False
    """The font does not say which characters its codes are."""


@dataclass(slots=True)
class _Open:
    """The run that is being gathered."""

    characters: list[str]
    box: Box
    look: _Look
    spaced: bool

    def take(self, character: str, box: Box) -> None:
        self.characters.append(character)
        left, top, right, bottom = self.box
        self.box = min(left, box[0]), min(top, box[1]), max(right, box[2]), max(bottom, box[3])

    def meets(self, box: Box, look: _Look) -> bool:
        """Tell whether a character goes on with the run: same look, same line, no gap."""
        if look != self.look:
            return False
        height = self.box[3] - self.box[1]
        apart = box[0] - self.box[2]
        level = abs((box[1] + box[3]) - (self.box[1] + self.box[3])) / 2
        return level <= 0.35 * height and -0.6 * look.size <= apart <= 0.3 * look.size

    def close(self) -> Run:
        words = "".join(self.characters)
        return Run(words, *self.box, size=self.look.size, strong=self.look.strong, spaced=self.spaced)


def read_runs(pdfium: Any, text: Any, frame: Frame, most: int) -> tuple[tuple[Run, ...], int]:
    """Return the runs of a page in the order of the file, and how many characters are unknown; at most ``most``."""
    runs: list[Run] = []
    unknown = 0
    spaced = False
    run: _Open | None = None
    for character, box, look in _characters(pdfium, text, frame, most):
        if character in _BLANKS:
            spaced = True
            continue
        if not character:
            unknown += 1
            continue
        if run is not None and not spaced and run.meets(box, look):
            run.take(character, box)
            continue
        if run is not None:
            runs.append(run.close())
        run = _Open([character], box, look, spaced)
        spaced = False
    if run is not None:
        runs.append(run.close())
    return tuple(runs), unknown


def _characters(pdfium: Any, text: Any, frame: Frame, most: int) -> Iterator[tuple[str, Box, _Look]]:
    """Yield each character with its box; an unknown one is empty, one beside the page or turned is left out."""
    rectangle = pdfium.FS_RECTF()
    reference = ctypes.byref(rectangle)
    code_of, box_of, object_of = (
        pdfium.FPDFText_GetUnicode,
        pdfium.FPDFText_GetLooseCharBox,
        pdfium.FPDFText_GetTextObject,
    )
    looks = _Looks(pdfium, text, frame.turn)
    table = _spellings()
    for at in range(min(pdfium.FPDFText_CountChars(text), most)):
        code = code_of(text, at)
        if code in (10, 13):
            continue
        look = looks.at(at, object_of(text, at))
        if not box_of(text, at, reference) or look.turned:
            continue
        box = frame.place(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
        if frame.holds(box):
            yield "" if look.unknown else _spell(code, table), box, look


class _Looks:
    """The looks of text objects; asked for once an object, since characters of one object look alike."""

    def __init__(self, pdfium: Any, text: Any, turn: int) -> None:
        self._pdfium = pdfium
        self._text = text
        self._turn = turn
        self._object = -1
        self._look = _Look(10.0, strong=False, turned=False)
        self._name = ctypes.create_string_buffer(_FONT_NAME)
        self._flags = ctypes.c_int()
        self._matrix = pdfium.FS_MATRIX()
        self._colour = [ctypes.c_uint() for _ in range(4)]

    def at(self, at: int, pointer: Any) -> _Look:
        """Return the look of a character that ``pointer`` is the object of; a generated blank has none."""
        address = ctypes.cast(pointer, ctypes.c_void_p).value or 0
        if address and address != self._object:
            self._object = address
            self._look = self._read(at, pointer)
        return self._look

    def _read(self, at: int, pointer: Any) -> _Look:
        pdfium, text = self._pdfium, self._text
        self._name.value = b""
        pdfium.FPDFText_GetFontInfo(text, at, self._name, _FONT_NAME, ctypes.byref(self._flags))
        name = self._name.value.decode("utf-8", "replace").lower()
        strong = any(word in name for word in _BOLD_NAMES) or pdfium.FPDFText_GetFontWeight(text, at) >= _BOLD_WEIGHT
        strong = strong or pdfium.FPDFTextObj_GetTextRenderMode(pointer) == _FILL_AND_STROKE or self._coloured(at)
        scale, turned = self._scale(at)
        unknown = pdfium.FPDFText_HasUnicodeMapError(text, at) == 1
        return _Look(round(pdfium.FPDFText_GetFontSize(text, at) * scale, 1), strong, turned, unknown)

    def _scale(self, at: int) -> tuple[float, bool]:
        matrix = self._matrix
        if not self._pdfium.FPDFText_GetMatrix(self._text, at, ctypes.byref(matrix)):
            return 1.0, False
        scale = math.hypot(matrix.c, matrix.d)
        angle = math.atan2(matrix.b, matrix.a) - self._turn * math.pi / 2
        turned = abs(math.atan2(math.sin(angle), math.cos(angle))) > _SLANT
        return (scale if math.isfinite(scale) else 1.0), turned

    def _coloured(self, at: int) -> bool:
        """Tell whether the type is of a warm hue: blacks, greys and the blue of links are no emphasis."""
        if not self._pdfium.FPDFText_GetFillColor(self._text, at, *[ctypes.byref(part) for part in self._colour]):
            return False
        red, green, blue = (part.value for part in self._colour[:3])
        return red - min(green, blue) > 100 and red >= max(green, blue)


def _spell(code: int, table: dict[int, str]) -> str:
    """Return a character as text is written; empty for one that the file does not explain."""
    if code in table:
        return table[code]
    if code in (0, 0xFFFD, 0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return ""
    if 0xE000 <= code < 0xF900:  # Signs of symbol fonts: bullets and boxes.
        return _BULLETS if code >= 0xF000 else ""
    return " " if code < 0x20 else chr(code)


def _spellings() -> dict[int, str]:
    """Return what radicals, ligatures and signs that no one sees are written as."""
    ligatures = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
    return radicals() | ligatures | {0x00AD: "-", 0x200B: " ", 0xFEFF: " ", 0x0002: "-"}
