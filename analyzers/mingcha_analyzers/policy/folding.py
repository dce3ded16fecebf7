"""One form for words that are spelled in many: case, width, blanks, traditional characters, radicals of PDF fonts.

Folding never changes the number of characters except where ``fold_mapped`` drops blanks, and then it says where
each character stood.
"""

from functools import cache
from importlib import resources

from mingcha_analyzers.policy.formats.lines import BLANKS


@cache
def _table() -> dict[int, str]:
    """Return the character map: full-width ASCII to ASCII, capitals to small letters, traditional to simplified."""
    table = {code: chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F)}
    for char in "，：；！？（）":
        table.pop(ord(char), None)  # These part Chinese sentences and stay as they are.
    table |= {ord(char): char.lower() for char in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    table |= radicals()
    for traditional, simplified in _words()[0]:
        table |= {ord(a): b for a, b in zip(traditional, simplified, strict=True)}
    return table


@cache
def _words() -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Return the rows of characters and the rows of whole words of the data file."""
    data = resources.files("mingcha_analyzers.policy").joinpath("data/traditional.txt").read_text("utf-8")
    parts = data.split("\n=\n")
    rows = ([line.split() for line in part.splitlines() if line and line[0] != "#"] for part in parts)
    characters, words = (tuple((first, second) for first, second in part) for part in rows)
    return characters, words


@cache
def radicals() -> dict[int, str]:
    """Return the characters that radicals of the CJK blocks stand for in texts that come out of PDF files."""
    data = resources.files("mingcha_analyzers.policy").joinpath("data/radicals.txt").read_text("utf-8")
    rows = (line.split() for line in data.splitlines() if line[0] != "#")
    return {ord(radical): char for first, second in rows for radical, char in zip(first, second, strict=True)}


def fold(text: str) -> str:
    """Return ``text`` in one form; as many characters as before."""
    for traditional, simplified in _words()[1]:
        if traditional in text:
            text = text.replace(traditional, simplified)
    return text.translate(_table())


def fold_mapped(text: str, *, blanks: bool) -> tuple[str, list[int] | None]:
    """Return the folded text and the place of each of its characters in ``text``.

    Without ``blanks`` they are dropped, as Chinese sets them anywhere; else the places are the same (null).
    """
    folded = fold(text)
    if blanks:
        return folded.replace("\u00a0", " "), None
    unseen = frozenset(BLANKS + "\u00b7")
    places = [at for at, char in enumerate(folded) if char not in unseen]
    return "".join([folded[at] for at in places]), places
