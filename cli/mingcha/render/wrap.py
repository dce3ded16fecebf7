"""Breaks mixed Chinese and Latin text into lines by the cells it takes on a terminal."""

import re

from rich.cells import cell_len

# A run without a break: Latin letters, digits and their signs, or one wide character.
_PIECES = re.compile(r"[\u0021-\u024f\u2010-\u2027\u2030-\u205e]+|[ \t]+|.", re.DOTALL)
# Marks that must not begin a line, and marks that must not end one.
_NOT_FIRST = frozenset("，。、；：？！）》」』】〉”’…·—,.;:?!)%")
_NOT_LAST = frozenset("（《「『【〈“‘")


def wrap(text: str, width: int) -> list[str]:
    """Return the lines of one paragraph, none wider than ``width`` cells."""
    lines: list[str] = []
    line = ""
    for piece in _units(text, width):
        if line and cell_len(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def pad(text: str, width: int) -> str:
    """Return the text filled with blanks to ``width`` cells."""
    return text + " " * max(0, width - cell_len(text))


def _units(text: str, width: int) -> list[str]:
    """Return the pieces between which a line may be broken."""
    units: list[str] = []
    for piece in _PIECES.findall(text):
        for part in _cut(piece, width):
            sticks = units and not part.isspace() and (part[0] in _NOT_FIRST or units[-1][-1] in _NOT_LAST)
            if sticks and cell_len(units[-1] + part) <= width:
                units[-1] += part
            else:
                units.append(part)
    return units


def _cut(piece: str, width: int) -> list[str]:
    """Return a word in parts that fit; a long path or hash has to break somewhere."""
    if cell_len(piece) <= width:
        return [piece]
    parts, part = [], ""
    for char in piece:
        if part and cell_len(part + char) > width:
            parts.append(part)
            part = ""
        part += char
    return [*parts, part]
