"""Screens that are drawn without layouts, or with texts that lie outside the resources."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from mingcha_analyzers.app.ui.cues import load_ui_words
from mingcha_analyzers.values import Limit

_LIBRARY = re.compile(r"(?:.*/)?lib/[^/]+/([^/]+\.so)")


def find_drawn_elsewhere(entries: Sequence[str], classes: Sequence[str]) -> Iterator[Limit]:
    """Yield a limit for each tool kit that draws screens this analysis sees in part or not at all."""
    libraries = {match[1] for name in entries if (match := _LIBRARY.fullmatch(name))}
    known = set(entries)
    kits = {
        row["name"]: None
        for row in load_ui_words()["drawn_elsewhere"]
        if row.get("library") in libraries or row.get("entry") in known or _has_class(row, classes)
    }
    return (Limit("ui", "ui_drawn_elsewhere", name) for name in kits)


def _has_class(row: dict[str, Any], classes: Sequence[str]) -> bool:
    prefix = row.get("class")
    return prefix is not None and any(name.startswith(prefix) for name in classes)
