"""Writes runs of a document's text with the marks that lie over them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from mingcha.render.explain.marks import Mark, shared_depth, split
from mingcha.render.web.markup import Html, text_html
from mingcha.words import Phrases

MAX_RUNS = 40
"""A mark is drawn over so many runs at most: a finding on the whole text need not stand on every line."""


@dataclass(slots=True)
class Ink:
    """The marks of one document, drawn run by run from its beginning to its end."""

    text: str
    marks: Sequence[Mark]
    words: Phrases
    _next: int = 0
    _open: list[tuple[Mark, int]] = field(default_factory=list)
    _headed: set[Mark] = field(default_factory=set)

    def draw(self, start: int, end: int) -> Html:
        """Return the characters of ``start`` to ``end`` with their marks; each run must begin behind the last one."""
        out: list[Html] = []
        before: tuple[Mark, ...] = ()
        for piece in split(self._over(start, end), start, end):
            kept = shared_depth(before, piece.marks)
            out.append("</mark>" * (len(before) - kept))
            out += [self._opening(mark, depth) for depth, mark in enumerate(piece.marks[kept:], kept)]
            out.append(text_html(self.text[piece.start : piece.end]))
            before = piece.marks
        out.append("</mark>" * len(before))
        return "".join(out)

    def _over(self, start: int, end: int) -> list[Mark]:
        while self._next < len(self.marks) and self.marks[self._next].start < end:
            self._open.append((self.marks[self._next], MAX_RUNS))
            self._next += 1
        self._open = [(mark, runs - 1) for mark, runs in self._open if mark.end > start and runs > 0]
        return [mark for mark, _ in self._open]

    def _opening(self, mark: Mark, depth: int) -> Html:
        numbers = " ".join(map(str, mark.numbers))
        if mark.word:
            return f'<mark class="k {mark.kind} w" data-r="{numbers}">'
        if mark in self._headed:
            return f'<mark class="k {mark.kind} d{depth}" data-r="{numbers}">'
        self._headed.add(mark)
        letter = text_html(self.words(f"letter.{mark.kind}"))
        head = f'id="m{mark.numbers[0]}" tabindex="0" data-k="{letter}"'
        return f'<mark class="k {mark.kind} d{depth} h" data-r="{numbers}" {head}>'
