"""The one font that stands in for fonts which a PDF file names and does not hold.

Without it pdfium takes whatever the machine has, and loses characters where it finds no glyph: text would depend on
the machine. The font is made here: every code point has the same square, as only places and sizes matter.
"""

import ctypes
import struct
from functools import cache
from typing import Any

_EM = 1000
_SQUARE = ((0, -120), (0, 880), (1000, 880), (1000, -120))
_LAST = 0x10FFFF


def set_stand_in(pdfium: Any) -> None:
    """Make pdfium use the font in the place of all fonts of the machine; a second call changes nothing."""
    _registered(pdfium)


@cache
def _registered(pdfium: Any) -> Any:
    """Return the structure that pdfium calls, which must live as long as the process."""
    data = make_font()
    handle = 1
    fields = dict(pdfium.FPDF_SYSFONTINFO._fields_)

    def font_data(_info: Any, _font: Any, table: int, buffer: Any, size: int) -> int:
        if table:
            return 0
        if buffer and size >= len(data):
            ctypes.memmove(buffer, data, len(data))
        return len(data)

    info = pdfium.FPDF_SYSFONTINFO(version=1)
    info.MapFont = fields["MapFont"](lambda *_: handle)
    info.GetFont = fields["GetFont"](lambda *_: handle)
    info.GetFontData = fields["GetFontData"](font_data)
    info.GetFaceName = fields["GetFaceName"](lambda *_: 0)
    info.GetFontCharset = fields["GetFontCharset"](lambda *_: 0)
    info.DeleteFont = fields["DeleteFont"](lambda *_: None)
    info.Release = fields["Release"](lambda *_: None)
    info.EnumFonts = fields["EnumFonts"](lambda *_: None)
    pdfium.FPDF_SetSystemFontInfo(ctypes.byref(info))
    return info


def make_font() -> bytes:
    """Return a TrueType font of one square (OpenType specification, tables head to maxp)."""
    glyph = _glyph()
    box = struct.pack(">4h", 0, -120, _EM, 880)
    tables = {
        b"cmap": _cmap(),
        b"glyf": glyph,
        b"head": struct.pack(">IIIIHHqq", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _EM, 0, 0)
        + box
        + struct.pack(">HHhhh", 0, 8, 2, 1, 0),
        b"hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 0x10000, 880, -120, 0, _EM, 0, 0, _EM, 1, *[0] * 7, 2),
        b"hmtx": struct.pack(">HhHh", _EM, 0, _EM, 0),
        b"loca": struct.pack(">III", 0, 0, len(glyph)),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x10000, 2, 4, 1, 0, 0, 1, *[0] * 8),
    }
    at = 12 + 16 * len(tables)
    head = struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, len(tables) * 16 - 64)
    body = b""
    for name, table in tables.items():
        padded = table + bytes(-len(table) % 4)
        head += struct.pack(">4sIII", name, 0, at, len(table))
        body += padded
        at += len(padded)
    return head + body


def _glyph() -> bytes:
    points = b"\x01" * len(_SQUARE)
    steps = [
        (across - before[0], down - before[1])
        for (across, down), before in zip(_SQUARE, ((0, 0), *_SQUARE), strict=False)
    ]
    across = struct.pack(">4h", *(step[0] for step in steps))
    down = struct.pack(">4h", *(step[1] for step in steps))
    return struct.pack(">hhhhhHH", 1, 0, -120, _EM, 880, len(_SQUARE) - 1, 0) + points + across + down


def _cmap() -> bytes:
    """Return a map of format 13: all code points to glyph 1."""
    table = struct.pack(">HHIIIIII", 13, 0, 28, 0, 1, 0x20, _LAST, 1)
    return struct.pack(">HHHHI", 0, 1, 3, 10, 12) + table
