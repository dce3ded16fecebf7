"""Telling texts: looks of kind ``text``, over the texts that code names and any other list of texts.

``anchors`` are words one of which a text must hold: they are looked for in all texts at once, and only texts with
one are held against ``pattern`` and ``unless``. ``show``: see ``masking``.
"""

import re
from collections.abc import Iterator, Sequence

import numpy as np

from mingcha_analyzers.app.code.hashing import Numbers
from mingcha_analyzers.app.security.looks import Look
from mingcha_analyzers.app.security.masking import show
from mingcha_analyzers.app.security.surroundings import MAX_TEXT, compile_bytes

# Texts with an anchor that are looked at, for each anchor.
_MAX_HITS = 500


def find_texts(looks: Sequence[Look], texts: Sequence[bytes]) -> Iterator[tuple[Look, int, str | None]]:
    """Yield look, place among the texts and what is shown, each pair once."""
    joined = b"\n".join(texts)
    starts = np.zeros(len(texts) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1, out=starts[1:])
    for look in looks:
        places = _candidates(joined, starts, look.params["anchors"])
        if not places:
            continue
        pattern, unless = compile_bytes(look.params["pattern"]), compile_bytes(look.params.get("unless"))
        for place in places:
            match = _match(pattern, unless, texts[place][:MAX_TEXT])
            if match is not None:
                yield look, place, show(match, look.params["show"])


def _candidates(joined: bytes, starts: Numbers, anchors: Sequence[str]) -> list[int]:
    """Return the places of the texts that hold one of the anchors."""
    found: list[int] = []
    for anchor in anchors:
        word = anchor.encode()
        position = joined.find(word)
        hits: list[int] = []
        while position >= 0 and len(hits) < _MAX_HITS:
            hits.append(position)
            position = joined.find(word, position + len(word))
        found += (np.searchsorted(starts, hits, side="right") - 1).tolist()
    return sorted(set(found))


def _match(pattern: re.Pattern[bytes] | None, unless: re.Pattern[bytes] | None, text: bytes) -> re.Match[bytes] | None:
    match = pattern.search(text) if pattern is not None else None
    return None if match is None or (unless is not None and unless.search(text)) else match
