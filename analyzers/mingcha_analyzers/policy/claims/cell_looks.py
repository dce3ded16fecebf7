"""What the cells of a table look like once its columns are lost: names, companies, links, data, purposes.

Each look is weighed against the head of a column, and each token against the one before it, which it may go on.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mingcha_analyzers.policy.claims.fields import LONGEST_TITLE, name_field
from mingcha_analyzers.policy.claims.mentions import load_automaton
from mingcha_analyzers.policy.claims.sdknames import is_sdk_name, is_vendor
from mingcha_analyzers.policy.claims.statement import fold
from mingcha_analyzers.policy.claims.words import pattern

Token = tuple[int, int]

NEXT_LINE = 2.6
NEXT_WORD = 2.2
BESIDE_LATIN = 0.7
WITHIN = 0.1
FAR = 300
SHORTEST_NAME = 2
TELLING_HEADS = ("name", "vendor", "url")  # Words for data, purposes and versions may be cells as well.
LINK = re.compile(r"https?:|www\.|[\w-]+(?:\.[\w-]+)*\.(?:com|cn|net|org|io)(?:/|$)", re.IGNORECASE)
COMPANY = re.compile(r"(?:公司|集团|开发者|Inc\.?|Ltd\.?|LLC)[)）。.]?$")
NUMBER = re.compile(r"\d{1,3}[.、．]?")
JOINS_BEFORE = frozenset("，、；;,/(（:：+&-和及")
JOINS_AFTER = frozenset("，、；;,/)）(（:：+&。.")


@dataclass(frozen=True, slots=True)
class Look:
    """What a token looks like."""

    linked: bool
    company: bool
    house: bool
    number: bool
    named: bool
    title: bool
    data: bool
    nothing: bool
    purpose: bool
    head: bool
    sentence: bool
    short: bool


def look_at(words: str, lang: str) -> Look:
    """Return what a token looks like."""
    folded, _ = fold(words, blanks=False)
    title = len(folded) <= LONGEST_TITLE and pattern("sdk_lists", "untitled", "zh").search(folded) is None
    return Look(
        linked=LINK.match(words) is not None,
        company=COMPANY.search(words) is not None,
        house=title and is_vendor(words),
        number=NUMBER.fullmatch(words) is not None,
        named=title and (folded.endswith("sdk") or is_sdk_name(words)),
        title=title,
        data=next(load_automaton("en" if lang == "en" else "zh").iter(folded), None) is not None,
        nothing=pattern("sdk_lists", "nothing", "zh").search(folded) is not None,
        purpose=pattern("sdk_lists", "purposeful", "zh").search(folded) is not None,
        head=folded != "sdk" and name_field(words, lang) in TELLING_HEADS,
        sentence=pattern("sdk_lists", "speech", "zh").search(folded) is not None,
        short=len(folded) < SHORTEST_NAME,
    )


def fit(field: str | None, look: Look, *, first: bool) -> float:
    """Return how well a token fits under a head; ``first``: it begins the cell."""
    if look.head:
        return -12.0
    if look.sentence and field != "purpose":
        return -5.0
    if field == "url":
        return 4.0 if look.linked else -3.0
    if look.linked or (field == "number") != look.number:
        return -4.0
    return FITS.get(field or "", fit_other)(look, first)


def fit_number(look: Look, first: bool) -> float:
    """Return how well a number fits."""
    return 3.0 if look.number and first else -4.0


def fit_name(look: Look, first: bool) -> float:
    """Return how well a token fits as a name."""
    if look.company or not look.title or look.nothing:
        return -3.0
    if not first:
        return 0.3
    if look.named:
        return 3.0
    return -1.5 if look.data or look.purpose or look.short else 0.2


def fit_vendor(look: Look, first: bool) -> float:
    """Return how well a token fits as a company."""
    if look.company:
        return 3.0
    if look.house:
        return 1.5
    return 0.3 if look.nothing else (-2.0 if look.named or look.data else -0.8)


def fit_data(look: Look, first: bool) -> float:
    """Return how well a token fits as data or permissions."""
    if look.company:
        return -3.0
    return 1.6 if look.data else (1.2 if look.nothing else 0.2)


def fit_other(look: Look, first: bool) -> float:
    """Return how well a token fits under the other heads."""
    if look.company or (look.named and first):
        return -1.5
    return 1.2 if look.purpose else (0.2 if look.data else 0.5)


FITS = {"number": fit_number, "name": fit_name, "vendor": fit_vendor, "data": fit_data, "permission": fit_data}


def joined(text: str, tokens: Sequence[Token], index: int, inside: Sequence[bool], *, lines: bool) -> float:
    """Return what it costs to take a token for more of the cell before it."""
    if index == 0:
        return 0.0
    if inside[index]:
        return WITHIN
    before, after = text[tokens[index - 1][1] - 1], text[tokens[index][0]]
    if before in JOINS_BEFORE or after in JOINS_AFTER or text[tokens[index][0] : tokens[index][0] + 3].lower() == "sdk":
        return WITHIN
    if not lines and (before.isascii() or after.isascii()):
        return BESIDE_LATIN
    return NEXT_LINE if lines else NEXT_WORD


def brackets(text: str, tokens: Sequence[Token]) -> list[bool]:
    """Return for each token whether it begins inside brackets that were opened in the tokens before it."""
    inside: list[bool] = []
    opened: list[int] = []
    for start, end in tokens:
        while opened and start - opened[0] > FAR:
            opened.pop(0)
        inside.append(bool(opened) and closes(text, start))
        for place in range(start, end):
            if text[place] in "（(【[":
                opened.append(place)
            elif text[place] in "）)】]" and opened:
                opened.pop()
    return inside


def closes(text: str, start: int) -> bool:
    """Return whether a bracket that was opened before ``start`` closes soon."""
    depth = 0
    for found in re.finditer(r"[（(【\[）)】\]]", text[start : start + FAR]):
        depth += 1 if found.group() in "（(【[" else -1
        if depth < 0:
            return True
    return False


def find_tokens(text: str, start: int, end: int) -> Iterator[Token]:
    """Yield the words between blanks."""
    for found in re.finditer(r"[^\s\u00a0\u3000|]+", text[start:end]):
        yield start + found.start(), start + found.end()
