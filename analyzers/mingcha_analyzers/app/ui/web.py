"""Texts of the web files in a package, which hybrid apps draw their screens with."""

import re
from collections.abc import Iterable, Iterator

from mingcha_analyzers.app.code.texts import CHINESE
from mingcha_analyzers.app.ui.cues import Cues
from mingcha_analyzers.app.ui.layouts import one_line
from mingcha_analyzers.app.ui.values import UiRole, UiSource, UiText

_PAGES = (".html", ".htm")
_PIECES = re.compile(r"[<>\"'`{}\n\r]+")
_ESCAPED = re.compile(r"\\u([4-9][0-9a-fA-F]{3})")
_ENTRY_ROLES = (UiRole.ENTRY, UiRole.IMPLIED)


def find_web_texts(files: Iterable[tuple[str, bytes]], cues: Cues) -> Iterator[UiText]:
    """Yield Chinese texts of scripts and pages; those of pages are weak, since a page may be a document."""
    for name, data in files:
        if CHINESE.search(data) or b"\\u" in data:
            yield from _texts_in(name, data.decode("utf-8", "replace"), cues)


def _texts_in(name: str, content: str, cues: Cues) -> Iterator[UiText]:
    content = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), content)
    script = not name.lower().endswith(_PAGES)
    for piece in dict.fromkeys(_PIECES.split(content)):
        if piece.isascii() or not cues.may_hold(piece):
            continue
        text = one_line(piece)
        for cue in cues.find(text):
            if cue.role in _ENTRY_ROLES:
                yield UiText(cue.fact, cue.role, cue.strong and script, text, UiSource.ASSET, name, "app")
