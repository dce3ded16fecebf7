"""Chinese word boundaries from jieba's dictionary, loaded when a short or ordinary word must be checked."""

import logging
from functools import cache, lru_cache
from pathlib import Path
from typing import Any


@cache
def load_tokenizer() -> Any:
    """Return a tokenizer of our own, its dictionary cache in the user's private cache folder.

    jieba's default would read a file of a fixed name in the shared temporary folder, which anyone may write.
    """
    import jieba
    from platformdirs import user_cache_path

    jieba.setLogLevel(logging.CRITICAL)
    tokenizer = jieba.Tokenizer()
    folder = user_cache_path("mingcha", appauthor=False) / "words"
    tokenizer.tmp_dir = str(folder) if prepare(folder) else None
    tokenizer.initialize()
    return tokenizer


def prepare(folder: Path) -> bool:
    """Return whether ``folder`` can hold the cache; without it loading takes a second longer."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return False
    return True


@lru_cache(maxsize=8192)
def word_boundaries(text: str) -> frozenset[int]:
    """Return the places in ``text`` where a word begins or ends."""
    found, place = {0}, 0
    for word in load_tokenizer().cut(text, HMM=False):
        place += len(word)
        found.add(place)
    return frozenset(found)
